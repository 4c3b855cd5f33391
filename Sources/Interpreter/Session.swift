import Language
import LinearAlgebra
import Record
import Text

/// The state of a session: variables, seed and random streams, settings, and the sink for output.
/// Only one thread at a time may use it.
///
/// ```swift
/// let session = Session(catalog: catalog, sink: Sink { text, _ in print(text.plain) })
/// let status = session.runEntry("x = 1 + 2")
/// ```
public final class Session: @unchecked Sendable {
  /// The verbs, functions and help topics.
  public let catalog: Vocabulary
  /// What the sink can show: width, colors, characters.
  public var display: Display
  /// Shows results, one at a time.
  public var sink: Sink
  /// Shows warnings and errors.
  public var report: (Diagnostic) -> Void
  /// Shows the progress of long commands; nil where nothing does.
  public var progress: (any ProgressDisplay)?
  /// Defaults by option name, from `set KEY=VALUE`. What reads them to make a value says so by
  /// `noteSettings`.
  public internal(set) var settings: [String: Value] = [:]
  /// The names of all settings: the options of `set`.
  lazy var settingNames = Set((catalog.signature(named: "set")?.options ?? []).map(\.name))
  /// Texts by parameter name, from `NAME=VALUE` of the command line, for the `param`s of the
  /// script.
  public var parameterTexts: [String: String] = [:]
  /// The entries so far, in order.
  public internal(set) var entries: [SessionEntry] = []
  /// What statements that failed had looked for on disk and not found, or found to be folders;
  /// noted where results are kept.
  public internal(set) var pathsMissed: [String] = []
  /// The written answers, in order.
  public var answers: [(name: String, text: String)] = []
  /// The results of the `expect` statements.
  public var expectations = Expectations()
  /// Whether statements that assign show nothing.
  public var isQuiet = false

  /// Whether statements come through the standard input, so that no data can.
  public var standardInputIsTaken = false
  /// Whether `quit` has run.
  public var isFinished = false
  /// Values by name for the `param`s of the script that `run` runs.
  var runParameters: [String: Value] = [:]
  /// The script whose statements run as entries, to bring a session back: `run` looks beside it.
  var scriptOfPlainEntries: String?
  /// The nesting depth of `run "FILE"`.
  public var runDepth = 0

  /// The stream that the running statement draws from. The record notes that it draws.
  public var random: RandomStream {
    get {
      open.last?.hasDrawn = true
      return stream
    }
    _modify {
      open.last?.hasDrawn = true
      yield &stream
    }
  }
  private var stream = RandomStream(seed: 0, key: "", count: 0)
  /// The session's seed.
  public internal(set) var seed: UInt64 = 0
  /// How many statements of each key came before.
  var streamCounts: [String: UInt64] = [:]
  private var said: Set<String> = []

  /// How the values were made.
  public internal(set) var graph = RecordGraph()
  /// The statements at top level that are running: more than one where they run others.
  var open: [OpenStatement] = []
  /// What the last statements changed, for `undo`.
  var undoSteps: [UndoStep] = []
  /// Results of dear statements, which need not run again; nil to run all.
  public var cache: ResultCache?
  /// The entries with what they showed.
  var transcript = Transcript()
  /// Keeps what long commands have so far; nil to keep nothing.
  public var checkpoints: Checkpoints?
  /// Whether old values are kept for `undo`.
  public var keepsOldValues = false

  private var variables: [String: Variable] = [:]
  /// The variables in the order of their first mention.
  private(set) var variableOrder: [Variable] = []
  private var statementTotal = 0
  /// Number of the running top-level statement.
  private(set) var statementNumber = 0
  /// The lowest address that the running thread's stack may reach.
  var stackLimit: UInt = 0
  /// The frame that calls the running built-in function or command, and the place of the call.
  var caller: (frame: Frame, span: Span)?
  /// The source of the running statement.
  var source = Source("", name: "")

