import Language
import LinearAlgebra
import Text

/// Everything that lives as long as the user's work: names and their values, seed and random
/// streams, settings, and where output goes. One thread at a time uses it.
///
/// ```swift
/// let session = Session(catalog: catalog, sink: Sink { text, _ in print(text.plain) })
/// let status = session.runEntry("x = 1 + 2")
/// ```
public final class Session: @unchecked Sendable {
  /// The verbs and functions that there are.
  public let catalog: Vocabulary
  /// What the place that output goes to can show.
  public var display: Display
  /// Gets everything that is shown, one piece at a time.
  public var sink: Sink
  /// Gets warnings and errors.
  public var report: (Diagnostic) -> Void
  /// Shows how far a long command is; nil where there is no display.
  public var progress: (any ProgressDisplay)?
  /// `set KEY=VALUE`: defaults of the options of the same name.
  public var settings: [String: Value] = [:]
  /// `NAME=VALUE` of the command line, for the `param`s of the script.
  public var parameterTexts: [String: String] = [:]
  /// The entries so far, in order.
  public var entries: [String] = []
  /// The written answers, in order.
  public var answers: [(name: String, text: String)] = []
  /// How the script's `expect` lines did.
  public var expectations = Expectations()
  /// Whether `quit` has run.
  public var isFinished = false
  /// The depth to which `run "FILE"` is nested.
  public var runDepth = 0

  /// The stream that the running statement draws from.
  public var random: RandomStream
  /// The session's seed.
  public private(set) var seed: UInt64 = 0
  private var statementCounts: [String: UInt64] = [:]

  private var variables: [String: Variable] = [:]
  private var variableOrder: [Variable] = []
  private var statementTotal = 0
  /// Number of the running top-level statement.
  private(set) var statementNumber = 0
  /// The lowest address that the stack of the running thread may reach.
  var stackLimit: UInt = 0
  /// The frame and the place of the built-in function or command that is running.
  var caller: (frame: Frame, span: Span)?
  /// The text that the running statement stands in.
  var source = Source("", name: "")

  /// A session with nothing in it.
  public init(
    catalog: Vocabulary, display: Display = Display(),
    sink: Sink = Sink { _, _ in },
    report: @escaping (Diagnostic) -> Void = { _ in }
  ) {
    self.catalog = catalog
    self.display = display
    self.sink = sink
    self.report = report
    random = RandomStream(seed: 0, key: "", count: 0)
  }

  /// Shows a result in the best form that the sink takes; an empty text is not shown.
  public func show(_ presentation: Presentation) {
    let form = presentation.best(of: sink.types, on: display)
    if case .text(let text) = form, text.isEmpty { return }
    sink.show(form, display)
  }

  /// Shows a warning, with a way out where one is known.
  public func warn(_ message: String, help: String? = nil) {
    report(Diagnostic(message, severity: .warning, help: help))
  }

  // MARK: Randomness

  /// Sets the seed and restarts all counts.
  public func reseed(_ seed: UInt64) {
    self.seed = seed
    statementCounts = [:]
  }

  /// Gives the statement that begins its own stream: keyed by the seed, the first name that it
  /// assigns (or its verb, else nothing), and how many statements with that key came before.
  /// Returns the number of the statement.
  func beginStatement(key: String) -> Int {
    let count = statementCounts[key, default: 0]
    statementCounts[key] = count + 1
    random = RandomStream(seed: seed, key: key, count: count)
    statementTotal += 1
    statementNumber = statementTotal
    return statementNumber
  }

  // MARK: Names

  /// The variable of this name, made where there is none.
  func variable(_ name: String) -> Variable {
    if let variable = variables[name] { return variable }
    let variable = Variable(name, builtin: catalog.function(named: name))
    variables[name] = variable
    variableOrder.append(variable)
    return variable
  }

  /// The value of a name that is assigned, without noting that it was read: for lists of names and
  /// completion.
  public func peek(_ name: String) -> Value? {
    guard let variable = variables[name], variable.isAssigned else { return nil }
    return variable.slot.pointee
  }

  /// The value of a name, built-in functions included; counts as reading it.
  public func value(of name: String) -> Value? {
    guard let variable = variables[name] else {
      return catalog.function(named: name).map { .function($0) }
    }
    if variable.isAssigned { variable.marks.pointee.lastRead = statementNumber }
    if case .undefined = variable.visible { return nil }
    return variable.visible
  }

