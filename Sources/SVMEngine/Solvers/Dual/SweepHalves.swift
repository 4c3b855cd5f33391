import LinearAlgebra

/// Dual coordinate descent on two halves of the samples in parallel, on two cores.
///
/// A sweep is cut into rounds. In each, both halves start from the same w, and step along their
/// samples into weights of their own. There a change counts σ times, to stand in for the changes by
/// the other half. An exact line search on the dual objective then finds the best share t of the
/// joint change δ:
///
///     δ = (w₁ − w + w₂ − w) / σ,   t = min(1, g·δ / δ·Hδ),   w ← w + t δ
///
/// σ = 2 would need no line search, but its steps are half as long (Ma, Smith, Jaggi, Jordan,
/// Richtárik, Takáč, Adding vs. averaging in distributed primal-dual optimization, ICML 2015). Rows
/// of different halves are seldom alike: with σ = 5/4 and t, a pass gains a sixth less than one on
/// one core. There are two halves for any number of threads, so the bits are the same.
final class SweepHalves: @unchecked Sendable {
  /// The factor σ of a change in the weights of a half.
  static let boost = 1.25

  private let rows: RowAccess
  /// The weights of the halves. After a round, `second` holds δ.
  private let first, second: RowWeights
  /// Samples left out in this pass. Between passes they stand after those that stay active.
  private var dropped: [Int32] = []

  /// Allocates the weights of both halves. Nil where rows are few, and where the weights don't stay
  /// in the cores' own caches: joining them would then cost what the second core gains (20 000
  /// texts, 50 000 columns, 20 classes: 0.6 s on one core and on two).
  ///
  /// - Throws: `MemoryRefused`.
  init?(_ rows: RowAccess, classes: Int) throws {
    guard rows.count * rows.meanEntries >= 4 * Self.leastEntries,
      rows.columns * classes <= Self.mostWeights
    else { return nil }
    self.rows = rows
    first = try RowWeights(rows, classes: classes)
    second = try RowWeights(rows, classes: classes)
  }

  /// The least number of entries that is worth a round.
  private static let leastEntries = 1 << 14
  /// The largest number of weights of a half: half a megabyte.
  private static let mostWeights = 1 << 16

  /// The number of rounds of a sweep over `active` samples: many, so that the halves see each
  /// other's changes, but few enough that joining their weights is cheap. 0 where one core is as
  /// fast.
  func rounds(of active: Int) -> Int {
    let length = first.length
    return min(active * rows.meanEntries / max(4 * length, Self.leastEntries), 6)
  }

  /// A sweep in rounds, or the rest of one that was interrupted. A round that is interrupted is
  /// taken back.
  ///
  /// - Parameters:
  ///   - whole: the violations and the gap that both halves met, the rise of the dual objective,
  ///     the number of samples that stay active, and the next round.
  ///   - visit: steps along the samples of a range of `order`, into the weights of a half.
  ///   - retreat: shortens the change of the dual variables of a range to the share t.
  /// - Throws: What `visit` throws.
  func pass(
    _ weights: RowWeights, order: UnsafeMutablePointer<Int32>, active: Int,
    _ whole: inout SweepOutcome,
    visit:
      @Sendable (_ range: Range<Int>, _ weights: RowWeights, inout SweepOutcome) throws -> Void,
    retreat: (_ range: Range<Int>, _ t: Double) -> Void
  ) throws {
    let rounds = max(1, rounds(of: active))
    dropped = (whole.kept..<active * whole.place / rounds).map { order[$0] }
    defer { for (k, i) in dropped.enumerated() { order[whole.kept + k] = i } }
    let outcomes = TypedScratch<SweepOutcome>(2)
    for round in whole.place..<rounds {
      let (start, end) = (active * round / rounds, active * (round + 1) / rounds)
      let middle = (start + end) / 2
      let halves = [start..<middle, middle..<end]
      for half in 0..<2 { outcomes.pointer[half] = SweepOutcome(kept: halves[half].count) }
      let places = Array(UnsafeBufferPointer(start: order + start, count: end - start))
      do {
        try Parallel.forEach(2) { half in
          let own = half == 0 ? first : second
          own.copy(weights)
          try visit(halves[half], own, &outcomes.pointer[half])
        }
      } catch {
        for (half, range) in halves.enumerated() {
          retreat(range.lowerBound..<range.lowerBound + outcomes.pointer[half].place, 0)
        }
        for (k, i) in places.enumerated() { order[start + k] = i }
        throw error
      }
      var (slope, bend) = weights.changes(first, second, share: 1 / Self.boost)
      for half in 0..<2 {
        whole.merge(outcomes.pointer[half])
        slope += outcomes.pointer[half].linear
        bend += outcomes.pointer[half].curved
      }
      let t = slope < bend ? max(slope / bend, 0) : 1
      weights.add(second, times: t)
      whole.gain += t * (slope - 0.5 * t * bend)
      for (half, range) in halves.enumerated() {
        let last = range.lowerBound + outcomes.pointer[half].kept
        if t < 1 { retreat(range.lowerBound..<last, t) }
        for s in last..<range.upperBound { dropped.append(order[s]) }
        for s in range.lowerBound..<last {
          order[whole.kept] = order[s]
          whole.kept += 1
        }
      }
      whole.place = round + 1
    }
  }
}
