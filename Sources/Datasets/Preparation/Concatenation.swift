import Glibc
import LinearAlgebra

/// Joins two sources as the training and the test part of one.
enum Concatenation {
  /// The split of two sources.
  static func split(
    train: DataLoader.One, test: DataLoader.One, remarks: LoadRemarks?
  ) throws -> Split {
    guard let trainPart = dataset(train.result, \.train) else {
      throw DataError("holds arrays that are no dataset", path: train.source.path)
    }
    // Where the source itself has parts, take its test part.
    guard let testPart = dataset(test.result, \.test) else {
      throw DataError("holds arrays that are no dataset", path: test.source.path)
    }
    let widens = train.reader.name == LIBSVMReader.name && test.reader.name == LIBSVMReader.name
    return try split(
      train: trainPart, test: testPart, widens: widens, path: test.source.path, remarks: remarks)
  }

  /// The dataset that was read, or one part of it.
  private static func dataset(_ loaded: Loaded, _ part: (Split) -> Dataset?) -> Dataset? {
    switch loaded {
    case .dataset(let dataset): dataset
    case .split(let split): part(split) ?? split.train
    case .arrays: nil
    }
  }

  /// The split of two datasets, with the classes of both and the preparation of the first. Missing
  /// columns are zeros where `widens`, and an error elsewhere.
  ///
  /// - Throws: `DataError` where the columns differ; `MemoryRefused`, `Interrupted`.
  static func split(
    train: Dataset, test: Dataset, widens: Bool = false, path: String? = nil,
    remarks: LoadRemarks? = nil
  ) throws -> Split {
    var test = test
    if let names = train.columns, let own = test.columns, own != names {
      test = try test.aligned(to: names, path: path, remarks: remarks)
    }
    var (trainFeatures, testFeatures) = (train.features, test.features)
    let columns = max(trainFeatures.rawColumns, testFeatures.rawColumns)
    if widens {
      if testFeatures.rawColumns > trainFeatures.rawColumns {
        remarks?.warn(
          "the test part has \(testFeatures.rawColumns) features, and train has "
            + "\(trainFeatures.rawColumns): the others are 0 in all of train",
          help: "nothing is learned about them: look whether both files count alike")
      }
      trainFeatures = try widened(trainFeatures, to: columns)
      testFeatures = try widened(testFeatures, to: columns)
    } else if trainFeatures.rawColumns != testFeatures.rawColumns {
      throw DataError(
        "the test part has \(testFeatures.rawColumns) features, and train has"
          + " \(trainFeatures.rawColumns)", path: path)
    }
    if testFeatures.preparation == Preparation() {
      testFeatures = testFeatures.with(trainFeatures.preparation)
    }
    let classes =
      train.classes == test.classes
      ? train.classes : try Dataset.orderedClasses(train.classes + test.classes)
    return Split(
      train: try renumbered(train, trainFeatures, classes),
      test: try renumbered(test, testFeatures, classes))
  }

  /// The dataset with zeros in more columns, as in a sparse file whose last columns are all zero.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  static func widened(_ data: Dataset, to columns: Int) throws -> Dataset {
    try renumbered(data, try widened(data.features, to: columns), data.classes)
  }

  private static func renumbered(
    _ data: Dataset, _ features: Features, _ classes: [String]
  ) throws -> Dataset {
    var numbers: [String: Int] = [:]
    for (number, text) in classes.enumerated() { numbers[text] = number }
    let map =
      data.classes == classes ? Array(classes.indices) : data.classes.map { numbers[$0] ?? 0 }
    return try Dataset(
      features: features, labels: data.labels.map { map[$0] }, classes: classes,
      imageShape: data.imageShape,
      columns: features.rawColumns == data.columns?.count
        ? data.columns : nil, name: data.name)
  }

  /// The same rows with zeros in more columns.
  private static func widened(_ features: Features, to columns: Int) throws -> Features {
    let old = features.rawColumns
    guard old < columns else { return features }
    let rows = features.rows
    if let sparse = features.storage as? SparseMatrix {
      let wider = Features(try sparse.widened(to: columns))
      let positions = try Interruption.map(rows, costEach: 2) { features.storageRow($0) }
      return rows == sparse.rows && positions.elementsEqual(0..<rows)
        ? wider : try wider.selecting(positions)
    }
    if let sparse = try sparse(features, columns) { return sparse }
    if let bytes = features.storage as? ByteMatrix {
      return Features(
        try ByteMatrix(rows: rows, columns: columns) { target in
          for i in 0..<rows {
            let row = features.storageRow(i) * old
            for j in 0..<old { target[i * columns + j] = bytes.entries[row + j] }
          }
        })
    }
    if features.storage is SingleMatrix {
      return Features(
        try SingleMatrix(rows: rows, columns: columns) { i, row in
          if let base = row.baseAddress {
            features.storage.decode(row: features.storageRow(i), into: base)
          }
        })
    }
    try MemoryLimit.require(rows: rows, columns: columns, bytesPerEntry: 8)
    let buffer = Buffer(zeros: rows * columns)
    for i in 0..<rows {
      features.storage.decode(
        row: features.storageRow(i), into: buffer.pointer + i * columns)
    }
    return Features(DoubleMatrix(Matrix(rows: rows, columns: columns, sharing: buffer)))
  }

  /// Dense rows as sparse ones with more columns; nil where that takes more memory than dense rows
  /// with these.
  private static func sparse(_ features: Features, _ columns: Int) throws -> Features? {
    let (rows, old) = (features.rows, features.rawColumns)
    let entryBytes =
      features.storage is ByteMatrix ? 1 : features.storage is SingleMatrix ? 4 : 8
    let dense = Double(rows) * Double(columns) * Double(entryBytes)
    var row = [Double](repeating: 0, count: old)
    func decode(_ i: Int) throws {
      if i % 256 == 0 { try Interruption.check() }
      row.withUnsafeMutableBufferPointer { row in
        if let base = row.baseAddress {
          features.storage.decode(row: features.storageRow(i), into: base)
        }
      }
    }
    var starts = [0]
    var count = 0
    for i in 0..<rows {
      try decode(i)
      count += row.count { $0.bitPattern != 0 }
      starts.append(count)
      if 12 * Double(count) + 8 * Double(rows) >= dense { return nil }
    }
    return Features(
      try SparseMatrix(rows: rows, columns: columns, rowStarts: starts) { indices, values in
        var k = 0
        for i in 0..<rows {
          try decode(i)
          for (j, value) in row.enumerated() where value.bitPattern != 0 {
            indices[k] = Int32(j)
            values[k] = value
            k += 1
          }
        }
      })
  }
}
