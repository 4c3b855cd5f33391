/// Sweeps over the dual's samples in two halves side by side, on two cores.
///
/// A sweep is cut into rounds. In each, the halves start from the same w and take their samples one after
/// the other, each into weights of its own, in which a change counts σ times: for what the other half
/// changes meanwhile as well. Both changes together, δ, are then taken as far as the dual rises:
///
///     δ = (w₁ − w + w₂ − w) / σ,   t = min(1, g·δ / δ·Hδ),   w ← w + t δ
///
/// σ = 2 would need no t, at the price of steps that are half as long (Ma, Smith, Jaggi, Jordan, Richtárik,
/// Takáč, Adding vs. averaging in distributed primal-dual optimization, ICML 2015). Rows of different
/// halves are seldom alike: with σ = 5/4 and t, a pass gains a sixth less than one in which every sample
/// sees all changes before it. There are two halves for any number of threads, so the bits are the same.
public final class SweepHalves: @unchecked Sendable {
  /// σ.
  public static let boost = 1.25

  private let rows: RowAccess
  /// Those of the halves. Between the rounds, δ is in the place of the second.
  private let first, second: RowWeights
  private var dropped: [Int32] = []

  /// Room for the halves' weights; nil where the rows are few, and where weights of both do not stay in the
  /// cores' own memory: bringing them together then costs what the second core gains (20 000 texts, 50 000
  /// columns, 20 classes: 0.6 s on one core and on two).
  ///
  /// - Throws: `MemoryRefused`.
  public init?(_ rows: RowAccess, classes: Int) throws {
    guard rows.count * rows.meanEntries >= 4 * Self.leastEntries,
      rows.columns * classes <= Self.mostWeights
    else { return nil }
    self.rows = rows
    first = try RowWeights(rows, classes: classes)
    second = try RowWeights(rows, classes: classes)
  }

  /// Entries of rows that are worth a round.
  private static let leastEntries = 1 << 14
  /// Half of a megabyte.
  private static let mostWeights = 1 << 16

  /// How many rounds a sweep of so many samples takes: many, so that the halves know of each other, and few
  /// beside the trouble of bringing their weights together. 0 where one core is as fast.
  public func rounds(of active: Int) -> Int {
    let length = first.storage.count / first.classes
    return min(active * rows.meanEntries / max(4 * length, Self.leastEntries), 6)
  }

  /// A pass.
  ///
  /// - Parameters:
  ///   - visit: takes the samples of a range of `order`, with a half's weights.
  ///   - retreat: takes the variables of such samples back to the share t of their change.
  /// - Returns: what both met, and by how much the dual rose.
  public func pass(
    _ weights: RowWeights, order: UnsafeMutablePointer<Int32>, active: Int,
    visit: @Sendable (_ range: Range<Int>, _ weights: RowWeights) -> SweepOutcome,
    retreat: (_ range: Range<Int>, _ t: Double) -> Void
  ) -> SweepOutcome {
    let rounds = max(1, rounds(of: active))
    var whole = SweepOutcome()
    dropped.removeAll(keepingCapacity: true)
    let outcomes = TypedScratch<SweepOutcome>(2)
    for round in 0..<rounds {
      let (start, end) = (active * round / rounds, active * (round + 1) / rounds)
      let middle = (start + end) / 2
      let halves = [start..<middle, middle..<end]
      Parallel.forEach(2) { half in
        let own = half == 0 ? first : second
        own.copy(weights)
        outcomes.pointer[half] = visit(halves[half], own)
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
    }
    for (k, i) in dropped.enumerated() { order[whole.kept + k] = i }
    return whole
  }
}
