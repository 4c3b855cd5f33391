import Text
import LinearAlgebra

/// One-hot encoding: columns of texts become a column for each text, named `city=Berlin`, which is
/// 1 in the rows that hold it and 0 elsewhere. Texts are ordered by code point. A row without a
/// text has zeros in all of them.
struct OneHotColumns {
  /// The largest number of different texts of a column.
  static let mostTexts = 1000

  /// The number of rows from which a column whose texts all differ is refused: it names the rows.
  private static let fewRows = 10

  /// The features, N×D.
  let features: Features
  /// Their names, D.
  let names: [String]

  /// The categories of a column.
  private struct Categories {
    /// In order.
    let texts: [String]
    /// The place of each number of the table among `texts`; −1 for a missing text.
    let places: [Int]
  }

  /// Encodes texts, and puts them where their columns were.
  ///
  /// - Parameters:
  ///   - numbers: the columns of numbers.
  ///   - texts: the content of each column of texts.
  /// - Throws: `DataError` for a column with too many texts; `MemoryRefused`, `Interrupted`.
  init(_ numbers: Features, _ texts: [LabelTable], _ plan: TablePlan, path: String) throws {
    let categories = try zip(texts, plan.texts).map { table, column in
      try Self.categories(table, rows: numbers.rows, title: plan.title(column), path: path)
    }
    var names: [String] = []
    var (numberPlaces, firsts) = ([Int](), [Int]())
    for (column, kind) in plan.kinds.enumerated() {
      switch kind {
      case .number:
        numberPlaces.append(names.count)
        names.append(plan.featureName(column))
      case .text:
        let name = plan.featureName(column)
        names += categories[firsts.count].texts.map { "\(name)=\($0)" }
        firsts.append(names.count - categories[firsts.count].texts.count)
      case .label, .dropped: break
      }
    }
    self.names = names
    let layout = Layout(
      numbers: numbers, numberPlaces: numberPlaces, columns: names.count,
      ones: zip(zip(texts, categories), firsts).map { pair, first in
        Ones(numbers: pair.0.numbers, places: pair.1.places, first: first)
      })
    features = try layout.features()
  }

  private static func categories(
    _ table: LabelTable, rows: Int, title: String, path: String
  ) throws(DataError) -> Categories {
    let texts = table.texts.map { String(decoding: $0, as: UTF8.self) }
    // A missing text is stored as an empty one.
    let present = Set(texts).subtracting([""])
      .sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    let help = "drop=\(title.dropFirst("column ".count)) leaves the column out"
    if present.count == rows, rows > fewRows {
      throw DataError(
        "\(title) holds another text in every row: it names the rows, and is no feature",
        path: path, help: help)
    }
    if present.count > mostTexts {
      throw DataError(
        "\(title) holds \(NumberText.grouped(present.count)) different texts, and each would be a"
          + " feature: at most \(mostTexts) are encoded", path: path, help: help)
    }
    let order = Dictionary(uniqueKeysWithValues: present.enumerated().map { ($1, $0) })
    return Categories(texts: present, places: texts.map { order[$0] ?? -1 })
  }

  /// The ones of a column of texts.
  private struct Ones: Sendable {
    /// The number of each row's text in its table.
    let numbers: [Int]
    let places: [Int]
    /// The column of the first text.
    let first: Int

    /// The column of the one in a row; nil where the text is missing.
    func column(ofRow i: Int) -> Int? {
      let place = places[numbers[i]]
      return place < 0 ? nil : first + place
    }
  }

  /// Where numbers and ones are in the rows.
  private struct Layout: Sendable {
    let numbers: Features
    /// The column of each number of a row.
    let numberPlaces: [Int]
    let columns: Int
    let ones: [Ones]

    /// Sparse rows where they take less memory than dense ones, which are as narrow as the numbers.
    func features() throws -> Features {
      let rows = numbers.rows
      let entryBytes = numbers.entryBytes
      let sparse = 12 * (numberPlaces.count + ones.count) + 8
      if sparse < columns * entryBytes { return Features(try sparseMatrix()) }
      let layout = self
      switch entryBytes {
      case 1:
        return Features(
          try ByteMatrix(rows: rows, columns: columns) { target in
            nonisolated(unsafe) let target = target
            try layout.forEachRow { i, row in
              for j in 0..<layout.columns { target[i * layout.columns + j] = UInt8(row[j]) }
            }
          })
      case 4:
        let room = TypedScratch<Double>(columns)
        let raw = TypedScratch<Double>(max(1, numberPlaces.count))
        return Features(
          try SingleMatrix(rows: rows, columns: columns) { i, row in
            if i % 256 == 0 { try Interruption.check() }
            layout.write(i, raw.pointer, room.pointer)
            for j in 0..<layout.columns { row[j] = Float(room.pointer[j]) }
          })
      default:
        try MemoryLimit.require(rows: rows, columns: columns, bytesPerEntry: 8)
        let buffer = Buffer(uninitialized: rows * columns)
        try forEachRow { i, row in
          (buffer.pointer + i * layout.columns).update(from: row, count: layout.columns)
        }
        return Features(DoubleMatrix(Matrix(rows: rows, columns: columns, sharing: buffer)))
      }
    }

    private func forEachRow(
      _ body: @Sendable (Int, UnsafeMutablePointer<Double>) -> Void
    ) throws {
      try Parallel.forEachBlock(of: numbers.rows, costEach: 2 * columns) { block in
        try Interruption.check()
        let room = TypedScratch<Double>(columns)
        let raw = TypedScratch<Double>(max(1, numberPlaces.count))
        for i in block {
          write(i, raw.pointer, room.pointer)
          body(i, room.pointer)
        }
      }
    }

    /// Writes row `i`; `raw` is scratch for its numbers.
    private func write(
      _ i: Int, _ raw: UnsafeMutablePointer<Double>, _ row: UnsafeMutablePointer<Double>
    ) {
      row.update(repeating: 0, count: columns)
      numbers.write(row: i, to: raw)
      for (j, place) in numberPlaces.enumerated() { row[place] = raw[j] }
      for texts in ones { if let column = texts.column(ofRow: i) { row[column] = 1 } }
    }

    private func sparseMatrix() throws -> SparseMatrix {
      let rows = numbers.rows
      let raw = TypedScratch<Double>(max(1, numberPlaces.count))
      let row = TypedScratch<Double>(columns)
      var starts = [0]
      starts.reserveCapacity(rows + 1)
      for i in 0..<rows {
        if i % 256 == 0 { try Interruption.check() }
        write(i, raw.pointer, row.pointer)
        var count = 0
        for j in 0..<columns where row.pointer[j].bitPattern != 0 { count += 1 }
        starts.append(starts[i] + count)
      }
      return try SparseMatrix(rows: rows, columns: columns, rowStarts: starts) { indices, values in
        var k = 0
        for i in 0..<rows {
          if i % 256 == 0 { try Interruption.check() }
          write(i, raw.pointer, row.pointer)
          for j in 0..<columns where row.pointer[j].bitPattern != 0 {
            (indices[k], values[k]) = (Int32(truncatingIfNeeded: j), row.pointer[j])
            k += 1
          }
        }
      }
    }
  }
}

extension Features {
  /// Bytes of an entry of dense rows; those of a double for sparse ones.
  var entryBytes: Int {
    switch storage.denseRows {
    case .bytes: 1
    case .single: 4
    case .double, nil: 8
    }
  }
}
