/// What the engine can't do with what it was given: one sentence, and a way out where there is one.
public struct EngineError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of input is at fault.
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

  /// What kind of input is at fault.
  public let kind: Kind
  /// One sentence, in lower case and without a full stop.
  public let message: String
  /// A way out.
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
