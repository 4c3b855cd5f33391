/// Centering, scaling and the bias column of raw features.
///
///     x ↦ (x − μ)∘σ, then a 1 appended where there is a bias column
///
/// It is stored beside the data and applied inside of the products, so that preparing copies
/// nothing.
public struct Preparation: Sendable, Equatable {
  /// μ, one number to a raw column; nil where nothing is subtracted.
  public var mean: [Double]?
  /// σ, one factor to a raw column; nil where nothing is scaled.
  public var scale: [Double]?
  /// Whether a column of ones follows the raw columns.
  public var hasBias: Bool

  /// No centering, scaling or bias column, unless given.
  public init(mean: [Double]? = nil, scale: [Double]? = nil, hasBias: Bool = false) {
    self.mean = mean
    self.scale = scale
    self.hasBias = hasBias
  }

  /// True where raw and prepared columns hold the same numbers (a bias column may follow).
  public var leavesColumns: Bool { mean == nil && scale == nil }

  /// (x − μ)∘σ of one row of raw numbers, in place.
  public func apply(_ row: UnsafeMutableBufferPointer<Double>) {
    if let mean { for j in 0..<row.count { row[j] -= mean[j] } }
    if let scale { for j in 0..<row.count { row[j] *= scale[j] } }
  }
}
