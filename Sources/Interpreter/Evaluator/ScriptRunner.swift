import Language
import LinearAlgebra
import Text

/// Runs a text in a session: a script, the text of `-c`, or an entry at the prompt.
///
/// The text is parsed, and its commands are checked against their declarations, before its first
/// statement runs.
public struct ScriptRunner {
  private let session: Session
  private let keepGoing: Bool

  /// A runner for one session; with `keepGoing` an error does not stop a script.
  public init(_ session: Session, keepGoing: Bool = false) {
    self.session = session
    self.keepGoing = keepGoing
  }

  /// Runs a whole script; errors go to the session's `report`. Returns the exit status: 0 all well,
  /// 1 an `expect` failed, 2 syntax or usage, 3 an error while running, 4 data or file trouble, 130
  /// interrupted.
  ///
  /// The `param`s of the script get the values of `session.parameterTexts`; one that the script
  /// does not declare is an error.
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

  /// Checks a script and runs nothing of it; true where there is nothing to report.
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

  /// Runs a script inside a command of another: the first error that stops it is thrown, with its
  /// place in this text.
  func runNested(_ source: Source) throws {
    var failure: (any Error)?
    do throws(Rejected) {
      try prepared(source) { nodes in
        do {
          for node in nodes where !session.isFinished { try runStatement(node, source) }
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

  /// A statement that is ready to run.
  struct Ready {
    var node: StatementNode
    var streamKey: String
    var isSilent: Bool
  }

  /// Everything that is wrong with a text before it runs.
  struct Rejected: Error {
    var diagnostics: [Diagnostic]
  }

  /// Parses and resolves a text, and hands its statements to `body`.
  private func prepared(_ source: Source, _ body: ([Ready]) -> Void) throws(Rejected) {
    let parsed = Parser.parse(source, verbs: session.catalog.verbs)
    guard parsed.diagnostics.isEmpty else { throw Rejected(diagnostics: parsed.diagnostics) }
    var resolver = Resolver(parsed.script, source, session: session)
    let ready = parsed.script.statements.map {
      Ready(
        node: resolver.statement($0.statement), streamKey: $0.statement.streamKey,
        isSilent: $0.isSilent)
    }
    let problems = resolver.diagnostics + undeclaredParameters(parsed.script)
    guard problems.isEmpty else { throw Rejected(diagnostics: problems) }
    body(ready)
  }

  /// `NAME=VALUE`s that the script does not declare.
  private func undeclaredParameters(_ script: Script) -> [Diagnostic] {
    guard session.runDepth == 0, !session.parameterTexts.isEmpty else { return [] }
    let declared = script.statements.compactMap { statement -> String? in
      if case .parameter(let name, _) = statement.statement.kind { return name.name }
      return nil
    }
    return session.parameterTexts.keys.sorted().filter { !declared.contains($0) }.map { name in
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
    let failedBefore = session.expectations.failed
    var status: Int32 = 0
    for statement in statements {
      if session.isFinished { break }
      do {
        try runStatement(statement, source)
      } catch is Interrupted {
        session.report(
          Diagnostic("interrupted", category: .interrupted, severity: .interrupted))
        return 130
      } catch {
        let diagnostic = (error as? Located)?.finished ?? Diagnostic("\(error)")
        session.report(diagnostic)
        if status == 0 { status = diagnostic.category.exitStatus }
        if !keepGoing { return status }
      }
    }
    if status == 0 && session.expectations.failed > failedBefore { status = 1 }
    return status
  }

  private func runStatement(_ statement: Ready, _ source: Source) throws {
    try Interruption.check()
    let outerSource = session.source
    let outerLimit = session.stackLimit
    let outerCaller = session.caller
    session.source = source
    session.stackLimit = StackGuard.limitOfThisThread()
    session.caller = nil
    let number = session.beginStatement(key: statement.streamKey)
    defer {
      session.endStatement(number)
      session.source = outerSource
      session.stackLimit = outerLimit
      session.caller = outerCaller
    }
    let frame = Frame(topLevel: session, source: source)
    if let output = try statement.node.executeAtTop(frame) {
      show(output, isSilent: statement.isSilent)
    }
    // A command that was interrupted has given what there is, and it is assigned: here it ends.
    try Interruption.check()
  }

  /// Shows what a statement gave, and makes it `_`.
  private func show(_ output: Output, isSilent: Bool) {
    if isSilent { return }
    session.show(output.presentation)
    if case .none = output.value { return }
    session.variable("_").slot.pointee = output.value.kept
  }
}

extension Session {
  /// Runs an entry of the prompt; returns its exit status, as a script's.
  ///
  /// A wish to interrupt that came since the last one was for this entry, and is answered; it is
  /// forgotten when the entry ends.
  @discardableResult
  public func runEntry(_ text: String, name: String = "input", firstLine: Int = 1) -> Int32 {
    entries.append(text)
    let status = ScriptRunner(self).run(Source(text, name: name, firstLine: firstLine))
    Interruption.clear()
    return status
  }

  /// Runs a script inside a command of this session: `run "FILE"`. The first error that stops it is
  /// thrown; it has its place.
  public func runNested(_ source: Source) throws {
    guard runDepth < 100 else {
      throw Failure(
        "scripts run each other too deeply", help: "does \(source.name) run itself?")
    }
    runDepth += 1
    defer { runDepth -= 1 }
    try ScriptRunner(self).runNested(source)
  }

  /// What went wrong, for a command that goes on after an error of a call: the message with its
  /// place.
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
