/// A verb, declared once: parsing, binding, help, completion, the reference pages and the error
/// messages all come from this declaration.
///
/// ```swift
/// struct Split: Command {
///   static let name = "split"
///   static let summary = "Divide a dataset into train, validation, dev and test parts."
///   @Operand("Rows to divide.") var data: Dataset
///   @Option("Rows of the training part.", .positive) var train: Double?
///   func run(in session: Session) throws -> Output { … }
/// }
/// ```
public protocol Command: SendableMetatype {
  /// The word that is typed.
  static var name: String { get }
  /// One line, an imperative sentence.
  static var summary: String { get }
  /// Paragraphs below the summary in `help`; may be empty.
  static var discussion: String { get }
  /// Runnable examples: a test replays each of them.
  static var examples: [Example] { get }
  /// Which part of the list of verbs it stands in.
  static var group: CommandGroup { get }
  /// Whether the defaults that `set` made count; not for `set` itself.
  static var usesSettings: Bool { get }
  /// Whether it may assign names that its line does not mention, as `run` does.
  static var mayAssignNames: Bool { get }
  /// An instance whose parameters have their defaults.
  init()
  /// Does the work; throws `Failure` where it can't.
  func run(in session: Session) throws -> Output
}

extension Command {
  /// There is nothing more to say.
  public static var discussion: String { "" }
  /// The command names on its line all that it assigns.
  public static var mayAssignNames: Bool { false }
  /// Defaults that `set` made count.
  public static var usesSettings: Bool { true }
}

/// The parts of the list of verbs, in their order.
public enum CommandGroup: String, Sendable, CaseIterable {
  case data = "Data"
  case learning = "Learning"
  case looking = "Looking"
  case session = "Session"
}

/// Lines that can be run as they stand, with what the last of them shows.
///
///     print 1 + 1
///     → 2
///
/// What is shown begins with an arrow, and its further lines with two blanks; `…` stands for
/// anything. Without an arrow a test only runs the lines.
public struct Example: Sendable, ExpressibleByStringLiteral {
  /// The lines.
  public let code: String
  /// What the last line shows; nil where the example doesn't say.
  public let shows: String?

  /// The example that a text is.
  public init(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let arrow = lines.firstIndex { $0.hasPrefix("→ ") }
    code = lines[..<(arrow ?? lines.endIndex)].joined(separator: "\n")
    shows = arrow.map { lines[$0...].map { $0.dropFirst(2) }.joined(separator: "\n") }
  }

  /// The example that a literal is.
  public init(stringLiteral text: String) { self.init(text) }
}
