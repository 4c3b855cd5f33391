import Text
import CBundledData
import Glibc
import LinearAlgebra
import Record

/// A source of data: a file or a folder, on disk, inside of the program, or in memory.
struct DataSource: Sendable {
  /// The path in messages.
  let path: String
  let place: Place

  enum Place: Sendable {
    case file(size: Int)
    case folder([String])
    case memory(Memory)
    case held(HeldFile)
    case memoryFolder([DataSource])
  }

  /// Bytes that live as long as the program.
  struct Memory: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
  }

  /// The file or folder at a path on disk; nil where there is nothing.
  static func onDisk(_ path: String) throws -> DataSource? {
    guard !path.isEmpty else { throw DataError("the path is empty") }
    guard !path.utf8.contains(0) else {
      throw DataError("a path can't hold a zero byte", path: Escaping.excerpt(path))
    }
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR {
        FileReads.noteNothing(at: path)
        return nil
      }
      throw SystemError.failure("can't be read", path: path)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      FileReads.note(path)
      return DataSource(path: path, place: .file(size: max(0, Int(status.st_size))))
    case S_IFDIR:
      let names = try entryNames(of: path)
      FileReads.note(names.sorted(), of: path)
      return DataSource(path: path, place: .folder(names))
    case S_IFIFO:
      throw DataError("is a pipe, not a file", path: path)
    default:
      throw DataError("is a device or socket, not a file", path: path)
    }
  }

  /// The last part of the path.
  var name: String {
    String(path.split(separator: "/", omittingEmptySubsequences: true).last ?? "")
  }

  /// Whether it is a folder.
  var isFolder: Bool {
    switch place {
    case .folder, .memoryFolder: true
    case .file, .memory, .held: false
    }
  }

  /// The path on disk without links; nil for what is not there.
  var realPath: String? {
    switch place {
    case .file, .folder:
      guard let path = realpath(path, nil) else { return nil }
      defer { free(path) }
      return String(cString: path)
    case .memory, .held, .memoryFolder: return nil
    }
  }

  /// The names in a folder, by code point; none for a file.
  var entryNames: [String] {
    switch place {
    case .folder(let names): names
    case .memoryFolder(let entries): entries.map(\.name)
    case .file, .memory, .held: []
    }
  }

  /// The entry of a folder by its name; nil where there is none.
  func entry(_ name: String) throws -> DataSource? {
    switch place {
    case .folder: try DataSource.onDisk(path.hasSuffix("/") ? path + name : "\(path)/\(name)")
    case .memoryFolder(let entries): entries.first { $0.name == name }
    case .file, .memory, .held: nil
    }
  }

  /// A file in the same folder on disk; nil where there is none that can be read.
  func sibling(_ name: String) -> DataSource? {
    guard case .file = place else { return nil }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    return (try? DataSource.onDisk(folder + name)) ?? nil
  }

  private static func entryNames(of path: String) throws -> [String] {
    guard let folder = opendir(path) else {
      throw SystemError.failure("can't be read", path: path)
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
      if names.count % 1024 == 0 { try Interruption.check() }
    }
    return names.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }
}
