import Interpreter
import Language
import Text

/// A text with what its statements have shown so far, and before the text was changed.
struct LiveText {
  let source: Source
  private let parsed: ParseResult
  /// What each statement has shown; of one that has not begun, what it showed in the run before.
  private var outputs: [[CellOutput]]
  /// What the running statement has shown.
  private var events = EventList(limit: CellOutput.lineLimit)
  /// The running statement.
  private var running: Int?
  private var rejections: [Diagnostic]

  /// A text, in which nothing has run yet.
  ///
  /// - Parameter former: the text that it replaces.
  init(_ source: Source, verbs: Set<String>, after former: LiveText? = nil) {
    self.source = source
    parsed = Parser.parse(source, verbs: verbs)
    rejections = parsed.diagnostics
    outputs = .init(repeating: [], count: parsed.script.statements.count)
    guard let former else { return }
    let counterparts = Self.counterparts(of: codes, among: former.codes)
    for (statement, counterpart) in counterparts.enumerated() {
      guard let counterpart else { continue }
      outputs[statement] = former.outputs[counterpart].compactMap { output in
        switch output {
        // An error has the place that it had.
        case .running, .diagnostic: nil
        case .former: output
        case .text, .data: .former(output)
        }
      }
    }
  }

  var statementCount: Int { outputs.count }

  /// The statements without comments and blanks.
  private var codes: [String] {
    parsed.script.statements.map { source.code(in: $0.statement.span) }
  }

  // MARK: While it runs

  /// Notes what happens.
  mutating func note(_ happening: ScriptRun.Happening) {
    switch happening {
    case .begins(let statement):
      finishRunning()
      running = statement
      events = EventList(limit: CellOutput.lineLimit)
    case .shows(let event, _): events.add(event)
    }
  }

  /// Ends the run: what has not begun keeps what it showed before.
  mutating func end(_ run: ScriptRun) {
    finishRunning()
    rejections = run.rejections
  }

  private mutating func finishRunning() {
    guard let running else { return }
    outputs[running] = CellOutput.all(of: events.all)
    self.running = nil
  }

  // MARK: Showing

  /// The text as a notebook.
  func notebook(_ catalog: Vocabulary) -> ScriptNotebook {
    var outputs = outputs
    if let running { outputs[running] = CellOutput.all(of: events.all) + [.running] }
    return ScriptNotebook(
      source, parsed, catalog: catalog, outputs: outputs, rejections: rejections)
  }

  /// For each new statement the old one that it was: the one with the same text or, between such,
  /// the one in the same place.
  static func counterparts(of new: [String], among old: [String]) -> [Int?] {
    var counterparts = [Int?](repeating: nil, count: new.count)
    var (i, j) = (0, 0)
    for (oldPlace, newPlace) in samePlaces(old, new) + [(old.count, new.count)] {
      for (new, old) in zip(i..<newPlace, j..<oldPlace) { counterparts[new] = old }
      if newPlace < new.count { counterparts[newPlace] = oldPlace }
      (i, j) = (newPlace + 1, oldPlace + 1)
    }
    return counterparts
  }

  /// Where the texts are the same, in order.
  private static func samePlaces(_ old: [String], _ new: [String]) -> [(old: Int, new: Int)] {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let rest = min(old.count, new.count) - start
    let end = zip(old.reversed(), new.reversed()).prefix(rest).prefix { $0 == $1 }.count
    let oldMiddle = old[start..<old.count - end]
    let newMiddle = new[start..<new.count - end]
    var middle: [(old: Int, new: Int)] = []
    // What would take longer than the page may is not compared.
    if oldMiddle.count * newMiddle.count < 1 << 20 {
      let change = newMiddle.difference(from: oldMiddle)
      let gone = Set(change.removals.map { $0.offset + start })
      let added = Set(change.insertions.map { $0.offset + start })
      middle = Array(
        zip(
          oldMiddle.indices.filter { !gone.contains($0) },
          newMiddle.indices.filter { !added.contains($0) }))
    }
    return (0..<start).map { ($0, $0) } + middle
      + (0..<end).map { (old.count - end + $0, new.count - end + $0) }
  }
}

extension CollectionDifference.Change {
  fileprivate var offset: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}
