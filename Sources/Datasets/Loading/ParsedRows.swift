import LinearAlgebra
import Text

/// Rows of numbers with their labels, as a part of a text gave them. The numbers are in memory
/// once: what makes features of them takes them away.
struct ParsedRows: Sendable {
  /// The numbers, row by row; of sparse rows, the stored ones.
  let values = PageList<Double>()
  /// The column of each number of sparse rows, ascending in each row.
  let indices = PageList<Int32>()
  /// The end of each sparse row among the numbers.
  var ends: [Int] = []
  /// The labels of the rows; none where there are no labels.
  var labels = LabelTable()
  /// The number of rows.
  var count = 0

  /// The features of consecutive parts, dense rows in the narrowest form. The parts lose their
  /// numbers.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  static func features(_ parts: [ParsedRows], columns: Int) throws -> Features {
    var firsts = [0]
    for part in parts { firsts.append(firsts[firsts.count - 1] + part.count) }
    let (rows, starts) = (firsts[parts.count], firsts)
    let forms = try Parallel.map(parts.count) { p in
      try Interruption.check()
      var form = NarrowestForm()
      form.include(parts[p].values.elements)
      return form
    }
    let form = forms.reduce(into: NarrowestForm()) { $0.include($1) }
    /// Calls `write` with the place of the first number of each part, and its numbers.
    func forEachPart(
      _ write: @Sendable (Int, UnsafeBufferPointer<Double>) throws -> Void
    ) throws {
      try Parallel.forEach(parts.count) { p in
        try Interruption.check()
        try write(starts[p], parts[p].values.elements)
        parts[p].values.removeAll()
      }
    }
    if form.areBytes {
      return Features(
        try ByteMatrix(mostRows: rows, columns: columns) { target in
          nonisolated(unsafe) let target = target
          try forEachPart { first, values in
            for k in 0..<values.count { target[first * columns + k] = UInt8(values[k]) }
          }
          return rows
        })
    }
    if form.areSingles {
      return Features(
        try SingleMatrix(uninitializedRows: rows, columns: columns) { target, stride in
          let place = UncheckedSendable(target)
          try forEachPart { first, values in
            for k in 0..<values.count {
              let (i, j) = k.quotientAndRemainder(dividingBy: columns)
              place.value[(first + i) * stride + j] = Float(values[k])
            }
          }
        })
    }
    try MemoryLimit.require(rows: rows, columns: columns, bytesPerEntry: 8)
    let buffer = Buffer(uninitialized: rows * columns)
    try forEachPart { first, values in
      if let base = values.baseAddress {
        (buffer.pointer + first * columns).update(from: base, count: values.count)
      }
    }
    return Features(DoubleMatrix(Matrix(rows: rows, columns: columns, sharing: buffer)))
  }

  /// The features of consecutive parts of sparse rows. The parts lose their numbers.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  static func sparseFeatures(_ parts: [ParsedRows], columns: Int) throws -> Features {
    var starts = [0]
    for part in parts {
      let first = starts[starts.count - 1]
      for end in part.ends { starts.append(first + end) }
    }
    let entries = try SparseEntries(capacity: starts[starts.count - 1])
    var k = 0
    for part in parts {
      try Interruption.check()
      if let indices = part.indices.elements.baseAddress,
        let values = part.values.elements.baseAddress
      {
        (entries.indices + k).update(from: indices, count: part.values.count)
        (entries.values + k).update(from: values, count: part.values.count)
      }
      k += part.values.count
      part.indices.removeAll()
      part.values.removeAll()
    }
    return Features(
      SparseMatrix(
        rows: starts.count - 1, columns: columns, rowStarts: starts, takingOver: entries))
  }

  /// The labels and classes of consecutive parts; one class "0" where there are no labels.
  ///
  /// - Throws: `Interrupted`.
  static func labels(
    _ parts: [ParsedRows], areThere: Bool
  ) throws -> (labels: [Int], classes: [String]) {
    areThere
      ? try LabelTable.joined(parts.map(\.labels)).numbered()
      : ([Int](repeating: 0, count: parts.reduce(0) { $0 + $1.count }), ["0"])
  }
}

extension LabelColumn {
  /// The column of the labels among some names; nil for none.
  ///
  /// - Throws: `DataError` where there is no such column, or no other one.
  func place(in names: [String], path: String) throws(DataError) -> Int? {
    let column: Int
    switch self {
    case .none: return nil
    case .first: column = 0
    case .last: column = names.count - 1
    case .named(let name):
      guard let found = names.firstIndex(of: name) else {
        throw DataError(
          "there is no column \(Escaping.excerpt(name))", path: path,
          help: (Spelling.nearest(to: name, in: names).map { "did you mean \($0)? " } ?? "")
            + "columns: \(NameList.text(names))")
      }
      column = found
    case .auto:
      let usual = ["label", "class", "target", "y", "species"]
      column = names.firstIndex { usual.contains($0.lowercased()) } ?? names.count - 1
    }
    guard names.count > 1 else {
      throw DataError(
        "there is one column only, and the labels take it", path: path,
        help: "label=none takes it as a feature")
    }
    return column
  }
}
