import LinearAlgebra

/// A step in the preparation of columns.
public enum PreparationStep: Sendable, Equatable {
  /// Subtracts the mean.
  case center
  /// Subtracts the mean, unless that is done already, and divides by the deviation (÷n).
  case standardize
  /// Maps minimum and maximum to these two numbers.
  case rescale(low: Double, high: Double)
  /// Appends a column of ones.
  case addBias

  /// The preparation after this step, from `present`. A constant column is not scaled.
  ///
  /// - Throws: `DataError` where the columns are prepared already, or the range is empty;
  ///   `MemoryRefused`, `Interrupted`.
  func following(_ present: Preparation, of features: Features) throws -> Preparation {
    var next = present
    if present.hasBias {
      throw DataError(
        self == .addBias ? "there is a bias column already" : "the bias column is there already",
        help: "add-bias comes last, and once")
    }
    if self == .addBias {
      next.hasBias = true
      return next
    }
    if present.scale != nil { throw DataError("the columns are scaled already") }
    if present.mean != nil, self != .standardize {
      throw DataError("the columns are centered already")
    }
    let statistics = try features.statistics()
    let varies = zip(statistics.minimum, statistics.maximum).map { $0 < $1 }
    switch self {
    case .center, .addBias: next.mean = statistics.mean
    case .standardize:
      next.mean = present.mean ?? statistics.mean
      next.scale = zip(statistics.variance, varies).map { $1 ? 1 / $0.squareRoot() : 1 }
    case .rescale(let low, let high):
      guard low < high else { throw DataError("the range from \(low) to \(high) is empty") }
      let scale = varies.indices.map { j in
        varies[j] ? (high - low) / (statistics.maximum[j] - statistics.minimum[j]) : 1
      }
      next.scale = scale
      next.mean = varies.indices.map { j in
        varies[j] ? statistics.minimum[j] - low / scale[j] : 0
      }
    }
    return next
  }
}

extension Dataset {
  /// The dataset, prepared by its own statistics.
  ///
  /// - Throws: `DataError` where it is prepared so already, or the range is empty; `MemoryRefused`,
  ///   `Interrupted`.
  public func prepared(_ step: PreparationStep) throws -> Dataset {
    let next = try step.following(features.preparation, of: features)
    var result = self
    result.features = features.with(next)
    return result
  }
}

extension Split {
  /// All parts, prepared by the statistics of one of them.
  ///
  /// - Throws: `DataError` where they are prepared so already, the range is empty, or there is no
  ///   such part; `MemoryRefused`, `Interrupted`.
  public func prepared(_ step: PreparationStep, by name: String = "train") throws -> Split {
    guard let source = part(name) else {
      throw DataError(
        "there is no part \"\(name)\"", help: "parts: \(partNames.joined(separator: ", "))")
    }
    let next = try step.following(source.features.preparation, of: source.features)
    return map { part in
      var result = part
      result.features = part.features.with(next)
      return result
    }
  }
}
