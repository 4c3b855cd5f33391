import LinearAlgebra
import Text

/// An IDX file that is being read: its header, then its entries.
struct IDXFile {
  let header: IDXHeader
  private let source: DataSource
  private let stream: ByteStream

  /// Opens a file and reads its header.
  ///
  /// - Throws: `DataError` where it is none, or announces more than it can hold; `MemoryRefused`,
  ///   `Interrupted`.
  init(_ source: DataSource) throws {
    self.source = source
    let head = try FileHead(source).bytes
    guard let header = IDXHeader(head) else {
      throw DataError(
        head.starts(with: [0, 0]) && (head.count < 4 || head.count < 4 + 4 * Int(head[3]))
          ? "the header of the IDX file ends in the middle" : "does not begin as an IDX file does",
        path: source.path)
    }
    self.header = header
    stream = try ByteStream(source)
    guard let announced = header.dataBytes else {
      throw DataError(
        "the shape \(NameList.text(header.shape.map(String.init))) is too large", path: source.path)
    }
    if let size = stream.plainSize {
      guard announced <= size - header.count else { throw cutOff(announced, size - header.count) }
    } else {
      let (most, overflow) = source.fileSize.multipliedReportingOverflow(by: ExpansionLimit.most)
      guard announced <= ExpansionLimit.free || overflow || announced <= most else {
        throw DataError(
          "\(announced) bytes are announced, more than \(source.fileSize) compressed ones hold",
          path: source.path, help: "the file is damaged; download it again")
      }
    }
    let skipped = try FileBytes(capacity: header.count)
    let room = UnsafeMutableRawBufferPointer(start: skipped.pointer, count: header.count)
    guard try stream.read(into: room) == header.count else { throw cutOff(announced, 0) }
  }

  private func cutOff(_ announced: Int, _ present: Int) -> DataError {
    DataError(
      "the file ends in the middle: \(announced) bytes are announced, and \(present) are there",
      path: source.path, help: "the file was cut off; copy or download it again")
  }

  /// Reads all entries to `target`, which has room for them.
  private func read(into target: UnsafeMutablePointer<UInt8>, _ count: Int) throws {
    let got = try stream.read(into: UnsafeMutableRawBufferPointer(start: target, count: count))
    guard got == count else { throw cutOff(count, got) }
    var more: UInt8 = 0
    let extra = try withUnsafeMutableBytes(of: &more) { try stream.read(into: $0) }
    guard extra == 0 else {
      throw DataError(
        "the file holds more than the \(count) bytes that are announced", path: source.path,
        help: "the file is damaged; download it again")
    }
  }

  /// The entries as rows of features: the first axis counts them. Bytes are read in place.
  ///
  /// - Throws: `DataError` where the file is cut off, `MemoryRefused`, `Interrupted`.
  func features() throws -> Features {
    let (rows, bytes) = (header.shape[0], header.dataBytes ?? 0)
    guard bytes > 0 else { throw DataError("the file holds no pictures", path: source.path) }
    if header.type == "u1" {
      return Features(
        try ByteMatrix(mostRows: rows, columns: bytes / rows) { target in
          if let base = target.baseAddress { try read(into: base, bytes) }
          return rows
        })
    }
    return try array().features(rows: rows, columns: bytes / header.entryBytes / rows)
  }

  /// The entries as an array.
  ///
  /// - Throws: as `features`.
  func array() throws -> NumPyData {
    let bytes = try FileBytes(capacity: header.dataBytes ?? 0)
    try read(into: bytes.pointer, bytes.capacity)
    bytes.hold(bytes.capacity)
    let layout = try NumPyHeader(
      type: header.type, isFortran: false, shape: header.shape, bytes: 0..<bytes.count,
      path: source.path)
    return NumPyData(layout, bytes, path: source.path)
  }
}
