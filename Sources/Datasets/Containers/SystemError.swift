import Glibc
import LinearAlgebra

/// Errors of failed system calls.
enum SystemError {
  /// An error about a path, with the system's reason.
  static func failure(_ what: String, path: String, number: Int32 = errno) -> DataError {
    DataError("\(what): \(SystemFailure(number))", path: path)
  }
}
