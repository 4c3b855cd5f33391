import LinearAlgebra
import Text

/// A variable of a MAT-file: its name and shape, and its entries where they are asked for.
struct MATLABVariable {
  /// What it is, by MATLAB's number of the class.
  enum Kind: Equatable {
    case numbers
    case sparse
    case characters
    case cell
    /// What is not read, in words.
    case other(String)
  }

  let name: String
  let shape: [Int]
  let kind: Kind
  let isComplex: Bool
  private let isLogical: Bool
  private let path: String
  /// Where the element behind the name begins.
  private let start: Int
  private let elements: () throws -> MATLABElements

  /// Reads the beginning of a variable.
  ///
  /// - Parameters:
  ///   - head: elements that hold at least the beginning.
  ///   - range: where its parts are in them.
  ///   - elements: the same elements with all that follows.
  /// - Throws: `DataError` where it is damaged; `MemoryRefused`, `Interrupted`.
  init(
    in head: MATLABElements, _ range: Range<Int>, _ elements: @escaping () throws -> MATLABElements
  ) throws {
    self.elements = elements
    path = head.path
    // An empty matrix may have no parts at all.
    guard !range.isEmpty else {
      (name, shape, kind, start) = ("", [0, 0], .numbers, range.lowerBound)
      (isComplex, isLogical) = (false, false)
      return
    }
    let flags = try head.element(at: range.lowerBound)
    let first = try head.words(of: flags).first ?? 0
    isComplex = first & 0x800 != 0
    isLogical = first & 0x200 != 0
    kind =
      switch first & 0xFF {
      case 1: .cell
      case 2: .other("a struct")
      case 4: .characters
      case 5: .sparse
      case 6...15: .numbers
      case 16: .other("a function")
      default: .other("an object")
      }
    var next = flags.end
    if first & 0xFF == 17 {
      // Objects have no sizes.
      shape = []
    } else {
      let sizes = try head.element(at: next)
      shape = try head.words(of: sizes).map { Int($0) }
      guard (1...64).contains(shape.count), NumPyArray.entries(of: shape) != nil else {
        throw head.damaged
      }
      next = sizes.end
    }
    let title = try head.element(at: next)
    name = String(decoding: try head.content(of: title), as: UTF8.self)
    start = title.end
  }

  /// The number of entries.
  var count: Int { NumPyArray.entries(of: shape) ?? 0 }

  /// Why the variable is not read; nil where it is.
  var refusal: DataError? {
    let shown = Escaping.excerpt(name)
    if isComplex {
      return DataError(
        "the variable \(shown) is complex", path: path, help: "save real(\(name)), or abs(\(name))")
    }
    guard case .other(let what) = kind else { return nil }
    let help =
      switch what {
      case "a struct": "save its fields as variables: save('x.mat', '-struct', '\(name)')"
      case "an object":
        "a string or categorical array is saved as cellstr(\(name)), a table as its matrix"
      default: "save matrices"
      }
    return DataError("the variable \(shown) is \(what) of MATLAB", path: path, help: help)
  }

  // MARK: Numbers

  /// NumPy's names of the types of numbers, and their sizes.
  private static let types = [
    1: ("i1", 1), 2: ("u1", 1), 3: ("i2", 2), 4: ("u2", 2), 5: ("i4", 4), 6: ("u4", 4),
    7: ("f4", 4), 9: ("f8", 8), 12: ("i8", 8), 13: ("u8", 8),
  ]

  /// The numbers in an order and shape; without them, as MATLAB has them.
  ///
  /// - Throws: `DataError` where there are none or too few; `MemoryRefused`, `Interrupted`.
  func numbers(shape: [Int]? = nil, isFortran: Bool = true) throws -> NumPyData {
    if let refusal { throw refusal }
    guard kind == .numbers else { throw mismatch("no matrix of numbers") }
    let elements = try elements()
    // An empty matrix may come without an element of its entries.
    let element =
      count == 0
      ? MATLABElements.Element(type: 9, data: 0..<0, end: 0) : try elements.element(at: start)
    return try array(element, shape ?? self.shape, elements, isFortran: isFortran)
  }

