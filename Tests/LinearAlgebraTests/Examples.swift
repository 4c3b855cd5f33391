import LinearAlgebra

/// Numbers that look random, of both signs.
func randomMatrix(_ rows: Int, _ columns: Int, seed: UInt64 = 1) -> Matrix {
  var stream = RandomStream(seed: seed, key: "matrix", count: UInt64(rows * 10_000 + columns))
  return Matrix(rows: rows, columns: columns, (0..<rows * columns).map { _ in stream.normal() })
}

/// Bytes that look random.
func randomBytes(_ rows: Int, _ columns: Int) throws -> ByteMatrix {
  var stream = RandomStream(seed: 2, key: "bytes", count: UInt64(rows * 10_000 + columns))
  return try ByteMatrix(rows: rows, columns: columns) { target in
    for i in 0..<target.count { target[i] = UInt8(stream.integer(below: 256)) }
  }
}

/// Bytes of which about an eighth is not zero: ones only, or any.
func fewBytes(_ rows: Int, _ columns: Int, onesOnly: Bool = false) throws -> ByteMatrix {
  var stream = RandomStream(seed: 4, key: "few", count: UInt64(rows * 10_000 + columns))
  return try ByteMatrix(rows: rows, columns: columns) { target in
    for i in 0..<target.count where stream.integer(below: 8) == 0 {
      target[i] = onesOnly ? 1 : UInt8(1 + stream.integer(below: 255))
    }
  }
}

/// Singles that look random.
func randomSingles(_ rows: Int, _ columns: Int) throws -> SingleMatrix {
  let numbers = randomMatrix(rows, columns, seed: 3)
  return try SingleMatrix(rows: rows, columns: columns, numbers.entries.map { Float($0) })
}

/// Sparse rows, about a third of the entries not zero; some rows are empty.
func randomSparse(_ rows: Int, _ columns: Int, seed: UInt64 = 5) throws -> SparseMatrix {
  var stream = RandomStream(seed: seed, key: "sparse", count: UInt64(rows * 10_000 + columns))
  var starts = [0]
  var indices: [Int32] = []
  var values: [Double] = []
  for _ in 0..<rows {
    let isEmpty = stream.integer(below: 5) == 0
    for j in 0..<columns where !isEmpty && stream.integer(below: 3) == 0 {
      indices.append(Int32(j))
      values.append(stream.normal())
    }
    starts.append(indices.count)
  }
  return try SparseMatrix(
    rows: rows, columns: columns, rowStarts: starts, columnIndices: indices, values: values)
}

/// A mean and a scale for every column, and a bias column.
func somePreparation(_ columns: Int) -> Preparation {
  Preparation(
    mean: (0..<columns).map { 3 + Double($0 % 7) / 3 },
    scale: (0..<columns).map { 0.5 + Double($0 % 5) / 7 }, hasBias: true)
}

/// The largest difference of entries, relative to the largest entry of `b`.
func distance(_ a: Matrix, _ b: Matrix) -> Double {
  guard a.rows == b.rows && a.columns == b.columns else { return .infinity }
  let largest = b.entries.reduce(0) { max($0, abs($1)) }
  let worst = zip(a.entries, b.entries).reduce(0) { worst, pair in
    pair.0 == pair.1 ? worst : max(worst, abs(pair.0 - pair.1))
  }
  return worst.isNaN ? .infinity : largest == 0 ? worst : worst / largest
}

/// Columns of a matrix.
func columns(_ matrix: Matrix, _ range: Range<Int>) -> Matrix {
  var result = Matrix(rows: matrix.rows, columns: range.count)
  for i in 0..<matrix.rows {
    for (k, j) in range.enumerated() { result[i, k] = matrix[i, j] }
  }
  return result
}

/// Whether two matrices have the same bits.
func sameBits(_ a: Matrix, _ b: Matrix) -> Bool {
  a.rows == b.rows && a.columns == b.columns
    && zip(a.entries, b.entries).allSatisfy { $0.bitPattern == $1.bitPattern }
}
