import LinearAlgebra

extension Features {
  /// Throws `EngineError` where X W does not exist.
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
  /// Throws `EngineError` where the loss can't take the scores X W.
  func checkShapes(_ W: Matrix, _ X: Features) throws {
    try X.checkShape(of: W)
    guard W.columns > 0 else { throw EngineError(.shape, "W has no columns") }
    guard !isBinary || W.columns == 1 else {
      throw EngineError(.shape, "'binary' takes one column of weights, and W has \(W.columns)")
    }
  }
}
