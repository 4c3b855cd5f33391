import LinearAlgebra

/// The batches of a run. Batch t depends on the seed and t alone, so that a run can be resumed
/// without a state, and runs with the same seed share their batches.
struct BatchSource {
  /// What decides the batches.
  enum Kind: Hashable {
    /// The whole set, every time.
    case whole
    /// Drawn with replacement.
    case drawn(size: Int, seed: UInt64)
    /// Every epoch a new order; the last batch of an epoch has what is left.
    case shuffled(size: Int, seed: UInt64)
    /// As given.
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

  /// Updates in which as many samples are seen as there are.
  var epochLength: Int {
    switch kind {
    case .whole: return 1
    case .drawn(let size, _), .shuffled(let size, _): return max(1, (rowCount - 1) / size + 1)
    case .given(let batches): return max(1, (rowCount - 1) / max(batches[0].count, 1) + 1)
    }
  }

  /// The rows of batch t; nil for all.
  mutating func rows(_ t: Int) -> [Int]? {
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
        order = stream.permutation(rowCount)
        epoch = e
      }
      let first = (t % epochLength) * size
      return Array(order[first..<min(first + size, rowCount)])
    }
  }
}
