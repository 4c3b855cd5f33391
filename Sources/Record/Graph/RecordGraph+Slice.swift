extension RecordGraph {
  /// The statements that make these versions, and no others, in an order in which each reads what
  /// it read. Those that only set the seed are left out: streams are known by their places.
  ///
  /// Where a version was replaced before all that read it ran, as after `refresh`, its statement
  /// may come more than once.
  ///
  /// - Throws: `CircularRecipe` where that does not help either.
  public func slice(making ids: [VersionID]) throws(CircularRecipe) -> [RunID] {
    var found: Set<RunID> = []
    for id in closure(of: ids) {
      if let run = self[id].run, self[id].subject != .seed { found.insert(run) }
    }
    let asTheyRan = found.sorted()
    if firstWrong(asTheyRan, making: ids) == nil { return asTheyRan }
    if let ordered = try? reordered(asTheyRan, making: ids), firstWrong(ordered, making: ids) == nil
    {
      return ordered
    }
    for isReversed in [false, true] {
      var repeating = RepeatingOrder(
        self, isReversed: isReversed, most: 20 * asTheyRan.count)
      if repeating.makeAll(ids), firstWrong(repeating.runs, making: ids) == nil {
        return repeating.runs
      }
    }
    throw CircularRecipe(run: asTheyRan[asTheyRan.count - 1])
  }

  /// The first statement that would read another version than it did, or the last one where the
  /// versions asked for are not the ones at the end.
  private func firstWrong(_ order: [RunID], making ids: [VersionID]) -> RunID? {
    var latest: [Subject: VersionID] = [:]
    for run in order {
      for read in self[run].reads where isMade(read) {
        if latest[self[read].subject] != read { return run }
      }
      for made in self[run].made { latest[self[made].subject] = made }
    }
    return ids.contains { isMade($0) && latest[self[$0].subject] != $0 } ? order.last : nil
  }

  /// Whether a statement of the slice makes it, which a seed's is not.
  fileprivate func isMade(_ id: VersionID) -> Bool {
    self[id].run != nil && self[id].subject != .seed
  }

  /// The statements in an order in which no version is replaced before all that read it have run.
  private func reordered(
    _ runs: [RunID], making ids: [VersionID]
  ) throws(CircularRecipe) -> [RunID] {
    var makers: [Subject: [VersionID]] = [:]
    for run in runs {
      for made in self[run].made { makers[self[made].subject, default: []].append(made) }
    }
    var needs: [RunID: Set<RunID>] = [:]
    for run in runs { needs[run] = [] }
    func put(_ first: RunID?, before second: RunID?) {
      if let first, let second, first != second { needs[second]?.insert(first) }
    }
    for run in runs {
      for read in self[run].reads where isMade(read) {
        put(self[read].run, before: run)
        // Another version of the subject comes before the one that is read, or after its reader.
        for other in makers[self[read].subject] ?? [] where other != read {
          if other < read {
            put(self[other].run, before: self[read].run)
          } else {
            put(run, before: self[other].run)
          }
        }
      }
    }
    for id in ids where isMade(id) {
      for other in makers[self[id].subject] ?? [] { put(self[other].run, before: self[id].run) }
    }
    return try order(needs)
  }
}

/// Statements in an order in which each runs anew wherever its version is needed and another one
/// has taken its place.
private struct RepeatingOrder {
  private let graph: RecordGraph
  /// Whether the last of the missing inputs is made first.
  private let isReversed: Bool
  private let most: Int
  private var latest: [Subject: VersionID] = [:]
  private(set) var runs: [RunID] = []

  init(_ graph: RecordGraph, isReversed: Bool, most: Int) {
    self.graph = graph
    self.isReversed = isReversed
    self.most = most
  }

  /// Makes these versions; false where it would take too many statements.
  mutating func makeAll(_ ids: [VersionID]) -> Bool {
    // To make one may replace another one.
    (ids + ids).allSatisfy { make($0) }
  }

  private mutating func make(_ id: VersionID) -> Bool {
    guard !isThere(id), let run = graph[id].run else { return true }
    let reads = isReversed ? graph[run].reads.reversed() : graph[run].reads
    while let missing = reads.first(where: { !isThere($0) }) {
      guard runs.count < most, make(missing) else { return false }
    }
    guard runs.count < most else { return false }
    runs.append(run)
    for made in graph[run].made { latest[graph[made].subject] = made }
    return true
  }

  private func isThere(_ id: VersionID) -> Bool {
    !graph.isMade(id) || latest[graph[id].subject] == id
  }
}
