/// The declaration of a verb, from which binding, help, completion, the reference page and error
/// messages are made.
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
  /// The verb.
  static var name: String { get }
  /// One line, an imperative sentence.
  static var summary: String { get }
  /// Paragraphs below the summary in `help`; may be empty.
  static var discussion: String { get }
  /// Runnable examples: a test replays each of them.
  static var examples: [Example] { get }
  /// Its group in the list of verbs.
  static var group: CommandGroup { get }
  /// Whether it takes the defaults made by `set`; false for `set` itself.
  static var usesSettings: Bool { get }
  /// Whether it may assign names that its statement does not mention, as `run` does.
  static var mayAssignNames: Bool { get }
  /// Whether, with nothing but an operand, it goes on with a command that was interrupted, and in
  /// the end gives what that would have given.
  static var goesOn: Bool { get }
  /// A value of the type that it gives, often an `Outline`: completion lists its fields. Nil where
  /// the type is not known before it runs.
  ///
  /// - Parameters:
  ///   - operand: the first operand, or another value of its type; nil where nothing is known.
  ///   - options: the names of the options given.
  static func outline(operand: Value?, options: Set<String>) -> Value?
  /// Why these options don't go together, whatever their values; nil where they do. It is asked
  /// before anything runs.
  static func refusal(options: Set<String>) -> Failure?
  /// An instance whose parameters have their defaults.
  init()
  /// Runs the command.
  ///
  /// - Throws: Any error. The evaluator adds the place, which a `DescribedError` may narrow to a
  ///   parameter.
  func run(in session: Session) throws -> Output
}

extension Command {
  /// Empty: there is nothing to add.
  public static var discussion: String { "" }
  /// False: its statement mentions all names that it assigns.
  public static var mayAssignNames: Bool { false }
  /// False: it begins anew.
  public static var goesOn: Bool { false }
  /// Nil: nothing is known.
  public static func outline(operand: Value?, options: Set<String>) -> Value? { nil }
  /// Nil: any options go together.
  public static func refusal(options: Set<String>) -> Failure? { nil }
  /// True: it takes the defaults made by `set`.
  public static var usesSettings: Bool { true }
}

/// The groups of verbs, in the order in which they are listed.
public enum CommandGroup: String, Sendable, CaseIterable {
  case data = "Data"
  case learning = "Learning"
  case looking = "Looking"
  case session = "Session"
}

/// Lines that can be run, with what the last of them shows.
///
///     print 1 + 1
///     → 2
///
/// The output begins with an arrow, and its further lines with two blanks; `…` stands for any text.
/// Without an arrow, a test only runs the lines.
public struct Example: Sendable, ExpressibleByStringLiteral {
  /// The lines.
  public let code: String
  /// What the last line shows; nil where the example doesn't say.
  public let shows: String?

  /// An example in the form shown above.
  public init(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let arrow = lines.firstIndex { $0.hasPrefix("→ ") }
    code = lines[..<(arrow ?? lines.endIndex)].joined(separator: "\n")
    shows = arrow.map { lines[$0...].map { $0.dropFirst(2) }.joined(separator: "\n") }
  }

  /// An example in the form shown above.
  public init(stringLiteral text: String) { self.init(text) }
}
