/// The products of two directions d and p with a gradient g and, through a Hessian, with each
/// other.
package struct PlaneProducts {
  package var (gd, gp, dd, dp, pp) = (0.0, 0.0, 0.0, 0.0, 0.0)

  package init() {}

  /// Sums of `lanes` that `Parallel.sums` has added.
  package init(_ lanes: SIMD8<Double>) {
    (gd, gp, dd, dp, pp) = (lanes[0], lanes[1], lanes[2], lanes[3], lanes[4])
  }

  /// The products side by side, for `Parallel.sums`.
  package var lanes: SIMD8<Double> { SIMD8(gd, gp, dd, dp, pp, 0, 0, 0) }

  package mutating func add(_ other: PlaneProducts) {
    gd += other.gd
    gp += other.gp
    dd += other.dd
    dp += other.dp
    pp += other.pp
  }
}
