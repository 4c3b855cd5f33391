import LinearAlgebra

/// The objective and the data whose gradient is under test. They serve to find the cause of a
/// mistake.
///
/// The point W of the check is the W of the objective, D×K. For the binary reduction it may have
/// one row more, which is b.
public struct GradientSetting: Sendable {
  let objective: Objective
  /// N×D, prepared.
  let features: Features
  /// The class of each row, 0…K−1.
  let labels: [Int]
  /// b of the binary reduction, where it is not a row of the point.
  let bias: Double

  /// An objective on data.
  public init(_ objective: Objective, bias: Double = 0, _ features: Features, labels: [Int]) {
    self.objective = objective
    self.features = features
    self.labels = labels
    self.bias = bias
  }

  /// The row of the bias in W; nil where there is none.
  var biasRow: Int? { features.preparation.hasBias ? features.columns - 1 : nil }

  /// W and b of a point.
  func parts(of point: Matrix) -> (weights: Matrix, bias: Double) {
    guard point.columns == 1, point.rows == features.columns + 1 else { return (point, bias) }
    let weights = Matrix(
      rows: features.columns, columns: 1, Array(point.entries.prefix(features.columns)))
    return (weights, point[features.columns, 0])
  }
}
