/// Why data could not be read or made: one sentence, the place, and what helps.
public struct DataError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One sentence without a full stop.
  public let message: String
  /// The file, where there is one.
  public let path: String?
  /// The line in the file, counted from 1.
  public let line: Int?
  /// What helps; nil where nothing is known.
  public let help: String?

  /// An error with its facts.
  public init(_ message: String, path: String? = nil, line: Int? = nil, help: String? = nil) {
    self.message = message
    self.path = path
    self.line = line
    self.help = help
  }

  /// The place, then the sentence.
  public var description: String {
    guard let path else { return message }
    guard let line else { return "\(path): \(message)" }
    return "\(path):\(line): \(message)"
  }
}
