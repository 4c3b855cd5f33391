/// The two products that all learning is made of, over features in any form.
///
/// Results have the same bits for any number of threads; an entry does not depend on the classes
/// beside it. Losses and slopes are doubles, whatever the products compute in. Sparse
/// features, and a few rows alone, are always computed in double.
public enum Products {
  /// S = X W, N×K; W is D×K.
  ///
  /// - Throws: `ShapeMismatch`, `MemoryRefused`, `Interrupted`.
  public static func scores(_ X: Features, _ W: Matrix, precision: Precision) throws -> Matrix {
    try ShapeMismatch.check("X W", columns: X.columns, rows: W.rows)
    if let sparse = SparsePass(X, nil, classes: W.columns) { return try sparse.scores(W) }
    switch precision {
    case .double: return try DensePass(DecodedRows<Double>(X), classes: W.columns).scores(W)
    case .single: return try DensePass(DecodedRows<Float>(X), classes: W.columns).scores(W)
    }
  }

  /// Xᵀ G, D×K; G is N×K.
  ///
  /// - Throws: `ShapeMismatch`, `MemoryRefused`, `Interrupted`.
  public static func gradient(_ X: Features, _ G: Matrix, precision: Precision) throws -> Matrix {
    try ShapeMismatch.check("Xᵀ G", columns: X.rows, rows: G.rows)
    if let sparse = SparsePass(X, nil, classes: G.columns) { return try sparse.gradient(G) }
    switch precision {
    case .double: return try DensePass(DecodedRows<Double>(X), classes: G.columns).gradient(G)
    case .single: return try DensePass(DecodedRows<Float>(X), classes: G.columns).gradient(G)
    }
  }

  /// Loss and gradient in one pass over X, or over the rows of it that `rows` lists, which may
  /// repeat: S = X W, `body` turns each panel of S into one of G, and Xᵀ G is added up.
  ///
  /// - Parameters:
  ///   - body: Gets the positions in the pass that a panel covers, and their scores, n×K; leaves
  ///     the slopes G in their place and returns the sum of their losses. Runs on several threads.
  ///   - finish: Gets each range of entries of Xᵀ G, row by row, once they are final and still in
  ///     the cache, on several threads; nothing throws any more when the first is given.
  /// - Returns: The sum of what `body` returned, and Xᵀ G, D×K.
  /// - Throws: `ShapeMismatch`, `MemoryRefused`, `Interrupted`, or what `body` throws.
  public static func pass(
    _ X: Features, _ W: Matrix, rows: [Int]? = nil, precision: Precision,
    finish: (@Sendable (Range<Int>, UnsafeMutablePointer<Double>) -> Void)? = nil,
    body:
      @Sendable (
        _ positions: Range<Int>, _ scores: UnsafeMutablePointer<Double>
      ) throws -> Double
  ) throws -> (loss: Double, gradient: Matrix) {
    try ShapeMismatch.check("X W", columns: X.columns, rows: W.rows)
    if let sparse = SparsePass(X, rows, classes: W.columns) {
      return try sparse.run(W, finish: finish, body)
    }
    if let few = SmallBatchPass(X, rows, classes: W.columns) {
      return try few.run(W, finish: finish, body)
    }
    switch precision {
    case .double:
      let pass = DensePass(DecodedRows<Double>(X, rows), classes: W.columns)
      return try pass.run(W, finish: finish, body)
    case .single:
      let pass = DensePass(DecodedRows<Float>(X, rows), classes: W.columns)
      return try pass.run(W, finish: finish, body)
    }
  }
}

/// Two matrices whose product does not exist.
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
