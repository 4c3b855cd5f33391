/// The two products that training consists of, over features in any form.
///
/// Results have the same bits for any number of threads; an entry does not depend on the other
/// classes of W. Losses and slopes are doubles, whatever the products compute in. Sparse features,
/// and batches of up to 4 dense rows (`SmallBatchPass`), are always computed in double.
package enum Products {
  /// What a pass does between its products: it gets the positions in the pass that a panel covers,
  /// and their scores, n×K, and leaves the slopes G in place of the scores. It runs on several
  /// threads.
  package typealias Body =
    @Sendable (_ positions: Range<Int>, _ scores: UnsafeMutablePointer<Double>) throws -> Void
  /// Gets a range of entries of Xᵀ G, in row-major order, once they are final and still in the
  /// cache, and a pointer to entry 0. It runs on several threads.
  package typealias Finish =
    @Sendable (_ entries: Range<Int>, _ gradient: UnsafeMutablePointer<Double>) -> Void

  /// S = X W, N×K; W is D×K. O(N·D·K), or of sparse rows the entries times K.
  ///
  /// - Throws: `ShapeMismatch`, `MemoryRefused`, `Interrupted`.
  package static func scores(_ X: Features, _ W: Matrix, precision: Precision) throws -> Matrix {
    try ShapeMismatch.check("X W", columns: X.columns, rows: W.rows)
    return try pass(over: X, classes: W.columns, precision).scores(W)
  }

  /// Xᵀ G, D×K; G is N×K. Same cost as `scores`.
  ///
  /// - Throws: `ShapeMismatch`, `MemoryRefused`, `Interrupted`.
  package static func gradient(_ X: Features, _ G: Matrix, precision: Precision) throws -> Matrix {
    try ShapeMismatch.check("Xᵀ G", columns: X.rows, rows: G.rows)
    return try pass(over: X, classes: G.columns, precision).gradient(G)
  }

  /// Both products in one pass over X, or over the rows of it that `rows` lists, which may repeat:
  /// S = X W, `body` turns each panel of S into one of G, and Xᵀ G is added up.
  ///
  /// - Parameter finish: called once for every entry, unless there are no rows; nothing throws
  ///   after its first call.
  /// - Returns: Xᵀ G, D×K.
  /// - Throws: `ShapeMismatch`, `MemoryRefused`, `Interrupted`, or what `body` throws.
  package static func pass(
    _ X: Features, _ W: Matrix, rows: [Int]? = nil, precision: Precision,
    finish: Finish? = nil,
    body: Body
  ) throws -> Matrix {
    try ShapeMismatch.check("X W", columns: X.columns, rows: W.rows)
    if let few = SmallBatchPass(X, rows, classes: W.columns) {
      return try few.run(W, finish: finish, body)
    }
    return try pass(over: X, rows, classes: W.columns, precision).run(W, finish: finish, body)
  }

  /// The pass for the form that the rows are kept in.
  private static func pass(
    over X: Features, _ rows: [Int]? = nil, classes: Int, _ precision: Precision
  ) -> RowPass {
    if let sparse = SparsePass(X, rows, classes: classes) { return .sparse(sparse) }
    return switch precision {
    case .double: .double(DensePass(DecodedRows<Double>(X, rows), classes: classes))
    case .single: .single(DensePass(DecodedRows<Float>(X, rows), classes: classes))
    }
  }
}

/// Both products over chosen rows of X, for each form of rows. It is not a protocol, since generic
/// code behind one would not be specialized for its scalar.
private enum RowPass {
  case sparse(SparsePass)
  case double(DensePass<Double>)
  case single(DensePass<Float>)

  /// X W, N×K.
  func scores(_ W: Matrix) throws -> Matrix {
    switch self {
    case .sparse(let pass): try pass.scores(W)
    case .double(let pass): try pass.scores(W)
    case .single(let pass): try pass.scores(W)
    }
  }

  /// Xᵀ G, D×K.
  func gradient(_ G: Matrix) throws -> Matrix {
    switch self {
    case .sparse(let pass): try pass.gradient(G)
    case .double(let pass): try pass.gradient(G)
    case .single(let pass): try pass.gradient(G)
    }
  }

  /// Scores, `body`, and Xᵀ G with the slopes that it leaves.
  func run(_ W: Matrix, finish: Products.Finish?, _ body: Products.Body) throws -> Matrix {
    switch self {
    case .sparse(let pass): try pass.run(W, finish: finish, body)
    case .double(let pass): try pass.run(W, finish: finish, body)
    case .single(let pass): try pass.run(W, finish: finish, body)
    }
  }
}

/// A product of matrices whose shapes don't fit.
public struct ShapeMismatch: Error, Sendable, Equatable, CustomStringConvertible {
  /// The product, as a formula.
  public let product: String
  /// Columns of the left factor.
  public let columns: Int
  /// Rows of the right factor.
  public let rows: Int

  /// One sentence with both numbers.
  public var description: String {
    "\(product): the left factor has \(columns) columns, and the right one \(rows) rows"
  }

  static func check(_ product: String, columns: Int, rows: Int) throws {
    if columns != rows { throw ShapeMismatch(product: product, columns: columns, rows: rows) }
  }
}
