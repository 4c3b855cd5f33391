import LinearAlgebra

extension Features {
  /// Checks that the product X W exists.
  ///
  /// - Throws: `EngineError` where W does not have D rows.
  public func checkShape(of W: Matrix) throws {
    guard W.rows == columns else {
      throw EngineError(
        .shape,
        "W is \(W.rows)×\(W.columns), and the data have \(columns) "
          + (columns == 1 ? "column" : "columns"),
        help: W.columns == columns ? "\(.transposeWeights)" : nil)
    }
  }
}

extension ScoreLoss {
  /// Checks that the loss can take the scores X W.
  ///
  /// - Throws: `EngineError` where it can't.
  func checkShapes(_ W: Matrix, _ X: Features) throws {
    try X.checkShape(of: W)
    guard W.columns > 0 else { throw EngineError(.shape, "W has no columns") }
    guard !isBinary || W.columns == 1 else {
      throw EngineError(.shape, "'binary' takes one column of weights, and W has \(W.columns)")
    }
  }
}
