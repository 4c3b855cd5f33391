/// Reference versions of the kernels, written to be read. Tests compare the fast ones with these.
package enum TextbookProducts {
  /// S = X W, N×K: each score is the sum over D in its order.
  package static func scores(_ X: Features, _ W: Matrix) -> Matrix {
    var S = Matrix(rows: X.rows, columns: W.columns)
    for i in 0..<X.rows {
      let x = X.row(i)
      for j in 0..<W.columns {
        var sum = 0.0
        for d in 0..<W.rows { sum += x[d] * W[d, j] }
        S[i, j] = sum
      }
    }
    return S
  }

  /// Xᵀ G, D×K: each entry is the sum over the samples in their order.
  package static func gradient(_ X: Features, _ G: Matrix) -> Matrix {
    var result = Matrix(rows: X.columns, columns: G.columns)
    for i in 0..<X.rows {
      let x = X.row(i)
      for d in 0..<X.columns {
        for j in 0..<G.columns { result[d, j] += x[d] * G[i, j] }
      }
    }
    return result
  }

  package static func product(_ A: Matrix, _ B: Matrix) -> Matrix {
    var C = Matrix(rows: A.rows, columns: B.columns)
    for i in 0..<A.rows {
      for j in 0..<B.columns {
        var sum = 0.0
        for k in 0..<A.columns { sum += A[i, k] * B[k, j] }
        C[i, j] = sum
      }
    }
    return C
  }
}
