import Text
import Synchronization

/// The verbs, functions and help topics of a session.
public struct Vocabulary: Sendable {
  /// The verbs, in the order in which they are listed.
  public let commands: [any Command.Type]
  /// The declarations of the verbs, in the same order.
  public var signatures: [Signature] { commands.map(Signature.of) }
  /// The built-in functions, in the order in which they are listed.
  public let functions: [BuiltinFunction]
  /// What else `help` explains: losses, solvers, concepts. Made at first use.
  public var topics: [HelpTopic] { lazyTopics.value }
  /// The names of `commands`; special forms are not among them.
  public let verbs: Set<String>
  private let lazyTopics: Lazy<[HelpTopic]>
  private let commandIndex: [String: Int]
  private let functionIndex: [String: Int]
  private let objectIndex: [String: any StorableObject.Type]

  /// A catalog of these verbs, functions, topics, and types of objects that can be stored.
  public init(
    commands: [any Command.Type], functions: [BuiltinFunction],
    objects: [any StorableObject.Type] = [],
    topics: @autoclosure @escaping @Sendable () -> [HelpTopic] = []
  ) {
    self.commands = commands
    self.functions = functions
    objectIndex = Dictionary(objects.map { ($0.storedKind, $0) }) { first, _ in first }
    lazyTopics = Lazy(topics)
    var index: [String: Int] = [:]
    for (i, command) in commands.enumerated() { index[command.name] = i }
    commandIndex = index
    verbs = Set(index.keys)
    index = [:]
    for (i, function) in functions.enumerated() { index[function.name] = i }
    functionIndex = index
  }

  /// The verb of this name, if any.
  public func command(named name: String) -> (any Command.Type)? {
    commandIndex[name].map { commands[$0] }
  }

  /// The declaration of the verb of this name, if any.
  public func signature(named name: String) -> Signature? {
    command(named: name).map(Signature.of)
  }

  /// The verbs of a group with their summaries, special forms last.
  public func verbs(in group: CommandGroup) -> [(name: String, summary: String)] {
    signatures.filter { $0.group == group }.map { ($0.name, $0.summary) }
      + SpecialFormHelp.all.filter { $0.group == group }.map { ($0.name, $0.summary) }
  }

  /// The type of the objects that are stored under this word, if any.
  func object(storedAs kind: String) -> (any StorableObject.Type)? { objectIndex[kind] }

  /// The built-in function of this name, if any.
  public func function(named name: String) -> BuiltinFunction? {
    functionIndex[name].map { functions[$0] }
  }
}

/// A help topic that is neither a verb nor a function: a loss, a solver, a concept.
public struct HelpTopic: Sendable {
  /// An option that it takes.
  public struct Option: Sendable {
    /// Its name and default, if it has one: `delta=1`.
    public var key: String
    /// Its meaning and possible values.
    public var sentence: String

    /// An option.
    public init(key: String, sentence: String) {
      self.key = key
      self.sentence = sentence
    }
  }

  /// A picture of it.
  public struct Drawing: Sendable {
    /// What is drawn, and for which numbers.
    public var caption: String
    /// The picture as a display shows it.
    public var shown: @Sendable (Display) -> StyledText
    /// The picture for a page, as SVG.
    public var svg: @Sendable () -> String

    /// A picture and what it shows.
    public init(
      caption: String, shown: @escaping @Sendable (Display) -> StyledText,
      svg: @escaping @Sendable () -> String
    ) {
      self.caption = caption
      self.shown = shown
      self.svg = svg
    }
  }

  /// The word after `help`.
  public var name: String
  /// Other words after `help` that ask for it.
  public var aliases: [String]
  /// The heading of its list: `losses`, `concepts`.
  public var group: String
  /// A summary in one line.
  public var summary: String
  /// Paragraphs below the summary.
  public var text: String
  /// Formulas, separated by line ends or by four spaces.
  public var formula: String
  /// The options that it takes.
  public var options: [Option]
  /// Its publication; empty where there is none.
  public var reference: String
  /// A picture of it, if any.
  public var drawing: Drawing?

  /// A topic.
  public init(
    _ name: String, aliases: [String] = [], group: String, summary: String, text: String = "",
    formula: String = "", options: [Option] = [], reference: String = "", drawing: Drawing? = nil
  ) {
    self.name = name
    self.aliases = aliases
    self.group = group
    self.summary = summary
    self.text = text
    self.formula = formula
    self.options = options
    self.reference = reference
    self.drawing = drawing
  }
}

/// A value that is made at first use.
private final class Lazy<Value: Sendable>: Sendable {
  private let made = Mutex<Value?>(nil)
  private let make: @Sendable () -> Value

  init(_ make: @escaping @Sendable () -> Value) { self.make = make }

  var value: Value {
    made.withLock { made in
      if let made { return made }
      let value = make()
      made = value
      return value
    }
  }
}
