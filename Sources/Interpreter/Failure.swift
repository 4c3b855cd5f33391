import Language

/// An error whose place is not known yet: what goes wrong inside an operation, a built-in function
/// or a command. The evaluator adds the place.
public struct Failure: Error, Sendable {
  /// One sentence without a full stop.
  public var message: String
  /// A way out.
  public var help: String?
  /// Decides the exit status.
  public var category: Diagnostic.Category

  /// What is wrong, and a way out.
  public init(
    _ message: String, help: String? = nil, category: Diagnostic.Category = .runtime
  ) {
    self.message = message
    self.help = help
    self.category = category
  }
}
