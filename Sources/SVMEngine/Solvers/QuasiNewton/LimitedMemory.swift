import LinearAlgebra

/// The last ten changes s of the weights and q of the gradient. They define an estimate H of the
/// inverse Hessian.
///
/// Nocedal and Wright, Numerical Optimization, 2nd ed., Algorithm 7.4.
struct LimitedMemory {
  private static let most = 10
  /// Oldest first: s, q, and 1/(s·q).
  private var pairs: [(s: Buffer, q: Buffer, rho: Double)] = []

  /// Whether there are no pairs.
  var isEmpty: Bool { pairs.isEmpty }

  /// s and q of each pair.
  var state: SavedState {
    SavedState(
      "changes",
      parts: pairs.map { SavedState("change", sharing: ["s": [$0.s], "q": [$0.q]]) })
  }

  /// Resumes from a state, with `count` parameters.
  mutating func restore(_ state: SavedState, count: Int) throws {
    try state.require("changes", parts: min(state.parts.count, Self.most))
    pairs = try state.parts.map { part in
      try part.require("change")
      // Pairs are never written to again.
      let s = try part.buffers("s", counts: [count])[0]
      let q = try part.buffers("q", counts: [count])[0]
      return (s, q, 1 / s.dot(q))
    }
  }

  /// −Hg, by the two-loop recursion. O(pairs · count).
  ///
  /// - Throws: `Interrupted`.
  func direction(against g: Buffer) throws -> Buffer {
    let d = Buffer(uninitialized: g.count)
    d.forEachPart { for i in $0 { d.pointer[i] = -g.pointer[i] } }
    var factors: [Double] = []
    for (s, q, rho) in pairs.reversed() {
      try Interruption.check()
      let a = rho * s.dot(d)
      d.add(-a, q)
      factors.append(a)
    }
    if let (_, q, rho) = pairs.last {
      let scale = 1 / (rho * q.dot(q))
      d.forEachPart { for i in $0 { d.pointer[i] *= scale } }
    }
    for ((s, q, rho), a) in zip(pairs, factors.reversed()) {
      try Interruption.check()
      d.add(a - rho * q.dot(d), s)
    }
    return d
  }

  /// Adds the pair of a step, unless its curvature s·q is not positive.
  mutating func append(
    from old: Buffer, to new: Buffer, gradients oldGradient: Buffer, _ newGradient: Buffer
  ) {
    let (s, q) = (Buffer(uninitialized: old.count), Buffer(uninitialized: old.count))
    s.forEachPart {
      for i in $0 {
        s.pointer[i] = new.pointer[i] - old.pointer[i]
        q.pointer[i] = newGradient.pointer[i] - oldGradient.pointer[i]
      }
    }
    let curvature = s.dot(q)
    guard curvature > 1e-16 * q.dot(q).squareRoot() * s.dot(s).squareRoot() else { return }
    pairs.append((s, q, 1 / curvature))
    if pairs.count > Self.most { pairs.removeFirst() }
  }
}