  private func array(
    _ element: MATLABElements.Element, _ shape: [Int], _ elements: MATLABElements,
    isFortran: Bool = true
  ) throws -> NumPyData {
    guard let (type, _) = Self.types[element.type] else { throw elements.damaged }
    let header = try NumPyHeader(
      type: (elements.isBigEndian ? ">" : "<") + type, isFortran: isFortran, shape: shape,
      bytes: element.data, path: path)
    return NumPyData(header, elements.bytes, path: path)
  }

  /// A sparse matrix by its columns.
  ///
  /// - Throws: as `numbers`.
  func sparse() throws -> SparseArchive {
    if let refusal { throw refusal }
    guard kind == .sparse, shape.count == 2 else { throw mismatch("no sparse matrix") }
    let elements = try elements()
    let rows = try elements.element(at: start)
    let columns = try elements.element(at: rows.end)
    let values = try elements.element(at: columns.end)
    let starts = try array(columns, [columns.data.count / 4], elements)
    // MATLAB may keep room for more entries than there are.
    guard let last = try starts.array().values.last, let count = Int(exactly: last), count >= 0
    else { throw elements.damaged }
    func part(_ element: MATLABElements.Element) throws -> NumPyData {
      guard let (_, size) = Self.types[element.type], element.data.count / size >= count else {
        throw elements.damaged
      }
      let first = element.data.lowerBound
      return try array(
        MATLABElements.Element(
          type: element.type, data: first..<first + count * size, end: element.end), [count],
        elements)
    }
    // MATLAB calls the bytes of a logical matrix doubles.
    let areBytes = isLogical && values.data.count < 8 * count
    let own = MATLABElements.Element(
      type: areBytes ? 2 : values.type, data: values.data, end: values.end)
    let parts = ["indices": try part(rows), "indptr": starts, "data": try part(own)]
    return try SparseArchive(
      columns: (shape[0], shape[1]), path: path, stored: values.end
    ) { parts[$0] }
  }

  private func mismatch(_ what: String) -> DataError {
    DataError("the variable \(Escaping.excerpt(name)) is \(what)", path: path)
  }

  // MARK: Texts

  /// The texts of a cell array, one for each cell, or of the rows of characters.
  ///
  /// - Throws: `DataError` where something else is in it; `MemoryRefused`, `Interrupted`.
  func texts() throws -> [String] {
    if let refusal { throw refusal }
    let elements = try elements()
    switch kind {
    case .characters: return try rows(elements)
    case .cell:
      var (result, next) = ([String](), start)
      for i in 0..<count {
        if i % 1024 == 0 { try Interruption.check() }
        let element = try elements.element(at: next)
        guard element.type == MATLABElements.Number.matrix else { throw elements.damaged }
        let cell = try MATLABVariable(in: elements, element.data) { elements }
        guard cell.kind == .characters || cell.count == 0, cell.shape.first ?? 0 <= 1 else {
          throw mismatch("a cell array, and cell \(i + 1) is no text")
        }
        result.append(cell.count == 0 ? "" : try cell.rows(elements).first ?? "")
        next = element.end
      }
      return result
    default: throw mismatch("no text")
    }
  }

  /// The rows of characters, without the blanks that fill them up.
  private func rows(_ elements: MATLABElements) throws -> [String] {
    guard shape.count == 2 else { throw mismatch("an array of characters of several axes") }
    guard count > 0 else { return [String](repeating: "", count: min(shape[0], 1)) }
    let element = try elements.element(at: start)
    let units = try elements.bytes.withPiece(element.data) { raw -> [UInt16]? in
      switch element.type {
      case 1, 2: return raw.map { UInt16($0) }
      case 4, 17:
        return (0..<raw.count / 2).map { k in
          let unit = raw.loadUnaligned(fromByteOffset: 2 * k, as: UInt16.self)
          return elements.isBigEndian ? unit.bigEndian : unit.littleEndian
        }
      case 16: return Array(String(decoding: raw, as: UTF8.self).utf16)
      default: return nil
      }
    }
    guard let units, units.count == count else { throw elements.damaged }
    return (0..<shape[0]).map { i in
      var row = (0..<shape[1]).map { units[i + shape[0] * $0] }
      while row.last == 32 || row.last == 0 { row.removeLast() }
      return String(decoding: row, as: UTF16.self)
    }
  }
}
