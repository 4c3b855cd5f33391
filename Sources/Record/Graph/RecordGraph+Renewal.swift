/// The statements that run again so that versions are no longer stale, in order.
public struct Renewal: Sendable {
  /// A statement, and the version that it reads of each name: an old one, or one whose renewed
  /// version takes its place.
  public struct Step: Sendable {
    /// The statement.
    public let run: RunID
    /// What it reads.
    public let inputs: [(name: String, version: VersionID)]
    /// Whether what it made is stale; else only the values are needed again, which are not kept.
    public let isStale: Bool
  }

  /// In an order in which each comes after what it reads.
  public let steps: [Step]
}

/// Statements that depend on each other, so that none of them can run first.
public struct CircularRecipe: Error {
  /// One of them.
  public let run: RunID
}

extension RecordGraph {
  /// What must run again for these versions.
  ///
  /// - Parameters:
  ///   - ids: present versions.
  ///   - isKept: whether the value of a version that is no longer the present one is still there.
  /// - Throws: `CircularRecipe`.
  public mutating func renewal(
    of ids: [VersionID], isKept: (VersionID) -> Bool
  ) throws(CircularRecipe) -> Renewal {
    let everything = present.values.filter {
      if case .name = self[$0].subject { true } else { false }
    }
    let stale = staleness(of: Set(everything).union(ids))
    var inputs: [RunID: [(name: String, version: VersionID)]] = [:]
    var needs: [RunID: Set<RunID>] = [:]
    var waiting = ids.compactMap { stale[$0] == nil ? nil : self[$0].run }
    while let run = waiting.popLast() {
      guard inputs[run] == nil else { continue }
      var read: [(name: String, version: VersionID)] = []
      var first: Set<RunID> = []
      for id in self[run].reads {
        guard case .name(let name) = self[id].subject else { continue }
        let version = standIn(for: id, readBy: run)
        read.append((name, version))
        guard stale[version] != nil || current(.name(name)) != version && !isKept(version),
          let maker = self[version].run
        else { continue }
        first.insert(maker)
        waiting.append(maker)
      }
      inputs[run] = read
      needs[run] = first
    }
    return Renewal(
      steps: try order(needs).map { run in
        Renewal.Step(
          run: run, inputs: inputs[run] ?? [],
          isStale: self[run].made.contains { stale[$0] != nil })
      })
  }

  /// The version that a statement reads in the place of one that it read before: the present one,
  /// where that does not come from it.
  private mutating func standIn(for read: VersionID, readBy run: RunID) -> VersionID {
    guard let now = current(self[read].subject), now != read,
      !(self[now].origin == self[read].origin && now > read)
    else { return read }
    if let maker = self[now].run, maker > run,
      closure(of: [now]).contains(where: { self[run].made.contains($0) })
    {
      return read
    }
    return now
  }

  /// The statements in an order in which each comes after those that it needs, and else as they
  /// ran.
  func order(_ needs: [RunID: Set<RunID>]) throws(CircularRecipe) -> [RunID] {
    var open = needs
    var users: [RunID: [RunID]] = [:]
    for (run, first) in needs { for other in first { users[other, default: []].append(run) } }
    var ready = open.filter(\.value.isEmpty).map(\.key).sorted(by: >)
    var ordered: [RunID] = []
    while let run = ready.popLast() {
      ordered.append(run)
      open[run] = nil
      var isMore = false
      for user in users[run] ?? [] {
        open[user]?.remove(run)
        if open[user]?.isEmpty == true {
          ready.append(user)
          isMore = true
        }
      }
      if isMore { ready.sort(by: >) }
    }
    if let run = open.keys.min() { throw CircularRecipe(run: run) }
    return ordered
  }
}
