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
      let starts = try starts(rows, data.count)
      let columnOf = try places("indices", data.count)
      return try inOrder(try taken(columnOf, data) ?? copied(columnOf, data), starts)
    case "csc":
      let starts = try starts(columns, data.count)
      return try byRows(places("indices", data.count), "indices", .starts(starts), data)
    default:
      return try byRows(
        places("row", data.count), "row", .each(places("col", data.count)), data)
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

  /// The row or column of entry `k`, which must be in the matrix.
  private static func index(
    _ number: Double, of k: Int, _ name: String, below limit: Int, _ path: String
  ) throws(DataError) -> Int32 {
    guard let index = Int32(exactly: number), index >= 0, index < limit else {
      throw DataError(
        "entry \(k + 1) of \(name) is \(number), and must be from 0 to \(limit - 1)", path: path)
    }
    return index
  }

  /// The memory of the entries of rows, where they are as they are needed; nil for others.
  private func taken(_ columnOf: NumPyData, _ data: NumPyData) throws -> SparseEntries? {
    guard let indices = try columnOf.takenEntries(.int(4), as: Int32.self),
      let values = try data.takenEntries(.float(8), as: Double.self)
    else { return nil }
    try Interruption.forEachRange(of: data.count, costEach: 1) { range in
      for k in range where indices.pointer[k] < 0 || indices.pointer[k] >= columns {
        _ = try Self.index(Double(indices.pointer[k]), of: k, "indices", below: columns, path)
      }
    }
    return SparseEntries(
      takingOver: indices.pointer, values.pointer, count: data.count,
      of: [indices.owner, values.owner])
  }

  private func copied(_ columnOf: NumPyData, _ data: NumPyData) throws -> SparseEntries {
    let entries = try SparseEntries(capacity: data.count)
    try write(columnOf, "indices", below: columns, to: entries.indices)
    try write(data, to: entries.values)
    return entries
  }

  private func write(
    _ data: NumPyData, _ name: String, below limit: Int, to target: UnsafeMutablePointer<Int32>
  ) throws {
    let (place, path) = (UncheckedSendable(target), path)
    try data.forEachBlock { block, numbers in
      for k in block {
        place.value[k] = try Self.index(
          numbers[k - block.lowerBound], of: k, name, below: limit, path)
      }
    }
  }

  private func write(_ data: NumPyData, to target: UnsafeMutablePointer<Double>) throws {
    let place = UncheckedSendable(target)
    try data.forEachBlock { block, numbers in
      (place.value + block.lowerBound).update(from: numbers, count: block.count)
    }
  }

  /// Whether columns ascend in each row, without repeats.
  private func areAscending(_ entries: SparseEntries, _ starts: [Int]) throws -> Bool {
    try Interruption.allSatisfy(rows, costEach: 1 + entries.capacity / rows) { i in
      (starts[i] + 1..<max(starts[i] + 1, starts[i + 1])).allSatisfy {
        entries.indices[$0 - 1] < entries.indices[$0]
      }
    }
  }

  /// The first entry of each row or column, and the end of the last.
  private func starts(_ count: Int, _ entries: Int) throws -> [Int] {
    let numbers = try vector("indptr").array().values.compactMap { Int(exactly: $0) }
    guard numbers.count == count + 1, numbers[0] == 0, numbers[count] == entries,
      try Interruption.allSatisfy(count, { numbers[$0] <= numbers[$0 + 1] })
    else {
      throw DataError(
        "indptr does not ascend from 0 to the \(entries) entries in \(count) steps", path: path)
    }
    return numbers
  }

  // MARK: Order

  /// What says the column of each entry.
  private enum EntryColumns {
    /// The entries of one column after those of another, by the first of each and the end.
    case starts([Int])
    case each(NumPyData)
  }

  /// Entries in any order, brought into that of rows; those of one row keep theirs. They are read
  /// twice, in blocks, so that they are in memory once.
  private func byRows(
    _ rowOf: NumPyData, _ rowName: String, _ columnOf: EntryColumns, _ data: NumPyData
  ) throws -> SparseMatrix {
    // The place of the next entry of each row; a pointer, as each access to a captured array is
    // checked at run time.
    let places = TypedScratch<Int>(rows)
    let next = places.pointer
    next.update(repeating: 0, count: rows)
    try NumPyData.forEachBlockInOrder(of: [rowOf]) { block, numbers in
      for k in block {
        let row = numbers[0][k - block.lowerBound]
        next[Int(try Self.index(row, of: k, rowName, below: rows, path))] += 1
      }
    }
    var starts = [0]
    starts.reserveCapacity(rows + 1)
    for i in 0..<rows {
      starts.append(starts[i] + next[i])
      next[i] = starts[i]
    }
    let entries = try SparseEntries(capacity: data.count)
    let (indices, values, ends) = (entries.indices, entries.values, starts)
    func put(_ k: Int, row: Double, column: Int32, value: Double) throws(DataError) {
      let row = Int(try Self.index(row, of: k, rowName, below: rows, path))
      let place = next[row]
      // A file that changes meanwhile may say something else than before.
      guard place < ends[row + 1] else {
        throw DataError("the file changed while it was read", path: path)
      }
      (indices[place], values[place]) = (column, value)
      next[row] = place + 1
    }
    switch columnOf {
    case .starts(let ends):
      var last = 0
      try NumPyData.forEachBlockInOrder(of: [rowOf, data]) { block, numbers in
        var column = last
        for k in block {
          while k >= ends[column + 1] { column += 1 }
          let b = k - block.lowerBound
          try put(k, row: numbers[0][b], column: Int32(column), value: numbers[1][b])
        }
        last = column
      }
    case .each(let columnOf):
      try NumPyData.forEachBlockInOrder(of: [rowOf, columnOf, data]) { block, numbers in
        for k in block {
          let b = k - block.lowerBound
          let column = try Self.index(numbers[1][b], of: k, "col", below: columns, path)
          try put(k, row: numbers[0][b], column: column, value: numbers[2][b])
        }
      }
    }
    withExtendedLifetime(places) {}
    return try inOrder(entries, starts)
  }

  /// Rows with their columns in order. Entries at one place are added, as scipy does.
  private func inOrder(_ entries: SparseEntries, _ starts: [Int]) throws -> SparseMatrix {
    if try areAscending(entries, starts) {
      return SparseMatrix(rows: rows, columns: columns, rowStarts: starts, takingOver: entries)
    }
    let (indices, values) = (entries.indices, entries.values)
    var newStarts = [0]
    newStarts.reserveCapacity(rows + 1)
    var place = 0
    for i in 0..<rows {
      if i % 64 == 0 { try Interruption.check() }
      let row = (starts[i]..<starts[i + 1]).map { (index: indices[$0], value: values[$0], k: $0) }
      // They go where they or earlier ones were.
      for entry in row.sorted(by: { ($0.index, $0.k) < ($1.index, $1.k) }) {
        if place > newStarts[i], indices[place - 1] == entry.index {
          values[place - 1] += entry.value
        } else {
          (indices[place], values[place]) = (entry.index, entry.value)
          place += 1
        }
      }
      newStarts.append(place)
    }
    return SparseMatrix(rows: rows, columns: columns, rowStarts: newStarts, takingOver: entries)
  }
}
