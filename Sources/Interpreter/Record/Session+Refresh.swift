import Language
import Record
import Text

extension Session {
  /// Runs again what is stale of these names, and of what they were made from, in order. Each
  /// statement is shown before it runs.
  ///
  /// What an error or Ctrl-C leaves undone stays stale.
  ///
  /// - Parameter names: assigned names; empty for all.
  /// - Returns: the number of statements that ran.
  /// - Throws: A `Failure` where statements depend on each other; the errors of the statements.
  public func refresh(_ names: [String]) throws -> Int {
    var count = 0
    // A statement that now takes another way may read what is stale, too.
    for round in 0... {
      let steps = try renewal(of: names.isEmpty ? assignedNames : names)
      guard let first = steps.first else { break }
      if round == Session.mostRounds { throw circular(first.run) }
      var refresher = Refresher(self)
      defer { refresher.finish() }
      for step in steps { try refresher.run(step) }
      count += steps.count
    }
    return count
  }

  private static let mostRounds = 5

  private func renewal(of names: [String]) throws -> [Renewal.Step] {
    let kept = keptValues
    let steps: [Renewal.Step]
    do {
      steps = try graph.renewal(of: names.compactMap { graph.current(.name($0)) }) {
        kept[$0] != nil
      }.steps
    } catch {
      throw circular(error.run)
    }
    // A statement that must run twice has come to read what it made itself.
    var seen: Set<ObjectIdentifier> = []
    for step in steps where !seen.insert(ObjectIdentifier(graph[step.run].statement)).inserted {
      throw circular(step.run)
    }
    return steps
  }

  private func circular(_ run: RunID) -> Failure {
    Failure(
      "what \(graph[run].statement.place) reads is made from what it makes",
      help: "type the statements again in the order that you want")
  }

  /// The old values that are kept for `undo`, by version.
  fileprivate var keptValues: [VersionID: Value] {
    var kept: [VersionID: Value] = [:]
    for step in undoSteps {
      for name in step.names {
        if let version = name.version, let value = name.value { kept[version] = value }
      }
    }
    return kept
  }
}

/// The values of names while stale statements run again: each statement finds what it read, as it
/// is now.
private struct Refresher {
  private let session: Session
  /// Values of versions that are not the present ones.
  private var values: [VersionID: Value]
  /// The versions that took the place of others.
  private var renewed: [VersionID: VersionID] = [:]
  /// The names that were changed, as they were.
  private var before: [(variable: Variable, version: VersionID?, value: Value)] = []

  init(_ session: Session) {
    self.session = session
    values = session.keptValues
  }

  mutating func run(_ step: Renewal.Step) throws {
    let old = session.graph[step.run]
    guard let statement = old.statement as? RanStatement else { return }
    finish()
    for (name, version) in step.inputs { put(name, renewed[version] ?? version) }
    for id in old.made {
      if case .name(let name) = session.graph[id].subject { note(session.variable(name)) }
    }
    var line = StyledText("\(statement.place) ", .volatile)
    let lines = statement.code.split(separator: "\n", omittingEmptySubsequences: false)
    line.append(String(lines[0]) + (lines.count > 1 ? " …" : ""), .heading)
    session.sink.show([.text(line)], session.display)
    let next = session.graph.nextRun
    let counts = session.streamCounts
    for place in old.streams.dropFirst() { session.streamCounts[place.key] = place.count }
    let place = old.streams.first.map {
      StreamPlace(seed: session.seed, key: $0.key, count: $0.count)
    }
    defer {
      session.streamCounts = counts
      for id in old.made {
        guard case .name(let name) = session.graph[id].subject,
          let new = session.graph.current(.name(name)), let run = session.graph[new].run,
          run >= next
        else { continue }
        let value = session.variable(name).slot.pointee
        if step.isStale {
          renewed[id] = new
          values[new] = value
        } else {
          values[id] = value
          session.graph.put(id, of: .name(name))
        }
      }
      if session.graph.nextRun > next { keep(madeBy: next, besides: old.made) }
    }
    try session.run(statement, drawingFrom: place)
  }

  /// Gives each name its renewed value, or the one that it had.
  mutating func finish() {
    for (variable, version, value) in before {
      let subject = Subject.name(variable.name)
      if let version, let new = renewed[version] {
        variable.slot.pointee = values[new] ?? .undefined
        session.graph.put(new, of: subject)
      } else {
        variable.slot.pointee = value
        session.graph.put(version, of: subject)
      }
    }
  }

  /// Leaves the names that a statement makes now and did not make before as they are.
  private mutating func keep(madeBy run: RunID, besides old: [VersionID]) {
    for id in session.graph[run].made {
      guard case .name(let name) = session.graph[id].subject,
        !old.contains(where: { session.graph[$0].subject == .name(name) })
      else { continue }
      before.removeAll { $0.variable.name == name }
    }
  }

  /// Gives a name the value of a version.
  private mutating func put(_ name: String, _ version: VersionID) {
    let variable = session.variable(name)
    guard session.graph.current(.name(name)) != version else { return }
    note(variable)
    guard let value = values[version] ?? before.first(where: { $0.version == version })?.value
    else { return }
    variable.slot.pointee = value
    session.graph.put(version, of: .name(name))
  }

  /// Keeps a name as it is.
  private mutating func note(_ variable: Variable) {
    guard !before.contains(where: { $0.variable === variable }) else { return }
    session.willChange(variable)
    before.append(
      (variable, session.graph.current(.name(variable.name)), variable.slot.pointee))
  }
}
