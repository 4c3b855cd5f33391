import Glibc

@testable import Datasets

/// A folder that is removed with what is in it.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/svmrepl-tests-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw DataError("no temporary folder") }
    path = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
  }

  deinit { TemporaryFolder.remove(path) }

  /// The path of a name in it.
  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file in it and returns its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = self(name)
    guard let file = fopen(path, "w") else { throw DataError("can't write", path: path) }
    defer { fclose(file) }
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
      throw DataError("can't write", path: path)
    }
    return path
  }

  /// Writes a text in it and returns its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  /// Makes a folder in it.
  func makeFolder(_ name: String) { mkdir(self(name), 0o755) }

  /// The bytes of a file.
  static func bytes(_ path: String) throws -> [UInt8] {
    guard let source = try DataSource.onDisk(path) else { throw DataError("no file", path: path) }
    return try source.readAll().withBytes { Array($0) }
  }

  /// The text of a file.
  static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  /// The names in it.
  var names: [String] { (try? DataSource.onDisk(path))??.entryNames ?? [] }

  private static func remove(_ path: String) {
    chmod(path, 0o755)
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    for name in (try? DataSource.onDisk(path))??.entryNames ?? [] { remove("\(path)/\(name)") }
    rmdir(path)
  }
}

/// The dataset of what was loaded.
func dataset(_ loaded: Loaded) throws -> Dataset {
  guard case .dataset(let dataset) = loaded else { throw DataError("no dataset: \(loaded)") }
  return dataset
}

/// The parts of what was loaded.
func split(_ loaded: Loaded) throws -> Split {
  guard case .split(let split) = loaded else { throw DataError("no split") }
  return split
}

/// The bits of numbers; every NaN is the same.
func bits(_ values: [Double]) -> [UInt64] { values.map { $0.isNaN ? 1 : $0.bitPattern } }
