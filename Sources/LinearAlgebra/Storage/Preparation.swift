/// What is done to raw features: columns selected, missing numbers filled in, centering, scaling
/// and the bias column.
///
///     x ↦ (x − μ)∘σ, then a 1 appended where there is a bias column
///
/// This is stored beside the data and applied inside of the products, so that it copies nothing.
/// Columns are selected and missing numbers filled in before that, in a storage of its own: a
/// storage holds the columns after both, and `selection` and `fill` say how it came to them, so
/// that a model can do the same to other data.
public struct Preparation: Sendable, Equatable {
  /// The columns that were selected; nil where all of them are there.
  public var selection: ColumnSelection?
  /// The numbers in the place of missing ones, one to a column of the storage; nil where missing
  /// ones are NaN.
  public var fill: [Double]?
  /// μ, one number to a raw column; nil where nothing is subtracted.
  public var mean: [Double]?
  /// σ, one factor to a raw column; nil where nothing is scaled.
  public var scale: [Double]?
  /// Whether a column of ones follows the raw columns.
  public var hasBias: Bool

  /// Nothing is done, unless given.
  public init(
    selection: ColumnSelection? = nil, fill: [Double]? = nil, mean: [Double]? = nil,
    scale: [Double]? = nil, hasBias: Bool = false
  ) {
    self.selection = selection
    self.fill = fill
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
