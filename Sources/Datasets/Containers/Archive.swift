import LinearAlgebra
import Text

/// Archives as sources: that of a folder is the folder, and that of one table is the table.
enum Archive {
  /// The kind of archive that a file begins as; nil for other files.
  static func kind(_ head: FileHead) -> ArchiveStream.Kind? {
    if head.bytes.starts(with: [0x50, 0x4B, 3, 4]) || head.bytes.starts(with: [0x50, 0x4B, 5, 6]) {
      return .zip
    }
    return isTar(head.bytes) ? .tar : nil
  }

  /// Endings of names that only denote an archive.
  static let endings = ["tar", "tgz", "tbz", "tbz2", "txz", "tzst", "zip"]

  /// The content of an archive, held in memory until it has been read; other sources as they are.
  ///
  /// A folder or file that is the only one beside texts about it stands for the archive. Hidden
  /// files and those of macOS's Finder are left out.
  ///
  /// - Parameter format: the format that was asked for. NumPy's archives are zip files, too.
  /// - Throws: `DataError` where the archive is damaged or refused, `MemoryRefused`, `Interrupted`.
  static func content(of source: DataSource, format: String?) throws -> DataSource {
    guard !source.isFolder, format != NumPyArchiveReader.name else { return source }
    let head = try FileHead(source)
    guard let kind = kind(head) else { return source }
    if kind == .zip {
      if try source.isCompressed { return source }
      let names = try ArchiveStream(source, .zip).names()
      if format == nil, names.allSatisfy({ $0.hasSuffix(".npy") }) { return source }
    }
    let root = Folder()
    let stream = try ArchiveStream(source, kind)
    while let entry = try stream.next({ !$0.isEmpty && !$0.contains(where: isHidden) }) {
      guard root.add(entry.parts[...], entry.bytes) else {
        throw DataError(
          "the entry \(Escaping.excerpt(entry.parts.joined(separator: "/"))) is there twice",
          path: source.path, help: "unpack the archive yourself, and load what you need of it")
      }
    }
    source.release()
    guard !root.entries.isEmpty else {
      throw DataError("the archive holds no files", path: source.path)
    }
    var content = root.source(path: source.path)
    while case .memoryFolder(let entries) = content.place {
      let data = entries.count == 1 ? entries : entries.filter { !isAbout($0) }
      guard data.count == 1 else { break }
      content = data[0]
    }
    // The folder is named as the archive is.
    guard case .memoryFolder(let entries) = content.place else { return content }
    return DataSource(path: source.path, place: .memoryFolder(entries))
  }

  /// Whether a file's first block is a header of tar: it has a check sum, over all of its bytes
  /// with blanks in the place of the sum.
  private static func isTar(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 512, bytes[0] != 0 else { return false }
    let digits = bytes[148..<156].drop { $0 == 32 || $0 == 0 }.prefix { $0 >= 48 && $0 < 56 }
    guard !digits.isEmpty else { return false }
    let stored = digits.reduce(0) { $0 * 8 + Int($1 - 48) }
    let rest = bytes[..<148] + bytes[156..<512]
    let sum = rest.reduce(256) { $0 + Int($1) }
    let signedSum = rest.reduce(256) { $0 + Int(Int8(bitPattern: $1)) }
    return stored == sum || stored == signedSum
  }

  private static func isHidden(_ name: String) -> Bool {
    name.hasPrefix(".") || name == "__MACOSX"
  }

  /// Whether a file is about the data, and none itself.
  private static func isAbout(_ source: DataSource) -> Bool {
    let name = source.name.lowercased()
    return ["readme", "license", "licence", "copying", "index"].contains { name.hasPrefix($0) }
      || [".md", ".html", ".htm", ".pdf", ".names"].contains { name.hasSuffix($0) }
  }

  /// A folder while the archive is read.
  private final class Folder {
    var entries: [String: Node] = [:]

    enum Node {
      case file(FileBytes)
      case folder(Folder)
    }

    /// Adds a file; false where its path, or one of its folders, is a file already.
    func add(_ parts: ArraySlice<String>, _ bytes: FileBytes) -> Bool {
      guard let first = parts.first else { return false }
      if parts.count == 1 {
        guard entries[first] == nil else { return false }
        entries[first] = .file(bytes)
        return true
      }
      switch entries[first] {
      case .file: return false
      case .folder(let folder): return folder.add(parts.dropFirst(), bytes)
      case nil:
        let folder = Folder()
        entries[first] = .folder(folder)
        return folder.add(parts.dropFirst(), bytes)
      }
    }

    func source(path: String) -> DataSource {
      let names = entries.keys.sorted {
        $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
      }
      let sources = names.compactMap { name -> DataSource? in
        let path = "\(path)/\(name)"
        return switch entries[name] {
        case .file(let bytes): .held(bytes, path: path)
        case .folder(let folder): folder.source(path: path)
        case nil: nil
        }
      }
      return DataSource(path: path, place: .memoryFolder(sources))
    }
  }
}
