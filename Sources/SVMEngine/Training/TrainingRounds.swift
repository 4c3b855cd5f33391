import LinearAlgebra

/// Executes groups of runs in rounds. Several groups run at once, each on its own core. Between
/// rounds, the progress is reported and the run may be stopped. The results depend on neither.
struct TrainingRounds {
  let groups: [TrainingGroup]
  let progress: TrainingProgress?
  let isInterrupted: () -> Bool

  /// Executes all groups to their end.
  ///
  /// - Returns: whether the user stopped them; the request is then cleared.
  /// - Throws: `MemoryRefused`, `Interrupted`.
  @discardableResult
  func run() throws -> Bool {
    let total = UpdateCount.sum(groups.map(\.updatesPlanned))
    let clock = ContinuousClock()
    // A single group reports after each update. Several do so after rounds that are long enough to
    // be worth their threads.
    var round = 1
    while true {
      let active = groups.filter { !$0.isDone }
      if active.isEmpty { return false }
      if isInterrupted() { return try stop() }
      let start = clock.now
      do {
        if active.count == 1 {
          try active[0].advance(groups.count == 1 ? 1 : round)
        } else {
          let updates = round
          try Parallel.forEach(active.count) { try active[$0].advance(updates) }
        }
      } catch is Interrupted {
        return try stop()
      }
      let elapsed = clock.now - start
      if elapsed < .milliseconds(30) {
        round = min(2 * round, 1024)
      } else if elapsed > .milliseconds(100) {
        round = max(round / 2, 1)
      }
      progress?(UpdateCount.sum(groups.map(\.updatesMade)), total, active[0].lastLoss)
    }
  }

  private func stop() throws -> Bool {
    Interruption.clear()
    let evaluates = LastLook.mayCost(groups.reduce(0) { $0 + $1.costToConclude })
    for group in groups { try group.stop(evaluates: evaluates) }
    return true
  }
}
