import LinearAlgebra

/// What is still evaluated after the user has stopped a run: little enough that nobody waits for
/// it. Of larger data, the results tell what is known without.
enum LastLook {
  /// Whether passes of this cost may still be made. They take about 20 ms at most.
  static func mayCost(_ cost: Int) -> Bool { cost <= 1 << 25 }

  /// The cost of the scores of all rows in `columns` columns of weights, in nanoseconds or less.
  static func cost(_ features: Features, columns: Int) -> Int {
    features.rows * (features.columns * columns / 8 + 64)
  }
}
