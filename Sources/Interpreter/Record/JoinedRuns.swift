import Record

/// Commands that were interrupted, each with those that went on with it to its end: together they
/// gave what the first one gives where nobody interrupts it.
struct JoinedRuns {
  /// Of each statement that went on: the name that it assigned, and the one that it went on with.
  private(set) var names: [RunID: (new: String, old: String)] = [:]
  private var finished: Set<RunID> = []

  /// The joined ones among statements, of which these versions are wanted.
  init(_ graph: RecordGraph, _ runs: [RunID], making versions: [VersionID]) {
    var readers: [VersionID: Set<RunID>] = [:]
    for run in runs { for read in graph[run].reads { readers[read, default: []].insert(run) } }
    // Those that go on come later.
    for run in Set(runs).sorted(by: >) where graph[run].ending == .interruptedSomewhere {
      let made = graph[run].made
      let users = made.flatMap { readers[$0] ?? [] }
      func isContinuation(_ user: RunID) -> Bool {
        graph[user].goesOn && graph[user].kernel == graph[run].kernel
          && (graph[user].ending == .complete || isFinished(user))
      }
      guard let name = graph[run].nameOfCommand, !users.isEmpty,
        users.allSatisfy(isContinuation), !made.contains(where: { versions.contains($0) })
      else { continue }
      finished.insert(run)
      for user in users { names[user] = (graph[user].nameOfCommand ?? name, name) }
    }
  }

  /// Whether an interrupted statement came to its end by others.
  func isFinished(_ run: RunID) -> Bool { finished.contains(run) }
}

extension StatementRun {
  private var assignment: (name: String, command: CommandNode)? {
    guard let node = (statement as? RanStatement)?.node as? AssignNode,
      let command = node.value as? CommandNode
    else { return nil }
    return (node.place.name, command)
  }

  /// The name that it gave the value of a command; nil where it did something else.
  fileprivate var nameOfCommand: String? { assignment?.name }

  /// Whether it only went on with the value of a name.
  fileprivate var goesOn: Bool {
    guard let command = assignment?.command, command.arguments.count == 1 else { return false }
    return command.signature.command.goesOn && command.arguments[0].value is GlobalName
  }
}
