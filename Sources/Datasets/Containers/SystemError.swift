import Glibc

/// What the system says about calls that failed.
enum SystemError {
  /// An error about a path: what could not be done, and why.
  static func failure(_ what: String, path: String, number: Int32 = errno) -> DataError {
    let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    return DataError("\(what): \(reason)", path: path)
  }
}
