import LinearAlgebra

/// A MAT-file of level 5, as MATLAB's `save -v7` and `-v6`, Octave and scipy write it.
///
/// It is read here and not by libmatio, which brings HDF5 and with it 33 libraries: 25 ms at each
/// start of the program. It also runs on without end over some damaged files.
struct MATLABFile {
  /// Bytes of the header.
  static let headerSize = 128
  /// What an uncompressed copy of a variable's beginning holds: its flags, sizes and name.
  private static let beginning = 4096

  private let elements: MATLABElements

  /// Whether a file begins as those of level 5 do: version 1.0, and the order of the bytes.
  static func isLevel5(_ head: some Collection<UInt8>) -> Bool {
    let marks = Array(head.dropFirst(124).prefix(4))
    return marks == [0, 1, 0x49, 0x4D] || marks == [1, 0, 0x4D, 0x49]
  }

  /// Opens a file.
  ///
  /// - Throws: `DataError` where it is none; `MemoryRefused`, `Interrupted`.
  init(_ source: DataSource) throws {
    let bytes = try ArrayBytes(source)
    let head = try bytes.withPiece(0..<min(bytes.count, Self.headerSize)) { Array($0) }
    guard Self.isLevel5(head) else {
      throw DataError(
        "is no MAT-file of level 5", path: source.path,
        help: "in MATLAB or Octave: save('x.mat', '-v7', 'X', 'y')")
    }
    elements = MATLABElements(bytes: bytes, isBigEndian: head[126] == 0x4D, path: source.path)
  }

  /// The variables, in their order; of compressed ones, only the beginning is decompressed.
  ///
  /// - Throws: `DataError` where the file is damaged; `MemoryRefused`, `Interrupted`.
  func variables() throws -> [MATLABVariable] {
    var result: [MATLABVariable] = []
    var offset = Self.headerSize
    while offset < elements.bytes.count {
      let element = try elements.element(at: offset)
      offset = element.end
      // Without a name there are only MATLAB's own tables of objects.
      if let variable = try variable(element), !variable.name.isEmpty { result.append(variable) }
    }
    return result
  }

  private func variable(_ element: MATLABElements.Element) throws -> MATLABVariable? {
    switch element.type {
    case MATLABElements.Number.matrix:
      return try MATLABVariable(in: elements, element.data) { elements }
    case MATLABElements.Number.compressed:
      let (elements, range) = (elements, element.data)
      func inflated(_ most: Int) throws -> MATLABElements {
        MATLABElements(
          bytes: ArrayBytes(
            try Inflation.bytes(of: elements.bytes, range, most: most, path: elements.path)),
          isBigEndian: elements.isBigEndian, path: elements.path)
      }
      let head = try inflated(Self.beginning)
      guard try head.bytes.withPiece(0..<min(8, head.bytes.count), { $0.contains(14) }) else {
        throw elements.damaged
      }
      return try MATLABVariable(in: head, 8..<head.bytes.count) { try inflated(.max) }
    default: return nil
    }
  }
}
