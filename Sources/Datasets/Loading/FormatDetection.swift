import LinearAlgebra
import Text

/// The beginning of a file, decompressed, from which formats recognize it.
struct FileHead {
  /// The first bytes, at most 64 kB.
  let bytes: [UInt8]
  /// Whether these are all bytes of the file.
  let isWhole: Bool
  /// The decompressed size, where it is known without reading everything.
  let size: Int?
  /// The file's name without the ending of a compression.
  let name: String

  /// Reads the beginning.
  init(_ source: DataSource) throws {
    let stream = try ByteStream(source, isCounted: false)
    var head = [UInt8](repeating: 0, count: 1 << 16)
    let count = try head.withUnsafeMutableBytes { try stream.read(into: $0) }
    isWhole = count < head.count
    bytes = Array(head.prefix(count))
    size = isWhole ? count : stream.plainSize
    name = Compression.strippedName(source.name)
  }

  /// The first lines that are whole and not blank, `limit` at most.
  func lines(_ limit: Int) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count && lines.count < limit {
      let end = bytes[start...].firstIndex { $0 == 10 || $0 == 13 } ?? bytes.count
      if end == bytes.count && !isWhole && !lines.isEmpty { break }
      let line = bytes[start..<end]
      if line.contains(where: { $0 != 32 && $0 != 9 }) { lines.append(line) }
      start = end + 1
    }
    return lines
  }

  /// Whether no byte excludes text.
  var isText: Bool { !bytes.contains { $0 < 9 || $0 > 13 && $0 < 32 && $0 != 27 } }
}

/// Detects the format of a source: of a folder by its entries; of a file by its first bytes, then
/// by its name, then by its first lines.
enum FormatDetection {
  /// The reader for a source.
  static func reader(for source: DataSource) throws -> any DataReader.Type {
    if source.isFolder {
      if let reader = try ReaderCatalog.all.first(where: { try $0.isFolder(source) }) {
        return reader
      }
      throw unknown(source, foundNothing(in: source))
    }
    let head = try FileHead(source)
    guard !head.bytes.isEmpty else { throw DataError("the file is empty", path: source.path) }
    if let reader = ReaderCatalog.all.first(where: { $0.hasMagic(head) }) { return reader }
    if let error = UnreadFormat.error(for: head, path: source.path) { throw error }
    if Archive.kind(head) != nil {
      throw DataError(
        "is an archive in an archive", path: source.path, help: "unpack it, and load the folder")
    }
    if let reader = ReaderCatalog.all.first(where: { $0.isNamed(head.name) }) { return reader }
    if let reader = ReaderCatalog.all.first(where: { $0.resembles(head) }) { return reader }
    throw unknown(source, "the format of this file is not known")
  }

  private static func foundNothing(in folder: DataSource) -> String {
    let names = folder.entryNames
    guard !names.isEmpty else { return "the folder is empty" }
    guard case .memoryFolder(let entries) = folder.place, entries.allSatisfy({ !$0.isFolder })
    else { return "the folder holds no data that is known" }
    return "the archive holds several files, and one table is read: \(NameList.text(names))"
  }

  private static func unknown(_ source: DataSource, _ message: String) -> DataError {
    DataError(
      message, path: source.path,
      help: "say format=; formats: \(DataLoader.formats.joined(separator: ", "))")
  }
}
