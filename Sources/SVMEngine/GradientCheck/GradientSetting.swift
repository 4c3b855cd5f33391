import LinearAlgebra

/// What a gradient under test should be the gradient of: the cause of a mistake is sought with it.
///
/// The point W of the check is W of the objective; for the binary reduction it may have one row
/// more, which is b.
public struct GradientSetting: Sendable {
  /// The objective.
  let objective: Objective
  /// The prepared rows.
  let features: Features
  /// The class of each.
  let labels: [Int]
  /// b of the binary reduction, where it is no row of the point.
  let bias: Double

  /// An objective on data.
  public init(_ objective: Objective, bias: Double = 0, _ features: Features, labels: [Int]) {
    self.objective = objective
    self.features = features
    self.labels = labels
    self.bias = bias
  }

  /// The row of the bias in W, where there is one.
  var biasRow: Int? { features.preparation.hasBias ? features.columns - 1 : nil }

  /// W and b of a point.
  func parts(of point: Matrix) -> (weights: Matrix, bias: Double) {
    guard point.columns == 1, point.rows == features.columns + 1 else { return (point, bias) }
    let weights = Matrix(
      rows: features.columns, columns: 1, Array(point.entries.prefix(features.columns)))
    return (weights, point[features.columns, 0])
  }
}
