import Datasets
import Glibc
import Interpreter
import LinearAlgebra
import Record
import Text

/// A session in one file, which is checked as a whole.
enum SessionFile {
  /// What tells these files from other checked ones.
  private static let key = {
    var maker = FingerprintMaker()
    maker.add("a session of svmrepl")
    return maker.finish()
  }()

  /// Writes a session, whole or not at all.
  ///
  /// - Returns: the size of the file, and the names whose values can't be stored.
  /// - Throws: `DataError` where it can't be written, `Interrupted`.
  static func write(
    _ session: Session, to path: String
  ) throws -> (bytes: Int, missing: [SessionImage.Missing]) {
    let writer = ByteWriter()
    let missing = try SessionImage.write(session, to: writer)
    try AtomicFile.write(to: path) { output in
      try CheckedFile.write(writer, key: key) { try output.append($0) }
    }
    return (CheckedFile.size(of: writer), missing)
  }

  /// The session of a file.
  ///
  /// - Throws: `DataError` where it can't be read, is damaged, or of another version;
  ///   `MemoryRefused`, `Interrupted`.
  static func image(at path: String, for session: Session) throws -> SessionImage {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw DataError("can't be read: \(SystemFailure())", path: path)
    }
    defer { close(descriptor) }
    FileReads.note(path)
    do {
      return try CheckedFile.read(descriptor, key: key) { bytes in
        try SessionImage(from: ValueReader(bytes, in: session))
      }
    } catch let failure as SystemFailure {
      throw DataError("can't be read: \(failure)", path: path)
    } catch let damage as DamagedBytes {
      throw DataError(
        "is no saved session, or damaged: \(damage)", path: path,
        help: "`save-session` writes files that this reads; nothing has changed")
    }
  }
}
