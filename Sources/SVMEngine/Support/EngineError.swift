/// Input that the engine can't use: what is wrong, in one sentence, and what helps.
public struct EngineError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kind of input at fault.
  public enum Kind: Sendable {
    /// A name that a catalog does not have.
    case name
    /// An option, or a combination of options.
    case option
    /// Shapes that don't fit.
    case shape
    /// Labels or features that can't be used.
    case data
  }

  /// The kind of input at fault.
  public let kind: Kind
  /// One sentence, in lower case and without a full stop.
  public let message: String
  /// What helps; nil where nothing is known.
  public let advice: Advice?

  /// An error of `kind`.
  public init(_ kind: Kind, _ message: String, help advice: Advice? = nil) {
    self.kind = kind
    self.message = message
    self.advice = advice
  }

  /// The message.
  public var description: String { message }
}
