import CKernels
import LinearAlgebra

/// The directions d and p of an extrapolation, its step and α before it, for the active variables.
/// Plain pointers, since the loops are short.
struct SweepPlane {
  let coordinates: UnsafeMutablePointer<svm_coordinate>
  let groups: UnsafePointer<svm_coordinate_group>
  let delta: Double
  let order: UnsafePointer<Int32>
  let active: Int
  /// The directions, the step e, and α before it.
  let d, p, e, alpha: UnsafeMutablePointer<Double>
  /// The variables that the step would take out of their boxes, and the group of each.
  let places, group: UnsafeMutablePointer<Int32>

  init(
    coordinates: UnsafeMutablePointer<svm_coordinate>,
    groups: UnsafePointer<svm_coordinate_group>, delta: Double, order: UnsafePointer<Int32>,
    active: Int, moves: UnsafeMutablePointer<Double>, places: UnsafeMutablePointer<Int32>
  ) {
    self.coordinates = coordinates
    self.groups = groups
    self.delta = delta
    self.order = order
    self.active = active
    (d, p) = (moves, moves + active)
    (e, alpha) = (moves + 2 * active, moves + 3 * active)
    (self.places, group) = (places, places + active)
  }

  /// Reads α, d and p.
  ///
  /// - Returns: the products without the part of ½‖w‖², which the weights add.
  func read(
    start: UnsafePointer<Double>, change: UnsafePointer<Double>
  ) throws -> PlaneProducts {
    let whole = UncheckedSendable((plane: self, start: start, change: change))
    return PlaneProducts(
      try Parallel.sums(over: active) { range in
        try Interruption.check()
        let (plane, start, change) = whole.value
        return plane.read(range, start: start, change: change).lanes
      })
  }

  private func read(
    _ range: Range<Int>, start: UnsafePointer<Double>, change: UnsafePointer<Double>
  ) -> PlaneProducts {
    var products = PlaneProducts()
    for k in range {
      let i = Int(order[k])
      group[k] = coordinates[i].group
      let curvature = groups[Int(group[k])].curvature
      alpha[k] = coordinates[i].alpha
      d[k] = alpha[k] - start[i]
      p[k] = change[i]
      let g = delta - curvature * alpha[k]
      products.gd += g * d[k]
      products.gp += g * p[k]
      products.dd += curvature * d[k] * d[k]
      products.dp += curvature * d[k] * p[k]
      products.pp += curvature * p[k] * p[k]
    }
    return products
  }

  /// Sets the step to a share of a d + b p, clipped to the boxes. The share is halved until at most
  /// a tenth of the variables is clipped.
  ///
  /// - Returns: the share, 0 where none is found, and the number of variables that were clipped.
  func setStep(a: Double, b: Double) throws -> (share: Double, leaving: Int) {
    var share = a == 0 && b == 0 ? 0.0 : 1
    let limit = active / 10
    while share > 0.01 {
      try Interruption.check()
      var leaving = 0
      for k in 0..<active where leaving <= limit {
        let box = groups[Int(group[k])]
        let wanted = alpha[k] + share * (a * d[k] + b * p[k])
        let end = min(max(wanted, box.low), box.high)
        places[leaving] = Int32(truncatingIfNeeded: k)
        leaving += end != wanted ? 1 : 0
        e[k] = end - alpha[k]
      }
      if leaving <= limit { return (share, leaving) }
      share /= 2
    }
    return (0, 0)
  }

  /// The slope and the curvature of the dual objective along the step, without the part of ½‖w‖².
  func ownTerms() -> (slope: Double, bend: Double) {
    var (slope, bend) = (0.0, 0.0)
    for k in 0..<active {
      let curvature = groups[Int(group[k])].curvature
      slope += (delta - curvature * alpha[k]) * e[k]
      bend += curvature * e[k] * e[k]
    }
    return (slope, bend)
  }

  /// α ← α + t e. `change` gets the change since `start`, which is the next p, and `start` the new
  /// α.
  func take(
    _ t: Double, start: UnsafeMutablePointer<Double>, change: UnsafeMutablePointer<Double>
  ) {
    let whole = UncheckedSendable((plane: self, start: start, change: change))
    Parallel.forEachBlock(of: active, costEach: 4) { range in
      let (plane, start, change) = whole.value
      for k in range {
        let (i, box) = (Int(plane.order[k]), plane.groups[Int(plane.group[k])])
        let (alpha, e) = (plane.alpha[k], plane.e[k])
        let end = t == 0 ? alpha : min(max(alpha + t * e, box.low), box.high)
        plane.coordinates[i].alpha = end
        change[i] = end - start[i]
        start[i] = end
      }
    }
  }
}

extension PlaneProducts {
  /// The a and b that maximize the dual objective on the plane, with a ≥ −1: never back beyond the
  /// beginning of the sweep.
  var best: (a: Double, b: Double) {
    let determinant = dd * pp - dp * dp
    if determinant > 1e-12 * dd * pp {
      return (
        max((gd * pp - gp * dp) / determinant, -1), (gp * dd - gd * dp) / determinant
      )
    }
    return (dd > 0 ? max(gd / dd, -1) : 0, 0)
  }
}
