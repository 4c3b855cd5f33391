/// Bytes that no value was stored as: damaged ones, or those of another version.
public struct DamagedBytes: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong with them, in one sentence.
  public let description: String

  /// The error with its sentence.
  public init(_ description: String) { self.description = description }

  /// The bytes end before the value does.
  static let cutOff = DamagedBytes("the stored bytes end too early")
}
