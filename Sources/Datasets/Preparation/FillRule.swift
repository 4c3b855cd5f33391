import LinearAlgebra

/// What stands in the place of missing numbers: for each feature one number.
public enum FillRule: Sendable, Equatable {
  /// The mean of the numbers that are there.
  case mean
  /// Their median: the mean of the two in the middle of an even number of them.
  case median
  /// The same number everywhere.
  case number(Double)

  /// A number for each raw feature; 0 where all of its numbers are missing.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  func numbers(of features: Features) throws -> [Double] {
    switch self {
    case .mean: return try features.statistics().mean.map { $0.isNaN ? 0 : $0 }
    case .number(let number): return [Double](repeating: number, count: features.rawColumns)
    case .median:
      let matrix = try features.rawMatrix()
      return try Parallel.map(matrix.columns) { j in
        let column = try Interruption.map(matrix.rows, costEach: 4) { matrix[$0, j] }
        var sorted = column
        try sorted.withUnsafeMutableBufferPointer { target in
          guard let base = target.baseAddress else { return }
          try NumberOrder.sort(column, to: base, column.count)
        }
        // NaN comes last.
        let known = column.count { !$0.isNaN }
        guard known > 0 else { return 0 }
        let middle = known / 2
        return known % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
      }
    }
  }
}

extension Dataset {
  /// The dataset with its missing numbers filled in.
  ///
  /// - Throws: `DataError` where that is done already; `MemoryRefused`, `Interrupted`.
  public func filled(_ rule: FillRule) throws -> Dataset {
    try Split(train: self).filled(rule).train
  }
}

extension Split {
  /// All parts with their missing numbers filled in, by the numbers of one of them. Parts that
  /// share memory share it afterwards.
  ///
  /// - Throws: `DataError` where that is done already, or there is no such part; `MemoryRefused`,
  ///   `Interrupted`.
  public func filled(_ rule: FillRule, by name: String = "train") throws -> Split {
    guard let source = part(name) else {
      throw DataError(
        "there is no part \"\(name)\"", help: "parts: \(partNames.joined(separator: ", "))")
    }
    guard source.features.preparation.fill == nil else {
      throw DataError("the missing values are filled in already")
    }
    let numbers = try rule.numbers(of: source.features)
    var copies = StorageCopies(of: allParts.map(\.features))
    return try map { part in
      part.with(
        try part.features.filling(with: numbers, sharing: &copies), columns: part.columns)
    }
  }
}
