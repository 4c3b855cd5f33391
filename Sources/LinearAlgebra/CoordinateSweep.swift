import CKernels

/// Sweeps over the coordinates of the dual of a binary problem, one coordinate to a row:
///
///     min ½‖Σ α_i y_i x_i‖² − Σ (Δ α_i − ½ κ_i α_i²),   low_i ≤ α_i ≤ high_i
///     G_i = y_i w·x_i − Δ + κ_i α_i;   α_i ← clamp(α_i − G_i / (‖x_i‖² + κ_i))
///
/// Coordinates at a bound whose gradient says that they stay there are left out of later sweeps. Sparse
/// rows that are not shifted have a loop of their own in C; `sweepPlainly` is its twin, with the same
/// bits.
public final class CoordinateSweep {
  /// What the coordinates of a group share.
  public struct Group: Sendable {
    /// y, −1 or +1.
    public let sign: Double
    /// The box.
    public let low: Double
    /// See `low`.
    public let high: Double
    /// κ.
    public let curvature: Double

    /// A group.
    public init(sign: Double, low: Double, high: Double, curvature: Double) {
      self.sign = sign
      self.low = low
      self.high = high
      self.curvature = curvature
    }
  }

  /// w = Σ α_i y_i x_i.
  public let weights: RowWeights
  /// How many coordinates the next sweep visits.
  public private(set) var active: Int
  private let rows: RowAccess
  private let delta: Double
  private let coordinates: TypedScratch<svm_coordinate>
  private let groups: [svm_coordinate_group]
  private var order: [Int32]

  /// All α zero.
  ///
  /// - Parameters:
  ///   - groupOf: the group of each row; rows of a box without inside never move.
  /// - Throws: `MemoryRefused`.
  public init(_ rows: RowAccess, delta: Double, groups: [Group], groupOf: [Int]) throws {
    self.rows = rows
    self.delta = delta
    weights = try RowWeights(rows, classes: 1)
    try MemoryLimit.require(rows: rows.count, columns: 5, bytesPerEntry: 8)
    self.groups = groups.map {
      svm_coordinate_group(sign: $0.sign, low: $0.low, high: $0.high, curvature: $0.curvature)
    }
    coordinates = TypedScratch(rows.count)
    for i in 0..<rows.count {
      let scale = rows.squaredNorms.pointer[i] + groups[groupOf[i]].curvature
      var (start, count) = (0, 0)
      if case .sparse(let sparse) = rows.form {
        start = sparse.starts[2 * i]
        count = sparse.starts[2 * i + 1] - start
      }
      // Without any curvature the best is the end that G points to.
      coordinates.pointer[i] = svm_coordinate(
        alpha: 0, inverse: scale > 0 ? 1 / scale : 1e300, start: Int64(start),
        count: Int32(count), group: Int32(groupOf[i]))
    }
    order = (0..<Int32(rows.count)).filter {
      let group = groups[groupOf[Int($0)]]
      return group.low < group.high
    }
    active = order.count
  }

  /// How many coordinates can move.
  public var count: Int { order.count }

  /// α of a row.
  public func alpha(_ i: Int) -> Double { coordinates.pointer[i].alpha }

  /// y of a row.
  public func sign(_ i: Int) -> Double { groups[Int(coordinates.pointer[i].group)].sign }

  /// Lets the next sweep visit all.
  public func activateAll() { active = order.count }

  /// α, the order, how many of it are active, and the weights.
  public var state: [[Double]] {
    get {
      [(0..<rows.count).map { alpha($0) }, order.map { Double($0) }, [Double(active)]]
        + weights.state
    }
    set {
      guard newValue.count == 6, newValue[0].count == rows.count else { return }
      for i in 0..<rows.count { coordinates.pointer[i].alpha = newValue[0][i] }
      order = newValue[1].map { Int32($0) }
      active = newValue[2].first.map { Int($0) } ?? order.count
      weights.state = Array(newValue[3...])
    }
  }

  /// One sweep over the active coordinates, after `shuffle` has put them in order.
  ///
  /// - Parameters:
  ///   - largest: a coordinate at its lower bound with a gradient above is left out.
  ///   - least: one at its upper bound with a gradient below is.
  /// - Returns: the largest and the least projected gradient; −∞ and ∞ where nothing was visited.
  public func sweep(
    largest: Double, least: Double,
    shuffle: (_ order: UnsafeMutablePointer<Int32>, _ active: Int) -> Void
  ) -> (top: Double, bottom: Double) {
    var (top, bottom) = (-Double.infinity, Double.infinity)
    order.withUnsafeMutableBufferPointer { buffer in
      guard let order = buffer.baseAddress else { return }
      shuffle(order, active)
      guard case .sparse(let sparse) = rows.form, sparse.shift == nil else {
        sweepPlainly(order, largest, least, &top, &bottom)
        return
      }
      // A gather waits for the stores of the step before, which costs more than it gains where rows are
      // short.
      let variant = sparse.meanCount < 32 ? Int32(svm_portable) : Kernels.number
      active = weights.withPlainEntries { w, bias in
        svm_sweep(
          variant, coordinates.pointer, groups, order, active, delta, largest, least,
          sparse.indices,
          sparse.isUnit ? nil : sparse.values, w, bias, &top, &bottom)
      }
    }
    return (top, bottom)
  }

  /// The sweep in Swift, for any rows.
  func sweepPlainly(
    _ order: UnsafeMutablePointer<Int32>, _ largest: Double, _ least: Double,
    _ top: inout Double, _ bottom: inout Double
  ) {
    let (weights, coordinates, delta) = (weights, coordinates.pointer, delta)
    var active = active
    defer { self.active = active }
    groups.withUnsafeBufferPointer { groups in
      var s = 0
      while s < active {
        if s + 4 < active { weights.prefetch(Int(order[s + 4])) }
        let i = Int(order[s])
        let group = groups[Int(coordinates[i].group)]
        let alpha = coordinates[i].alpha
        let G = group.sign * weights.score(i) - delta + group.curvature * alpha
        var projected = G
        if alpha <= group.low || alpha >= group.high {
          let isLow = alpha <= group.low
          if isLow ? G > largest : G < least {
            active -= 1
            (order[s], order[active]) = (order[active], order[s])
            continue
          }
          projected = isLow ? min(G, 0) : max(G, 0)
        }
        top = max(top, projected)
        bottom = min(bottom, projected)
        s += 1
        if abs(projected) <= 1e-12 { continue }
        let next = min(max(alpha - G * coordinates[i].inverse, group.low), group.high)
        coordinates[i].alpha = next
        let step = (next - alpha) * group.sign
        if step != 0 { weights.add(i, step) }
      }
    }
  }
}
