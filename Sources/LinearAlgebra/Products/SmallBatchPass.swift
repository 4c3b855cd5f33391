import CKernels

/// Both products of a few dense rows, such as a batch of one, on one core: W and its
/// gradient are read and written where they lie, since putting them into the order of `DensePass`
/// costs more than the products.
///
/// In double. A score is the sum over D in its order, an entry of XᵀG the sum over the rows in
/// theirs.
struct SmallBatchPass {
  private let features: Features
  private let positions: [Int]
  private let classes: Int
  /// More rows than this are worth the kernels of `DensePass`.
  private static let most = 4

  /// Nil for sparse rows, for more rows, and where W is so large that all cores should work on it.
  init?(_ features: Features, _ positions: [Int]?, classes: Int) {
    guard !(features.storage is SparseMatrix), let positions, !positions.isEmpty,
      positions.count <= Self.most,
      features.columns * classes <= 1 << 16
    else { return nil }
    self.features = features
    self.positions = positions
    self.classes = classes
  }

  /// Scores, `body`, and the product with what it leaves in their place.
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
