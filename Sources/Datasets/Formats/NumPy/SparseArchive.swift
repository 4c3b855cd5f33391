import LinearAlgebra

/// A sparse matrix as `scipy.sparse.save_npz` writes it: arrays `format`, `shape`, `data` and the
/// places of the entries. It has no labels, so that all rows are of the one class "0".
struct SparseArchive {
  private let layout: String
  private let rows: Int
  private let columns: Int
  private let member: (String) -> NumPyData?
  private let path: String

  /// The matrix of an archive; nil where it is none.
  ///
  /// - Parameter stored: the bytes of the archive.
  /// - Throws: `DataError` where it can't be read, `MemoryRefused`, `Interrupted`.
  init?(_ member: @escaping (String) -> NumPyData?, path: String, stored: Int) throws {
    guard let format = member("format"), let shape = member("shape"), format.isText,
      member("data") != nil, let layout = try format.texts().first
    else { return nil }
    self.member = member
    self.path = path
    self.layout = layout
    let sizes = try shape.array().values.compactMap { Int(exactly: $0) }
    guard sizes.count == 2, sizes.allSatisfy({ $0 >= 0 }) else {
      throw DataError("shape is not rows and columns of the sparse matrix", path: path)
    }
    guard ["csr", "csc", "coo"].contains(layout) else {
      throw DataError(
        "sparse matrices of the layout \"\(layout)\" are not read", path: path,
        help: "layouts that are: csr, csc and coo; save A.tocsr()")
    }
    (rows, columns) = (sizes[0], sizes[1])
    try checkSizes(stored)
  }

  /// A matrix by its columns, as MATLAB has it, with scipy's names of the arrays.
  ///
  /// - Parameter stored: the bytes of the file.
  /// - Throws: `DataError` where it has too many rows or columns.
  init(
    columns size: (rows: Int, columns: Int), path: String, stored: Int,
    _ member: @escaping (String) -> NumPyData?
  ) throws {
    (layout, rows, columns, self.member, self.path) = ("csc", size.rows, size.columns, member, path)
    try checkSizes(stored)
  }

  private func checkSizes(_ stored: Int) throws {
    guard columns <= SparseMatrix.mostColumns, rows <= SparseMatrix.mostColumns else {
      throw DataError(
        "the sparse matrix has \(max(rows, columns)) rows or columns, more than 2³¹ − 1",
        path: path)
    }
    // Entries by their places need no byte for an empty row, and rows in memory do.
    guard ExpansionLimit(stored: stored).allows(16 * rows) else {
      throw DataError(
        "the sparse matrix announces \(rows) rows, more than \(stored) bytes suggest",
        path: path, help: "save A[A.getnnz(1) > 0], without its empty rows")
    }
  }

  /// The matrix as a dataset.
  ///
  /// - Throws: `DataError` where entries are missing or outside of the matrix, `MemoryRefused`,
  ///   `Interrupted`.
  func dataset(name: String) throws -> Dataset {
    let features = try features()
    return try Dataset(
      features: features, labels: [Int](repeating: 0, count: rows), classes: ["0"], name: name)
  }

  /// The matrix as features.
  ///
  /// - Throws: as `dataset`.
  func features() throws -> Features {
    guard rows > 0, columns > 0 else { throw DataError("the sparse matrix is empty", path: path) }
    try MemoryLimit.require(rows: rows, columns: 2, bytesPerEntry: 8)
    return Features(try matrix())
  }

  private func matrix() throws -> SparseMatrix {
    let data = try vector("data")
    switch layout {
    case "csr":
      let columnOf = try places("indices", data.count)
      let starts = try starts(rows, data.count)
      return try inOrder(starts, columnOf, data)
        ?? sorted(starts, all(columnOf, "indices", below: columns), all(data))
    case "csc":
      let indices = try all(places("indices", data.count), "indices", below: rows)
      let starts = try starts(columns, data.count)
      var own = [Int32](repeating: 0, count: data.count)
      for j in 0..<columns { for k in starts[j]..<starts[j + 1] { own[k] = Int32(j) } }
      return try byRows(indices, own, all(data))
    default:
      return try byRows(
        all(places("row", data.count), "row", below: rows),
        all(places("col", data.count), "col", below: columns), all(data))
    }
  }

  private func vector(_ name: String) throws -> NumPyData {
    guard let data = member(name) else {
      throw DataError("the sparse matrix lacks the array \(name)", path: path)
    }
    guard !data.isText, data.shape.count == 1 else {
      throw DataError("the array \(name) is no vector of numbers", path: path)
    }
    return data
  }

  /// The rows or columns of so many entries.
  private func places(_ name: String, _ count: Int) throws -> NumPyData {
    let data = try vector(name)
    guard data.count == count else {
      throw DataError("there are \(count) entries, and \(data.count) of \(name)", path: path)
    }
    return data
  }

  /// Writes rows or columns, which must be in the matrix.
  private func write(
    _ data: NumPyData, _ name: String, below limit: Int, to target: UnsafeMutablePointer<Int32>
  ) throws {
    let (place, path) = (UncheckedSendable(target), path)
    try data.forEachBlock { block, numbers in
      for k in block {
        let number = numbers[k - block.lowerBound]
        guard let index = Int32(exactly: number), index >= 0, index < limit else {
          throw DataError(
            "entry \(k + 1) of \(name) is \(number), and must be from 0 to \(limit - 1)",
            path: path)
        }
        place.value[k] = index
      }
    }
  }

