import Glibc

/// A failed call of the system.
public struct SystemFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The error number.
  public let number: Int32

  /// The failure of the last call, unless another number is given.
  public init(_ number: Int32 = errno) { self.number = number }

  /// The system's reason: `No space left on device`.
  public var description: String {
    strerror(number).map { String(cString: $0) } ?? "error \(number)"
  }
}
