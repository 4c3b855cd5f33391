import LinearAlgebra

/// The nonzero entries of prepared rows. Sparse rows stay sparse where nothing is subtracted from
/// them; then only stored entries are read.
final class DatasetRows {
  private let features: Features
  /// The sparse storage, where preparing keeps its zeros; else nil.
  private let sparse: SparseMatrix?
  private var row: [Double]

  /// The rows of some features.
  ///
  /// - Throws: `MemoryRefused` where a row must be laid out and does not fit.
  init(_ features: Features) throws {
    self.features = features
    let preparation = features.preparation
    // A factor that is infinite or negative does not keep 0.
    let keepsZeros =
      preparation.mean == nil
      && (preparation.scale ?? []).allSatisfy { $0.isFinite && $0.sign == .plus }
    sparse = keepsZeros ? features.storage as? SparseMatrix : nil
    if sparse == nil {
      try MemoryLimit.require(rows: 1, columns: features.columns, bytesPerEntry: 8)
    }
    row = [Double](repeating: 0, count: sparse == nil ? features.columns : 0)
  }

  /// Calls `body` with column and value of the entries of a row that are not 0, and of −0, in the
  /// order of the columns.
  func forEachEntry(ofRow i: Int, _ body: (Int, Double) -> Void) {
    func take(_ j: Int, _ value: Double) {
      if value != 0 || value.sign == .minus { body(j, value) }
    }
    guard let sparse else {
      row.withUnsafeMutableBufferPointer { row in
        if let base = row.baseAddress { features.write(row: i, to: base) }
      }
      for j in row.indices { take(j, row[j]) }
      return
    }
    let scale = features.preparation.scale
    let position = features.storageRow(i)
    let values = sparse.values(ofRow: position)
    for (k, column) in sparse.indices(ofRow: position).enumerated() {
      let j = Int(column)
      take(j, scale.map { values[k] * $0[j] } ?? values[k])
    }
    if features.preparation.hasBias { take(features.rawColumns, 1) }
  }
}
