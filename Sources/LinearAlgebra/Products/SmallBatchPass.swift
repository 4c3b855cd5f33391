import CKernels

/// Both products of a few dense rows, such as a batch of one, on one core. W and its gradient are
/// read and written in place: copying them into the layout of `DensePass` would cost more than the
/// products.
///
/// Computed in double. A score is summed over D in order, an entry of XᵀG over the rows in order.
struct SmallBatchPass {
  private let features: Features
  private let positions: [Int]
  private let classes: Int
  /// Above this many rows the kernels of `DensePass` pay.
  private static let most = 4

  /// Nil for sparse rows, for more rows or all rows (`positions` is nil), and where W is so large
  /// that all cores should work on it.
  init?(_ features: Features, _ positions: [Int]?, classes: Int) {
    guard !(features.storage is SparseMatrix), let positions, !positions.isEmpty,
      positions.count <= Self.most,
      features.columns * classes <= 1 << 16
    else { return nil }
    self.features = features
    self.positions = positions
    self.classes = classes
  }

  /// Scores, `body`, and Xᵀ G with the slopes that it leaves; D×K.
  func run(
    _ W: Matrix, finish: Products.Finish?,
    _ body: Products.Body
  ) throws -> Matrix {
    let (D, n) = (features.columns, positions.count)
    let room = TypedScratch<Double>(n * (D + classes))
    let (rows, scores) = (room.pointer, room.pointer + n * D)
    for (r, position) in positions.enumerated() {
      features.write(row: position, to: rows + r * D)
      for j in 0..<classes { scores[r * classes + j] = 0 }
      svm_sparse_scores(
        nil, rows + r * D, D, W.buffer.pointer, classes, scores + r * classes)
    }
    try body(0..<n, scores)
    let gradient = Buffer(zeros: D * classes)
    for r in 0..<n {
      svm_sparse_update(scores + r * classes, nil, rows + r * D, D, gradient.pointer, classes)
    }
    finish?(0..<gradient.count, gradient.pointer)
    return Matrix(rows: D, columns: classes, sharing: gradient)
  }
}
