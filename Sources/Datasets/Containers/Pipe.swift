import Glibc
import LinearAlgebra

/// What comes through a pipe, which can be read once: it is held in memory.
enum Pipe {
  /// The path that means the standard input.
  static let standardInput = "-"

  /// All that comes from the standard input.
  ///
  /// - Throws: `DataError` where it is a terminal, empty, or can't be read; `MemoryRefused`,
  ///   `Interrupted`.
  static func readStandardInput() throws -> DataSource {
    let path = "standard input"
    guard isatty(STDIN_FILENO) == 0 else {
      throw DataError(
        "the standard input is a terminal", path: path,
        help: "data come through a pipe: svmrepl SCRIPT < FILE")
    }
    let bytes = try read(STDIN_FILENO, path: path)
    guard bytes.count > 0 else {
      throw DataError(
        "nothing came through the pipe", path: path,
        help: "where it is the script that comes through it, give the script as a file")
    }
    return .held(bytes, path: path)
  }

  /// Whether a path is the standard input, "-", or a named pipe: what comes through is read once.
  static func isOne(_ path: String) -> Bool {
    var status = stat()
    return path == "-"
      || !path.utf8.contains(0) && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  /// All that comes from a named pipe, once something writes to it; nil where the path is none.
  ///
  /// - Throws: `DataError` where it can't be read, `MemoryRefused`, `Interrupted`.
  static func read(_ path: String) throws -> DataSource? {
    guard path != "-", isOne(path) else { return nil }
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError.failure("can't be read", path: path) }
    defer { close(descriptor) }
    return .held(try read(descriptor, path: path), path: path)
  }

  /// Reads to the end. A wish to stop is heard while nothing comes.
  private static func read(_ descriptor: Int32, path: String) throws -> FileBytes {
    let bytes = try FileBytes(capacity: 1 << 16)
    var isOpen = true
    try bytes.fill { target in
      while isOpen {
        try Interruption.check()
        var wish = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let ready = poll(&wish, 1, 20)
        if ready == 0 || ready < 0 && errno == EINTR { continue }
        let count = Glibc.read(descriptor, target.baseAddress, target.count)
        if count > 0 { return count }
        if count < 0, [EINTR, EAGAIN].contains(errno) { continue }
        guard count == 0 else { throw SystemError.failure("can't be read", path: path) }
        isOpen = false
      }
      return 0
    }
    return bytes
  }
}
