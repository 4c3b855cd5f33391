import LinearAlgebra

/// The elements of a MAT-file: each has a tag with type and size, and data padded to 8 bytes.
struct MATLABElements {
  /// The numbers of the types that hold other elements.
  enum Number {
    static let matrix = 14
    static let compressed = 15
  }

  let bytes: ArrayBytes
  let isBigEndian: Bool
  let path: String

  /// An element.
  struct Element {
    let type: Int
    /// Where its data are.
    let data: Range<Int>
    /// Where the next element begins.
    let end: Int
  }

  /// The element that begins at an offset. Its data are in the file.
  ///
  /// - Throws: `DataError` where the file ends before it does; `MemoryRefused`, `Interrupted`.
  func element(at offset: Int) throws -> Element {
    guard offset >= 0, offset <= bytes.count - 8 else { throw cutOff }
    let (first, second) = try bytes.withPiece(offset..<offset + 8) { raw in
      (word(raw, 0), word(raw, 4))
    }
    // Up to four bytes of data stand in the tag, whose upper half then is their number.
    if first >> 16 != 0 {
      guard first >> 16 <= 4 else { throw damaged }
      return Element(
        type: first & 0xFFFF, data: offset + 4..<offset + 4 + first >> 16, end: offset + 8)
    }
    let start = offset + 8
    guard second <= bytes.count - start else { throw cutOff }
    let padding = first == Number.compressed ? 0 : -second & 7
    return Element(type: first, data: start..<start + second, end: start + second + padding)
  }

  /// The bytes of a short element.
  ///
  /// - Throws: as `element`; `DataError` where it is longer than `most`.
  func content(of element: Element, most: Int = 4096) throws -> [UInt8] {
    guard element.data.count <= most else { throw damaged }
    return try bytes.withPiece(element.data) { Array($0) }
  }

  /// The whole numbers of 4 bytes that a short element holds.
  ///
  /// - Throws: as `content`.
  func words(of element: Element) throws -> [Int32] {
    let content = try content(of: element)
    guard content.count % 4 == 0 else { throw damaged }
    return content.withUnsafeBytes { raw in
      (0..<raw.count / 4).map { Int32(truncatingIfNeeded: word(raw, 4 * $0)) }
    }
  }

  private func word(_ raw: UnsafeRawBufferPointer, _ offset: Int) -> Int {
    let bits = raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    return Int(isBigEndian ? bits.bigEndian : bits.littleEndian)
  }

  var cutOff: DataError {
    DataError(
      "the MAT-file ends in the middle", path: path,
      help: "the file was cut off; copy or save it again")
  }

  var damaged: DataError {
    DataError("the MAT-file is damaged", path: path, help: "copy or save it again")
  }
}
