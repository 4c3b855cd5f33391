import Glibc
import Language
import LinearAlgebra
import Text

/// Runs a text in a session: a script, the text of `-c`, or an entry at the prompt.
///
/// The whole text is parsed and its commands are checked before its first statement runs.
public struct ScriptRunner {
  private let session: Session
  private let keepGoing: Bool
  /// Whether the text is an entry of the prompt.
  private let isEntry: Bool
  /// Whether prose and code are shown, too.
  private let echoes: Bool
  /// Notes each statement as an entry.
  private let journal: SessionJournal?
  /// Called before each statement with its number.
  private let willRun: ((Int) -> Void)?

  /// A runner for one session; with `keepGoing`, errors at run time don't stop a script, and with
  /// `echoes`, its prose and code are shown before its outputs. `journal` notes each statement at
  /// top level as an entry; `willRun` is called before it with its number, from 0.
  public init(
    _ session: Session, keepGoing: Bool = false, echoes: Bool = false,
    journal: SessionJournal? = nil, willRun: ((Int) -> Void)? = nil
  ) {
    self.session = session
    self.keepGoing = keepGoing
    self.echoes = echoes
    self.journal = journal
    self.willRun = willRun
    isEntry = false
  }

  /// A runner for an entry of the prompt.
  fileprivate init(entriesOf session: Session) {
    self.session = session
    keepGoing = false
    echoes = false
    journal = nil
    willRun = nil
    isEntry = true
  }

  /// Runs a script. Errors go to the session's `report`. Returns the exit status: 0 for success, 1
  /// if an `expect` failed, 2 for syntax or usage errors, 3 for errors at run time, 4 for errors of
  /// data or files, 130 if interrupted. With several errors, the first decides.
  ///
  /// The `param`s of the script get the values of `session.parameterTexts`. A name there that the
  /// script does not declare is an error.
  @discardableResult
  public func run(_ source: Source) -> Int32 {
    EvaluatorThread.run { () -> Int32 in
      var status: Int32 = 0
      do throws(Rejected) {
        try prepared(source) { nodes in
          status = runStatements(nodes, source)
        }
      } catch {
        reportAll(error.diagnostics)
        status = 2
      }
      return status
    }
  }

  /// Checks a script without running it, and reports its errors; true where there are none.
  public func check(_ source: Source) -> Bool {
    EvaluatorThread.run { () -> Bool in
      do throws(Rejected) {
        try prepared(source) { _ in }
        return true
      } catch {
        reportAll(error.diagnostics)
        return false
      }
    }
  }

  /// Runs a script inside a command of another. The error that stops it is thrown, with its place
  /// in `source`.
  func runNested(_ source: Source) throws {
    var failure: (any Error)?
    do throws(Rejected) {
      try prepared(source) { nodes in
        do {
          for node in nodes where !session.isFinished { try runStatement(node) }
        } catch {
          failure = error
        }
      }
    } catch {
      reportAll(error.diagnostics.dropLast())
      if let last = error.diagnostics.last { throw Located(last) }
    }
    if let failure { throw failure }
  }

  // MARK: Before it runs

  /// A statement, and what is shown before it runs.
  struct Ready {
    var statement: RanStatement
    var echo: StyledText?
  }

  /// The errors of a text that does not run.
  struct Rejected: Error {
    var diagnostics: [Diagnostic]
  }

  /// Parses and resolves a text, and calls `body` with its statements.
  private func prepared(_ source: Source, _ body: ([Ready]) -> Void) throws(Rejected) {
    let parsed = Parser.parse(source, verbs: session.catalog.verbs)
    guard parsed.diagnostics.isEmpty else { throw Rejected(diagnostics: parsed.diagnostics) }
    var resolver = Resolver(parsed.script, source, session: session, isEntry: isEntry)
    var echo = echoes ? ScriptEcho(source) : nil
    let ready = parsed.script.items.compactMap { item -> Ready? in
      guard case .statement(let statement) = item else {
        echo?.add(item)
        return nil
      }
      let (node, slotCount) = resolver.topLevelStatement(statement.statement)
      return Ready(
        statement: RanStatement(
          source, statement.statement, node: node, slotCount: slotCount,
          isSilent: statement.isSilent || session.isQuiet && statement.statement.isAssignment),
        echo: echo?.text(before: statement))
    }
    if session.usesUndo(parsed.script) { session.keepsOldValues = true }
    let problems = resolver.diagnostics + undeclaredParameters(parsed.script)
    guard problems.isEmpty else { throw Rejected(diagnostics: problems) }
    body(ready)
    if let rest = echo?.rest() { show(echo: rest) }
  }