  private func write(_ data: NumPyData, to target: UnsafeMutablePointer<Double>) throws {
    let place = UncheckedSendable(target)
    try data.forEachBlock { block, numbers in
      (place.value + block.lowerBound).update(from: numbers, count: block.count)
    }
  }

  private func all(_ data: NumPyData, _ name: String, below limit: Int) throws -> [Int32] {
    try MemoryLimit.require(rows: data.count, columns: 1, bytesPerEntry: 4)
    var places = [Int32](repeating: 0, count: data.count)
    try places.withUnsafeMutableBufferPointer { target in
      if let base = target.baseAddress { try write(data, name, below: limit, to: base) }
    }
    return places
  }

  private func all(_ data: NumPyData) throws -> [Double] {
    try MemoryLimit.require(rows: data.count, columns: 1, bytesPerEntry: 8)
    var values = [Double](repeating: 0, count: data.count)
    try values.withUnsafeMutableBufferPointer { target in
      if let base = target.baseAddress { try write(data, to: base) }
    }
    return values
  }

  /// Entries that are not in the order of their columns.
  private struct OutOfOrder: Error {}

  /// The matrix of rows whose columns ascend, without a copy of them; nil for others.
  private func inOrder(_ starts: [Int], _ columnOf: NumPyData, _ data: NumPyData) throws
    -> SparseMatrix?
  {
    do {
      return try SparseMatrix(rows: rows, columns: columns, rowStarts: starts) { indices, values in
        guard let firstIndex = indices.baseAddress, let firstValue = values.baseAddress else {
          return
        }
        try write(columnOf, "indices", below: columns, to: firstIndex)
        guard try areAscending(starts, UnsafeBufferPointer(indices)) else { throw OutOfOrder() }
        try write(data, to: firstValue)
      }
    } catch is OutOfOrder {
      return nil
    }
  }

  /// Whether columns ascend in each row, without repeats.
  private func areAscending(
    _ starts: [Int], _ indices: UnsafeBufferPointer<Int32>
  ) throws -> Bool {
    try Interruption.allSatisfy(rows, costEach: 1 + indices.count / rows) { i in
      (starts[i] + 1..<max(starts[i] + 1, starts[i + 1])).allSatisfy {
        indices[$0 - 1] < indices[$0]
      }
    }
  }

  /// The first entry of each row or column, and the end of the last.
  private func starts(_ count: Int, _ entries: Int) throws -> [Int] {
    let numbers = try all(vector("indptr")).compactMap { Int(exactly: $0) }
    guard numbers.count == count + 1, numbers[0] == 0, numbers[count] == entries,
      try Interruption.allSatisfy(count, { numbers[$0] <= numbers[$0 + 1] })
    else {
      throw DataError(
        "indptr does not ascend from 0 to the \(entries) entries in \(count) steps", path: path)
    }
    return numbers
  }

  /// Entries in any order, brought into that of rows; those of one row keep theirs.
  private func byRows(_ rowOf: [Int32], _ columnOf: [Int32], _ values: [Double]) throws
    -> SparseMatrix
  {
    var starts = [Int](repeating: 0, count: rows + 1)
    for row in rowOf { starts[Int(row) + 1] += 1 }
    for i in 0..<rows { starts[i + 1] += starts[i] }
    var next = starts
    var indices = [Int32](repeating: 0, count: values.count)
    var ordered = [Double](repeating: 0, count: values.count)
    try Interruption.forEachRange(of: values.count, costEach: 8) { range in
      for k in range {
        let row = Int(rowOf[k])
        indices[next[row]] = columnOf[k]
        ordered[next[row]] = values[k]
        next[row] += 1
      }
    }
    return try sorted(starts, indices, ordered)
  }

  /// Rows with their columns in order. Entries at one place are added, as scipy does.
  private func sorted(_ starts: [Int], _ indices: [Int32], _ values: [Double]) throws
    -> SparseMatrix
  {
    if try indices.withUnsafeBufferPointer({ try areAscending(starts, $0) }) {
      return try SparseMatrix(
        rows: rows, columns: columns, rowStarts: starts, columnIndices: indices, values: values)
    }
    var newStarts = [0]
    var (newIndices, newValues): ([Int32], [Double]) = ([], [])
    newIndices.reserveCapacity(values.count)
    newValues.reserveCapacity(values.count)
    for i in 0..<rows {
      if i % 64 == 0 { try Interruption.check() }
      let order = (starts[i]..<starts[i + 1]).sorted { (indices[$0], $0) < (indices[$1], $1) }
      for k in order {
        if newIndices.count > newStarts[i], newIndices.last == indices[k] {
          newValues[newValues.count - 1] += values[k]
        } else {
          newIndices.append(indices[k])
          newValues.append(values[k])
        }
      }
      newStarts.append(newIndices.count)
    }
    return try SparseMatrix(
      rows: rows, columns: columns, rowStarts: newStarts, columnIndices: newIndices,
      values: newValues)
  }
}