  /// A session without variables.
  public init(
    catalog: Vocabulary, display: Display = Display(),
    sink: Sink = Sink { _, _ in },
    report: @escaping (Diagnostic) -> Void = { _ in }
  ) {
    self.catalog = catalog
    self.display = display
    self.sink = sink
    self.report = report
  }

  /// Shows a result in the forms that the sink takes; an empty text is not shown.
  ///
  /// - Throws: `Interrupted`, where it is long.
  public func show(_ presentation: Presentation) throws {
    var forms: [Presentation.Form]
    if sink.taking == .all {
      forms = try presentation.all(of: sink.types, on: display)
    } else {
      forms = [try presentation.best(of: sink.types, on: display)]
    }
    if case .text(let text)? = forms.first {
      if text.isEmpty { return }
    } else if sink.taking == .bestAndText {
      forms.append(.text(try presentation.text(display)))
    }
    sink.show(forms, display)
  }

  /// Shows a warning, with a way out where one is known.
  public func warn(_ message: String, help: String? = nil) {
    report(Diagnostic(message, severity: .warning, help: help))
  }

  /// Whether this is asked with a key for the first time, for what is said once.
  public func isNews(_ key: String) -> Bool {
    let isNews = said.insert(key).inserted
    open.last?.news.append((key, isNews))
    return isNews
  }

  /// Whether something has not been said yet.
  func wouldBeNews(_ key: String) -> Bool { !said.contains(key) }

  // MARK: Randomness

  /// Sets the seed and restarts all counts, or begins them with `counts`.
  public func reseed(_ seed: UInt64, counts: [String: UInt64] = [:]) {
    willChange(.seed)
    self.seed = seed
    streamCounts = counts
    open.last?.hasSeeded = true
  }

  /// The number of the next statement, which draws from this stream.
  func number(drawingFrom place: StreamPlace) -> Int {
    stream = RandomStream(seed: place.seed, key: place.key, count: place.count)
    statementTotal += 1
    statementNumber = statementTotal
    return statementNumber
  }

  /// Goes on with a statement that ran others.
  func goOn(with number: Int, _ stream: RandomStream) {
    statementNumber = number
    self.stream = stream
  }

  /// The stream of the running statement, which does not count as drawing.
  var presentStream: RandomStream { stream }

  // MARK: Names

  /// The variable of this name; created at first mention.
  func variable(_ name: String) -> Variable {
    if let variable = variables[name] { return variable }
    let variable = Variable(name, builtin: catalog.builtin(named: name) ?? .undefined)
    variables[name] = variable
    variableOrder.append(variable)
    return variable
  }

  /// The value of an assigned variable, for lists of names and completion: it does not count as
  /// read.
  public func peek(_ name: String) -> Value? {
    guard let variable = variables[name], variable.isAssigned else { return nil }
    return variable.slot.pointee
  }

  /// The value of a name, built-in functions and constants included. A variable counts as read.
  public func value(of name: String) -> Value? {
    guard let variable = variables[name] else {
      return catalog.builtin(named: name)
    }
    if variable.isAssigned { variable.marks.pointee.lastRead = statementNumber }
    if case .undefined = variable.visible { return nil }
    return variable.visible
  }

  /// Assigns a value, as a statement at top level does.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`, where the value is a part of a larger array.
  public func assign(_ value: Value, to name: String) throws {
    let variable = variable(name)
    willChange(variable)
    variable.slot.pointee = try value.kept
    variable.marks.pointee.noteAssignment(statementNumber)
  }

  /// Removes a variable's value; false where it had none.
  public func forget(_ name: String) -> Bool {
    guard let variable = variables[name], variable.isAssigned else { return false }
    willChange(variable)
    variable.slot.pointee = .undefined
    graph.put(nil, of: .name(name))
    open.last?.hasForgotten = true
    return true
  }

  /// The assigned names except `_`, in the order of their first mention.
  public var assignedNames: [String] {
    variableOrder.filter { $0.isAssigned && $0.name != "_" }.map(\.name)
  }

  // MARK: Errors