  /// Errors for each `NAME=VALUE` that the script does not declare.
  private func undeclaredParameters(_ script: Script) -> [Diagnostic] {
    let given = Set(
      session.runDepth == 0 ? Array(session.parameterTexts.keys) : Array(session.runParameters.keys)
    )
    if given.isEmpty { return [] }
    let declared = script.statements.compactMap { statement -> String? in
      if case .parameter(let name, _) = statement.statement.kind { return name.name }
      return nil
    }
    return given.sorted().filter { !declared.contains($0) }.map { name in
      let all =
        declared.isEmpty
        ? "it declares none" : "its parameters: " + declared.joined(separator: " ")
      return Diagnostic(
        "the script has no parameter '\(name)'", category: .usage,
        help: Spelling.hint(name, in: declared).map { "\($0) \(all)" } ?? all)
    }
  }

  private func reportAll(_ diagnostics: some Sequence<Diagnostic>) {
    for diagnostic in diagnostics { session.report(diagnostic) }
  }

  // MARK: Running

  private func runStatements(_ statements: [Ready], _ source: Source) -> Int32 {
    var (status, hasFailed): (Int32, Bool) = (0, false)
    for (number, statement) in statements.enumerated() {
      if session.isFinished { break }
      willRun?(number)
      let own =
        journal?.noting(statement.statement.entry) { self.status(of: statement) }
        ?? self.status(of: statement)
      switch own {
      case 0: continue
      case 1: hasFailed = true
      case Diagnostic.Category.interrupted.exitStatus: return own
      default:
        if status == 0 { status = own }
        if !keepGoing { return status }
      }
    }
    return status == 0 && hasFailed ? 1 : status
  }

  /// Runs a statement, reports its error, and returns its status.
  private func status(of statement: Ready) -> Int32 {
    let failedBefore = session.expectations.failed
    do {
      try runStatement(statement)
    } catch is Interrupted {
      let interrupted = Diagnostic.Category.interrupted
      session.report(Diagnostic("interrupted", category: interrupted, severity: .interrupted))
      return interrupted.exitStatus
    } catch {
      let diagnostic = (error as? Located)?.finished ?? Diagnostic("\(error)")
      session.report(diagnostic)
      return diagnostic.category.exitStatus
    }
    return session.expectations.failed > failedBefore ? 1 : 0
  }

  private func show(echo text: StyledText) {
    if !text.isEmpty { session.sink.show([.text(text)], session.display) }
  }

  private func runStatement(_ ready: Ready) throws {
    try Interruption.check()
    if let echo = ready.echo { show(echo: echo) }
    try session.run(ready.statement)
  }
}

extension Session {
  /// Runs an entry of the prompt and returns its exit status, as for a script.
  ///
  /// An interruption requested since the last entry stops this one. The request is cleared at its
  /// end.
  ///
  /// - Parameter number: the number of its prompt; that after the last one unless given.
  @discardableResult
  public func runEntry(_ text: String, number: Int? = nil) -> Int32 {
    defer { Interruption.clear() }
    return runEntryAmongOthers(text, number: number ?? (entries.last?.number ?? 0) + 1)
  }

  /// Runs an entry as `runEntry` does; a request to stop is for the entries after it, too.
  func runEntryAmongOthers(_ text: String, number: Int) -> Int32 {
    note(entry: text, number: number)
    let source = Source(text, name: "svm[\(number)]")
    return noting(text) { ScriptRunner(entriesOf: self).run(source) }
  }

  /// The path of a script for `run`: beside the script that runs it, where there is such a file.
  public func pathOfScript(_ file: String) -> String {
    guard !file.hasPrefix("/"), var name = caller?.frame.source.name else { return file }
    if let script = scriptOfPlainEntries, name.hasPrefix("svm[") { name = script }
    guard let slash = name.lastIndex(of: "/") else { return file }
    let beside = name[...slash] + file
    return access(String(beside), R_OK) == 0 ? String(beside) : file
  }

  /// Runs a script inside a command of this session, as `run "FILE"` does.
  ///
  /// - Parameter parameters: values for its `param`s.
  /// - Throws: The error that stops it, with its place; `Interrupted`; a `Failure` where scripts
  ///   are nested too deeply.
  public func runNested(
    _ source: Source, parameters: [(name: String, value: Value)] = []
  ) throws {
    guard runDepth < 100 else {
      throw Failure(
        "scripts run each other too deeply", help: "does \(source.name) run itself?")
    }
    let outer = runParameters
    runParameters = Dictionary(parameters, uniquingKeysWith: { $1 })
    runDepth += 1
    defer {
      runDepth -= 1
      runParameters = outer
    }
    let caller = caller
    do {
      try ScriptRunner(self).runNested(source)
    } catch let error as Located {
      if let caller {
        error.passed { "run at \(caller.frame.source.place(of: caller.span))" }
      }
      throw error
    }
  }

  /// The diagnostic of an error, for a command that goes on after a failed call.
  public static func diagnostic(of error: any Error) -> Diagnostic {
    switch error {
    case let located as Located: located.finished
    case let described as any DescribedError:
      Diagnostic(described.sentence, category: described.category, help: described.help)
    case is Interrupted:
      Diagnostic("interrupted", category: .interrupted, severity: .interrupted)
    default: Diagnostic("\(error)")
    }
  }
}
