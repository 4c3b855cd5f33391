import Record
import Text

/// A file that a script read, as its page names it.
struct DataFile {
  /// Its name, without the folder, which is the author's own business.
  let name: String
  /// Its bytes.
  let size: Int
  /// Its checksum; nil where it has changed since, or can't be read any more.
  let checksum: Fingerprint?

  /// Digits of a checksum that a page shows: enough to tell files apart.
  private static let digits = 12
  /// Files that a page names, before the rest is counted.
  private static let most = 8

  /// The files of a run, by name; a large one is read once more.
  static func all(of reads: [FileReads.Read]) -> [DataFile] {
    reads.map { read in
      let name = read.path.split(separator: "/").last.map(String.init) ?? read.path
      let isSame = FileStamp(of: read.path) == read.stamp
      return DataFile(
        name: name, size: read.stamp.size,
        checksum: isSame ? try? FileChecksum.of(read.path) : nil)
    }.sorted { ($0.name, $0.size) < ($1.name, $1.size) }
  }

  /// `digits.csv: 12 kB, SHA-256 3f2a9c41d07e…`
  var text: String {
    let sum = checksum.map { ", SHA-256 \($0.hex.prefix(Self.digits))…" } ?? ", changed since"
    return "\(Escaping.visible(name)): \(Quantity.bytes(size))\(sum)"
  }

  /// What a page says of files, one text each.
  static func texts(of files: [DataFile]) -> [String] {
    let rest = files.count - most
    return files.prefix(most).map(\.text)
      + (rest > 0 ? ["and \(Quantity.count(rest, "more file"))"] : [])
  }
}
