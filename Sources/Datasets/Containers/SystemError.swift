import Glibc

/// Errors of failed system calls.
enum SystemError {
  /// An error about a path, with the system's reason.
  static func failure(_ what: String, path: String, number: Int32 = errno) -> DataError {
    let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    return DataError("\(what): \(reason)", path: path)
  }
}
