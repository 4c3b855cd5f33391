import Language
import LinearAlgebra
import Record
import Text

extension Session {
  /// Runs a statement at top level, shows its result and notes how it was made. What the cache has
  /// is not run.
  ///
  /// - Parameter place: its random stream where it runs again; nil for the next one of its key.
  /// - Throws: `Located`, `Interrupted`.
  func run(_ statement: RanStatement, drawingFrom place: StreamPlace? = nil) throws {
    let outer = (source, stackLimit, caller, presentStream)
    source = statement.source
    stackLimit = StackGuard.limitOfThisThread()
    caller = nil
    let opened = begin(statement, drawingFrom: place)
    defer {
      let stream: RandomStream
      (source, stackLimit, caller, stream) = outer
      if let around = open.last { goOn(with: around.number, stream) }
    }
    // A statement in a block or function of another one belongs to that.
    guard opened.statement === statement else { return try perform(statement, opened) }
    cache?.begin()
    defer { cache?.place?.moveOn() }
    if let cache, let result = try cached(opened, cache) {
      opened.ending = .complete
      if result.isPartial {
        opened.ending =
          result.iteration.map { .interrupted(iteration: $0) } ?? .interruptedSomewhere
      }
      defer { end(opened, opened.ending) }
      try replay(result, opened)
      if result.isPartial { throw Interrupted() }
      return
    }
    try note(opened)
  }

  // MARK: Running

  /// Runs a statement and notes what it did.
  private func note(_ opened: OpenStatement) throws {
    guard let cache else {
      defer { end(opened, opened.ending) }
      return try perform(opened.statement, opened)
    }
    let watch = Stopwatch()
    let effects = effects
    let expectations = expectations
    var shown: [ResultCache.Shown] = []
    let (outerSink, outerReport) = (sink, report)
    sink = outerSink.noting { shown.append(.result($0)) }
    report = {
      shown.append(.warning($0))
      outerReport($0)
    }
    defer { (sink, report) = (outerSink, outerReport) }
    var failure: (any Error)?
    do { try perform(opened.statement, opened) } catch { failure = error }
    let seconds = watch.seconds
    let looks = FileReads.takenLooks()
    if opened.ending == .failed { pathsMissed += looks.map(\.given) }
    if let run = end(opened, opened.ending), effects == self.effects, opened.isPure {
      var result = result(of: run, shown)
      result.news = opened.news
      result.whyUnrepeatable = opened.whyUnrepeatable
      result.expectations = self.expectations.since(expectations)
      do {
        // A request to stop was for the statement, and not for keeping what it has.
        let isRequested = Interruption.isRequested
        if isRequested { Interruption.clear() }
        defer { if isRequested { Interruption.request() } }
        try cache.keep(result, of: opened, run, looks: looks, seconds: seconds, in: self)
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }

  private func result(
    of run: StatementRun, _ shown: [ResultCache.Shown]
  ) -> ResultCache.Result {
    var result = ResultCache.Result(shown: shown, hasDrawn: run.hasDrawn)
    switch run.ending {
    case .complete, .failed: break
    case .interrupted(let iteration):
      result.isPartial = true
      result.iteration = iteration
    case .interruptedSomewhere: result.isPartial = true
    }
    for version in run.made {
      if case .name(let name) = graph[version].subject {
        result.values.append((name, variable(name).slot.pointee))
      }
    }
    for read in run.reads {
      switch graph[read].subject {
      case .name(let name): result.names.append(name)
      case .setting(let name): result.settings.append(name)
      case .file: if let file = graph[read].file { result.files.append(file.given) }
      case .seed: break
      }
    }
    return result
  }

  /// What statements do beside assigning names: it is done each time.
  private var effects: [Int] {
    [
      FileWrites.count, answers.count, isFinished ? 1 : 0,
    ]
  }

  private func perform(_ statement: RanStatement, _ opened: OpenStatement) throws {
    do {
      let frame = Frame(topLevel: self, source: source, slots: statement.slotCount)
      if let output = try statement.node.executeAtTop(frame) {
        if output.isInterrupted {
          opened.ending =
            output.iteration.map { .interrupted(iteration: $0) } ?? .interruptedSomewhere
        }
        try show(output, isSilent: statement.isSilent)
      }
      // An interrupted command returned its partial result, which is assigned now.
      try Interruption.check()
      if opened.ending == .failed { opened.ending = .complete }
    } catch let interrupted as Interrupted {
      if opened.ending == .failed { opened.ending = .interruptedSomewhere }
      throw interrupted
    }
  }

  /// Shows a result and assigns it to `_`, unless the statement is silent.
  private func show(_ output: Output, isSilent: Bool) throws {
    if isSilent { return }
    try show(output.presentation)
    if case .none = output.value { return }
    let last = variable("_")
    last.slot.pointee = try output.value.kept
    last.marks.pointee.noteAssignment(statementNumber)
  }

  // MARK: What need not run

  private func cached(
    _ opened: OpenStatement, _ cache: ResultCache
  ) throws -> ResultCache.Result? {
    do {
      let result =
        try cache.result(of: opened, in: self) ?? cache.unfinishedResult(in: self)
      cache.hasLooked?(opened.statement.code, result != nil)
      _ = FileReads.taken()
      _ = FileReads.takenLooks()
      return result
    } catch {
      end(opened, .interruptedSomewhere)
      throw error
    }
  }

  /// Does what a statement did when it ran.
  private func replay(_ result: ResultCache.Result, _ opened: OpenStatement) throws {
    for name in result.names { variable(name).marks.pointee.lastRead = opened.number }
    opened.settings = Set(result.settings)
    opened.hasDrawn = result.hasDrawn
    opened.whyUnrepeatable = opened.whyUnrepeatable ?? result.whyUnrepeatable
    for path in result.files { FileReads.note(path) }
    for news in result.news { _ = isNews(news.key) }
    expectations.add(result.expectations)
    for (name, value) in result.values {
      let variable = variable(name)
      willChange(variable)
      variable.slot.pointee = value
      variable.marks.pointee.noteAssignment(opened.number)
    }
    for shown in result.shown {
      switch shown {
      case .result(let forms): sink.show(forms, display)
      case .warning(let diagnostic): report(diagnostic)
      }
    }
  }
}
