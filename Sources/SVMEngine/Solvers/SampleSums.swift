import LinearAlgebra

/// Sums over samples on all cores.
enum SampleSums {
  /// Two sums over 0..<count, made of ranges that depend on the count alone and are added in their order:
  /// any number of threads gives the same bits.
  static func pair(
    over count: Int, _ body: @Sendable (Range<Int>) -> (Double, Double)
  ) throws -> (Double, Double) {
    let pieces = min(16, (count + 255) / 256)
    let sums = Buffer(zeros: 2 * max(pieces, 1))
    try Parallel.forEach(pieces) { piece in
      (sums.pointer[2 * piece], sums.pointer[2 * piece + 1]) = body(
        count * piece / pieces..<count * (piece + 1) / pieces)
    }
    var (first, second) = (0.0, 0.0)
    for piece in 0..<pieces {
      first += sums.pointer[2 * piece]
      second += sums.pointer[2 * piece + 1]
    }
    return (first, second)
  }
}
