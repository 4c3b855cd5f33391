/// An error or warning as data; `rendered` makes its text.
public struct Diagnostic: Error, Sendable, Equatable {
  /// How bad it is.
  public enum Severity: String, Sendable { case error, warning, interrupted }

  /// The class of an error, which decides the exit status of a script.
  public enum Category: Sendable {
    /// A syntax or usage error, found before anything runs. Status 2.
    case usage
    /// An error at run time. Status 3.
    case runtime
    /// An error of data or files. Status 4.
    case data
    /// The user interrupted. Status 130.
    case interrupted

    /// The exit status of a script that ends with this error.
    public var exitStatus: Int32 {
      switch self {
      case .usage: 2
      case .runtime: 3
      case .data: 4
      case .interrupted: 130
      }
    }
  }

  /// How bad it is; shown as the first word.
  public var severity: Severity
  /// The class of the error.
  public var category: Category
  /// One sentence without a full stop.
  public var message: String
  /// The source that `span` points into; nil where there is no place to show.
  public var source: Source?
  /// The part of `source` to underline.
  public var span: Span?
  /// A way out, where one is known.
  public var help: String?
  /// Further lines: the chain of calls, with the shapes of the arguments.
  public var notes: [String]

  /// A diagnostic; the place may be filled in later, where it is known.
  public init(
    _ message: String, category: Category = .runtime, severity: Severity = .error,
    source: Source? = nil, span: Span? = nil, help: String? = nil, notes: [String] = []
  ) {
    self.severity = severity
    self.category = category
    self.message = message
    self.source = source
    self.span = span
    self.help = help
    self.notes = notes
  }
}
