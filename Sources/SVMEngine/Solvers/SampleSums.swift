import LinearAlgebra

/// Sums over samples on all cores.
enum SampleSums {
  /// Two sums over 0..<count: any number of threads gives the same bits.
  static func pair(
    over count: Int, _ body: @Sendable (Range<Int>) -> (Double, Double)
  ) -> (Double, Double) {
    let sums = Parallel.sums(over: count, pieces: min(16, (count + 255) / 256)) {
      let (first, second) = body($0)
      return SIMD8(first, second, 0, 0, 0, 0, 0, 0)
    }
    return (sums[0], sums[1])
  }
}
