import Text

/// The factor of each sample's loss, by its class.
public enum ClassWeights: Sendable, Equatable {
  /// All factors are 1.
  case none
  /// N / (P n_k) for a class of n_k samples among P classes that are present: every class weighs
  /// the same, and the mean weight is 1.
  case balanced
  /// A weight for each class.
  case values([Double])

  /// The factors, K numbers; nil where all are 1.
  ///
  /// - Throws: `EngineError` where there are not K factors, or one is negative or not finite.
  public func resolved(classes: Int, labels: [Int]) throws -> [Double]? {
    switch self {
    case .none: return nil
    case .balanced:
      var counts = [Int](repeating: 0, count: classes)
      for y in labels where y >= 0 && y < classes { counts[y] += 1 }
      let present = counts.count { $0 > 0 }
      return counts.map { n in
        n == 0 ? 0 : Double(labels.count) / (Double(present) * Double(n))
      }
    case .values(let weights):
      guard weights.count == classes else {
        throw EngineError(
          .option, "'class-weights' has \(weights.count) numbers, and there are \(classes) classes")
      }
      for weight in weights where !(weight >= 0 && weight.isFinite) {
        throw EngineError(
          .option,
          "'class-weights' must be finite and 0 or above, not \(NumberText.shortest(weight))")
      }
      return weights
    }
  }
}
