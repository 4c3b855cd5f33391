import LinearAlgebra

/// The batches of a run. Batch t depends on the seed and t alone. So a run can resume without a
/// state, and runs with the same seed share their batches.
struct BatchSource {
  /// How the batches are made.
  enum Kind: Hashable {
    /// The whole set for every update.
    case whole
    /// Drawn with replacement.
    case drawn(size: Int, seed: UInt64)
    /// A new order for every epoch; its last batch has the remaining samples.
    case shuffled(size: Int, seed: UInt64)
    /// Row numbers of each batch.
    case given([[Int]])
  }

  let kind: Kind
  let rowCount: Int
  private var epoch = -1
  private var order: [Int] = []

  init(_ kind: Kind, rowCount: Int) {
    self.kind = kind
    self.rowCount = rowCount
  }

  static func kind(_ options: TrainingOptions) -> Kind {
    if options.solver.usesWholeSet { return .whole }
    if let batches = options.batches { return .given(batches) }
    return options.replaces
      ? .drawn(size: options.batchSize, seed: options.seed)
      : .shuffled(size: options.batchSize, seed: options.seed)
  }

  /// The number of updates that see N samples, rounded up.
  var epochLength: Int {
    switch kind {
    case .whole: return 1
    case .drawn(let size, _), .shuffled(let size, _): return max(1, (rowCount - 1) / size + 1)
    case .given(let batches): return max(1, (rowCount - 1) / max(batches[0].count, 1) + 1)
    }
  }

  /// The rows of batch t; nil for all.
  ///
  /// - Throws: `Interrupted`.
  mutating func rows(_ t: Int) throws -> [Int]? {
    switch kind {
    case .whole: return nil
    case .given(let batches): return batches[t]
    case .drawn(let size, let seed):
      var stream = RandomStream(seed: seed, key: "batches", count: UInt64(t))
      return (0..<size).map { _ in stream.integer(below: rowCount) }
    case .shuffled(let size, let seed):
      let e = t / epochLength
      if e != epoch {
        var stream = RandomStream(seed: seed, key: "epochs", count: UInt64(e))
        order = try stream.permutation(rowCount)
        epoch = e
      }
      let first = (t % epochLength) * size
      return Array(order[first..<min(first + size, rowCount)])
    }
  }
}
