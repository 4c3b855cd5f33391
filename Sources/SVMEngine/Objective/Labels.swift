import Text

/// Checks and conversions of class numbers.
public enum Labels {
  /// Checks that labels are class numbers.
  ///
  /// - Throws: `EngineError` for a label that is not one of 0…classes−1.
  public static func check(_ labels: [Int], classes: Int) throws {
    for (i, y) in labels.enumerated() where y < 0 || y >= classes {
      throw EngineError(
        .data, "label \(y) of row \(i) is not one of the \(classes) classes 0…\(classes - 1)")
    }
  }

  /// Labels as class numbers.
  ///
  /// - Throws: `EngineError` for a label that is not one of 0…classes−1.
  public static func classNumbers(_ labels: [Double], classes: Int) throws -> [Int] {
    try labels.enumerated().map { i, y in
      guard y.rounded() == y && y >= 0 && y < Double(classes) else {
        throw EngineError(
          .data,
          "label \(NumberText.shortest(y)) of row \(i) is not one of the \(classes) classes "
            + "0…\(classes - 1)"
        )
      }
      return Int(y)
    }
  }

  /// Labels −1 and +1 as the class numbers 0 and 1.
  ///
  /// - Throws: `EngineError` for any other label.
  public static func signs(_ labels: [Double]) throws -> [Int] {
    try labels.enumerated().map { i, y in
      if y == 1 { return 1 }
      if y == -1 { return 0 }
      throw EngineError(
        .data, "'binary' takes the labels -1 and 1, and label \(i) is \(NumberText.shortest(y))",
        help: y == 0 ? "\(.mapLabels)" : nil)
    }
  }
}
