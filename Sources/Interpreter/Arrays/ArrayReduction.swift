import LinearAlgebra

/// Pairwise sums. Their order is fixed, and their rounding errors grow with log n only.
enum ArrayReduction {
  /// Σ f(i) for i in start..<start + count.
  @inline(__always)
  private static func block(_ start: Int, _ count: Int, _ f: (Int) -> Double) -> Double {
    var sum = 0.0
    for i in start..<start + count { sum += f(i) }
    return sum
  }

  /// Σ f(i) for i in start..<start + count, halved down to runs of at most 64.
  private static func halved(_ start: Int, _ count: Int, _ f: (Int) -> Double) -> Double {
    if count <= 64 { return block(start, count, f) }
    let half = count / 2
    return halved(start, half, f) + halved(start + half, count - half, f)
  }

  /// The same sum, with looks for an interruption between parts of at most 65 536.
  static func pairwise(
    _ start: Int, _ count: Int, _ f: (Int) -> Double
  ) throws -> Double {
    if count <= 65536 { return halved(start, count, f) }
    try Interruption.check()
    let half = count / 2
    return try pairwise(start, half, f) + pairwise(start + half, count - half, f)
  }

  /// The sum of `count` entries that lie `stride` apart.
  static func sum(
    _ pointer: UnsafePointer<Double>, _ count: Int, stride: Int = 1
  ) throws -> Double {
    try pairwise(0, count) { pointer[$0 * stride] }
  }

  /// Σ xᵢ yᵢ of two vectors of one length.
  static func dot(_ x: NumericArray, _ y: NumericArray) throws -> Double {
    let a = x.pointer
    let b = y.pointer
    return try pairwise(0, x.count) { a[$0] * b[$0] }
  }
}