  /// Gives a name a value, as an assignment at top level does.
  public func assign(_ value: Value, to name: String) {
    let variable = variable(name)
    variable.slot.pointee = value.kept
    variable.marks.pointee.lastAssigned = statementNumber
  }

  /// Removes a name; false for one that was not assigned.
  public func forget(_ name: String) -> Bool {
    guard let variable = variables[name], variable.isAssigned else { return false }
    variable.slot.pointee = .undefined
    variable.reads = []
    return true
  }

  /// The names that are assigned, in the order of their first mention, but for `_`.
  public var assignedNames: [String] {
    variableOrder.filter { $0.isAssigned && $0.name != "_" }.map(\.name)
  }

  /// Whether a version that the value read has since been replaced by a statement that does not
  /// itself read that name.
  public func isStale(_ name: String) -> Bool {
    guard let variable = variables[name], variable.isAssigned else { return false }
    return variable.reads.contains { $0.variable.epoch != $0.epoch }
  }

  /// The names that are stale.
  public var staleNames: [String] { assignedNames.filter(isStale) }

  /// Notes which versions the statement has read, for each name that it assigned.
  func endStatement(_ number: Int) {
    var reads: [Variable.Read] = []
    var assigned: [Variable] = []
    for variable in variableOrder {
      let marks = variable.marks.pointee
      if marks.lastAssigned == number { assigned.append(variable) }
      if marks.lastRead == number && variable.isAssigned && variable.name != "_" {
        reads.append(Variable.Read(variable: variable, epoch: variable.epoch))
      }
    }
    for variable in assigned {
      let readItself = variable.marks.pointee.lastRead == number
      var kept: [Variable.Read] = []
      if readItself {
        kept = variable.reads
      } else {
        variable.epoch += 1
      }
      for read in reads where read.variable !== variable {
        kept.removeAll { $0.variable === read.variable }
        kept.append(read)
      }
      variable.reads = kept
    }
  }

  // MARK: Errors

  /// `there is no 'trian'`, with the nearest name in scope.
  func unknownName(_ name: String, local: [String] = []) -> Failure {
    if name == "_" {
      return Failure("'_' is the last value shown, and nothing was shown yet")
    }
    let known = local + assignedNames + catalog.functions.map(\.name)
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

/// What became of the `expect` lines.
public struct Expectations: Sendable {
  /// Lines that held.
  public var passed = 0
  /// Lines that did not.
  public var failed = 0
  /// Points of the lines that held.
  public var points = 0.0
  /// Points of all lines.
  public var pointsPossible = 0.0
  /// Nothing yet.
  public init() {}
}

/// Shows how far a long command is.
public protocol ProgressDisplay: AnyObject {
  /// A command begins that takes `total` steps.
  func begin(_ title: String, total: Int)
  /// `step` of them are done; the loss is nil where the command has none.
  func update(step: Int, loss: Double?)
  /// The command ended; the display goes away.
  func end()
}

/// A name of the session: where its value is kept, and what it was made from.
final class Variable: @unchecked Sendable {
  /// A version of a variable that was read.
  struct Read {
    unowned let variable: Variable
    let epoch: Int
  }
  /// Numbers of the last top-level statements that read and assigned it.
  struct Marks {
    var lastRead = -1
    var lastAssigned = -1
  }

  let name: String
  /// The value; outside of the object so that reading it costs no exclusivity check.
  let slot: UnsafeMutablePointer<Value>
  /// What the evaluator notes as it goes; outside of the object for the same reason.
  let marks: UnsafeMutablePointer<Marks>
  /// The built-in function of the same name, visible while nothing is assigned.
  let builtin: Value
  /// Counts the versions that were made without reading the one before.
  var epoch = 0
  /// What the value was made from.
  var reads: [Read] = []

  init(_ name: String, builtin: BuiltinFunction?) {
    self.name = name
    self.builtin = builtin.map { .function($0) } ?? .undefined
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

  /// The value, else the built-in function of the name.
  var visible: Value { isAssigned ? slot.pointee : builtin }
}

extension Value {
  /// The value as a variable keeps it: without a hold on a larger array that it is a view of.
  var kept: Value {
    if case .array(let array) = self, array.isView { return .array(array.copy()) }
    return self
  }
}
