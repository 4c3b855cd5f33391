/// Why a store can't be used. The work goes on without it.
public struct StoreTrouble: Error, Sendable, Equatable, CustomStringConvertible {
  /// The folder of the store; nil where there is no place for one.
  public let folder: String?
  /// The system's reason.
  public let reason: String

  /// `can't be written: No space left on device`.
  public var description: String {
    folder.map { "'\($0)' can't be used: \(reason)" } ?? reason
  }
}
