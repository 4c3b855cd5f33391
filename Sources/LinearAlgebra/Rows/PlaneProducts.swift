/// The products of two directions d and p with a gradient g and, through a Hessian, with each
/// other: g·d, g·p, d·Hd, d·Hp, p·Hp.
package struct PlaneProducts {
  package var (gd, gp, dd, dp, pp) = (0.0, 0.0, 0.0, 0.0, 0.0)

  package init() {}

  /// The sums of `lanes` that `Parallel.sums` returned.
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