  /// `there is no 'trian'`, with the nearest known name as help.
  func unknownName(_ name: String, local: [String] = []) -> Failure {
    if name == "_" {
      return Failure("'_' is the last value shown, and nothing was shown yet")
    }
    if let help = ForeignWords.value(name) {
      return Failure("there is no '\(name)'", help: help)
    }
    let known = local + assignedNames + catalog.builtinNames
    if let near = Spelling.nearest(to: name, in: known) {
      return Failure("there is no '\(name)'", help: "did you mean '\(near)'?")
    }
    if catalog.verbs.contains(name) {
      return Failure(
        "there is no '\(name)'", help: "'\(name)' is a command: it stands at the start of a line")
    }
    return Failure("there is no '\(name)'", help: "assign it first; `vars` lists what there is")
  }
}

/// The results of `expect` statements.
public struct Expectations: Sendable {
  /// The number that held.
  public var passed = 0
  /// The number that did not hold.
  public var failed = 0
  /// Points of those that held.
  public var points = 0.0
  /// Points of all.
  public var pointsPossible = 0.0
  /// No results yet.
  public init() {}

  /// The results that came after some of them.
  func since(_ before: Expectations) -> Expectations {
    var rest = self
    rest.passed -= before.passed
    rest.failed -= before.failed
    rest.points -= before.points
    rest.pointsPossible -= before.pointsPossible
    return rest
  }

  /// Adds results.
  mutating func add(_ more: Expectations) {
    passed += more.passed
    failed += more.failed
    points += more.points
    pointsPossible += more.pointsPossible
  }
}

/// Shows the progress of a long command.
public protocol ProgressDisplay: AnyObject {
  /// A command begins that takes `total` steps, or reads as many bytes.
  func begin(_ title: String, total: Int, unit: ProgressUnit)
  /// `step` steps are done; `loss` is nil where the command has none.
  func update(step: Int, loss: Double?)
  /// The command has ended; the display is removed.
  func end()
}

/// What the progress of a command is counted in.
public enum ProgressUnit: Sendable {
  /// Updates, or other steps.
  case steps
  /// Bytes.
  case bytes
}

/// A variable of the session.
final class Variable: @unchecked Sendable {
  /// The numbers of the last top-level statements that read and assigned it.
  struct Marks {
    var lastRead = -1
    var lastAssigned = -1
    /// Of the last one that assigned it before it read it.
    var lastAssignedFirst = -1

    /// Notes that a statement assigns it.
    @inline(__always)
    mutating func noteAssignment(_ statement: Int) {
      if lastAssigned != statement, lastRead != statement { lastAssignedFirst = statement }
      lastAssigned = statement
    }

    /// Whether a statement read the value from before it.
    func isRead(by statement: Int) -> Bool {
      lastRead == statement && lastAssignedFirst != statement
    }
  }

  let name: String
  /// The value; outside the object, so that reading it needs no exclusivity check.
  let slot: UnsafeMutablePointer<Value>
  /// Written by the evaluator; outside the object for the same reason.
  let marks: UnsafeMutablePointer<Marks>
  /// The built-in function or constant of the same name, visible while nothing is assigned.
  let builtin: Value

  init(_ name: String, builtin: Value) {
    self.name = name
    self.builtin = builtin
    slot = .allocate(capacity: 1)
    slot.initialize(to: .undefined)
    marks = .allocate(capacity: 1)
    marks.initialize(to: Marks())
  }

  deinit {
    slot.deinitialize(count: 1)
    slot.deallocate()
    marks.deallocate()
  }

  var isAssigned: Bool { if case .undefined = slot.pointee { false } else { true } }

  /// The value; without one, the built-in function or constant of this name.
  var visible: Value { isAssigned ? slot.pointee : builtin }
}

extension Value {
  /// The value as a variable keeps it: a view is copied, so that the larger array can be freed.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  var kept: Value {
    get throws {
      if case .array(let array) = self, array.isView { return .array(try array.copy()) }
      return self
    }
  }
}
