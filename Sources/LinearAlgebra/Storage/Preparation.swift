/// What is done to raw features before anything is learned from them.
///
///     x ↦ (x − μ)∘σ, then a 1 appended where there is a bias column
///
/// It is kept beside the data and applied inside the products, so that preparing copies nothing.
public struct Preparation: Sendable, Equatable {
  /// μ, one number to a raw column; nil where nothing is subtracted.
  public var mean: [Double]?
  /// σ, one factor to a raw column; nil where nothing is scaled.
  public var scale: [Double]?
  /// Whether a column of ones follows the raw columns.
  public var hasBias: Bool

  /// Nothing at all, unless it is given.
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
