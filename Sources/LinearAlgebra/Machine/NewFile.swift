import Glibc

/// A file that is written under another name, and takes its own once it is whole and on the disk.
/// Whatever goes wrong, nothing of it is left, and an old file of its name stays as it was.
package final class NewFile {
  /// The open file.
  package private(set) var descriptor: Int32
  /// Where its bytes go.
  package let output: BufferedOutput
  private let target: String
  private let temporary: String

  /// A new file that is to have the path `target`.
  ///
  /// - Throws: `SystemFailure` where none can be made in that folder.
  package init(at target: String, mode: mode_t = 0o666) throws {
    let folder = Self.folder(of: target)
    var (path, descriptor) = ("", Int32(-1))
    for attempt in 0..<100 {
      path = "\(folder)\(Self.prefix)\(getpid())-\(attempt)\(Self.suffix)"
      descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
      if descriptor >= 0 || errno != EEXIST { break }
    }
    guard descriptor >= 0 else { throw SystemFailure() }
    self.target = target
    self.descriptor = descriptor
    temporary = path
    output = BufferedOutput(to: descriptor)
  }

  /// How the names begin and end that files have before they are whole.
  package static let (prefix, suffix) = (".svmrepl-", ".tmp")

  deinit {
    guard descriptor >= 0 else { return }
    // The name goes at once. To free the blocks of a large file takes longer, and comes with
    // closing it.
    unlink(temporary)
    let descriptor = descriptor
    Abandonable.leave { close(descriptor) }
  }

  /// Gives the file its name, once all bytes are on the disk.
  ///
  /// - Throws: `SystemFailure`, `Interrupted`.
  package func finish() throws {
    try output.flush()
    guard try isSynced() else { throw SystemFailure() }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0, rename(temporary, target) == 0 else {
      let failure = SystemFailure()
      unlink(temporary)
      throw failure
    }
    Self.sync(folder: Self.folder(of: target))
  }

  /// Whether all bytes are on the disk now. It may take seconds, in which the user may interrupt.
  private func isSynced() throws -> Bool {
    let own = dup(descriptor)
    guard own >= 0 else { return fsync(descriptor) == 0 }
    let number = try Abandonable.run {
      defer { close(own) }
      return fsync(own) == 0 ? 0 : errno
    }
    errno = number
    return number == 0
  }

  /// Puts the names of a folder on the disk; not every file system can do that.
  package static func sync(folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// The folder of a path, with a slash at its end.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
  }
}
