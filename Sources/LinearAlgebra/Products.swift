/// The two products that all learning is made of, over features in any form.
public enum Products {
  /// S = X W, N×K; W is D×K.
  public static func scores(_ X: Features, _ W: Matrix, precision: Precision) throws -> Matrix {
    precondition(W.rows == X.columns)
    return Reference.scores(X, W)
  }

  /// Xᵀ G, D×K; G is N×K.
  public static func gradient(_ X: Features, _ G: Matrix, precision: Precision) throws -> Matrix {
    precondition(G.rows == X.rows)
    return Reference.gradient(X, G)
  }

  /// Loss and gradient in one pass over X.
  public static func pass(
    _ X: Features, _ W: Matrix, rows: [Int]? = nil, precision: Precision,
    body:
      @Sendable (
        _ positions: Range<Int>, _ scores: UnsafeMutablePointer<Double>
      ) throws -> Double
  ) throws -> (loss: Double, gradient: Matrix) {
    let batch = rows.map { X.selecting($0) } ?? X
    let S = try scores(batch, W, precision: precision)
    let loss = try body(0..<batch.rows, S.buffer.pointer)
    return (loss, try gradient(batch, S, precision: precision))
  }
}

extension Matrix {
  /// The matrix product; `other.rows` must be `columns`.
  public func product(with other: Matrix) throws -> Matrix {
    precondition(columns == other.rows)
    return Reference.product(self, other)
  }

  /// The transpose, a new matrix.
  public var transposed: Matrix {
    let buffer = Buffer(uninitialized: count)
    for i in 0..<rows {
      for j in 0..<columns { buffer.pointer[j * rows + i] = self.buffer.pointer[i * columns + j] }
    }
    return Matrix(rows: columns, columns: rows, sharing: buffer)
  }
}
