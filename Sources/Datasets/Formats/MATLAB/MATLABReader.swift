import LinearAlgebra
import Text

/// A MAT-file of MATLAB: a dataset where it holds `X` and `y`, with a part for each of `val`, `dev`
/// and `test` for which it holds them with that word: `Xtest`, `test_x`, `X_test`. Any other file
/// holds arrays; a sparse matrix alone is a dataset without labels.
///
/// Several names are usual for either, in any case. Labels are numbers, rows of characters or a
/// cell array of texts. As MATLAB's programs have samples in columns, too, it is the labels whose
/// number tells along which axis they are.
enum MATLABReader: DataReader {
  static let name = "mat"
  static let summary = "a MAT-file of MATLAB, X and y, or any matrices"
  static let endings = ["mat"]

  private static let featureNames = [
    "x", "data", "features", "feature", "feat", "fea", "meas", "inputs", "input", "samples",
  ]
  private static let labelNames = [
    "y", "labels", "label", "targets", "target", "classes", "class", "gnd", "species",
  ]

  static func hasMagic(_ head: FileHead) -> Bool {
    head.bytes.starts(with: Array("MATLAB 5.0 MAT-file".utf8))
      && MATLABFile.isLevel5(head.bytes)
  }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    try refuseTableOptions(options, source.path)
    let variables = try MATLABFile(source).variables()
    guard !variables.isEmpty else {
      throw DataError("the file holds no variables", path: source.path)
    }
    func variable(_ names: [String], _ part: String) -> MATLABVariable? {
      for name in names {
        let wanted = part.isEmpty ? [name] : [name + part, part + name]
        if let found = variables.first(where: { wanted.contains(plain($0.name)) }) {
          return found
        }
      }
      return nil
    }
    func dataset(_ part: String) throws -> Dataset? {
      guard let X = variable(featureNames, part), let y = variable(labelNames, part) else {
        return nil
      }
      return try self.dataset(X, y, source, options)
    }
    guard let train = try dataset("") ?? dataset("train") else {
      return try arrays(variables, source, options)
    }
    var split = Split(train: train)
    for part in ["val", "dev", "test"] {
      guard let other = try dataset(part) else { continue }
      try split.add(other, as: part, path: source.path)
    }
    return split.partNames.count == 1 ? .dataset(split.train) : .split(split)
  }

  /// A name in small letters, without underscores.
  private static func plain(_ name: String) -> String {
    name.lowercased().filter { $0 != "_" }
  }

  // MARK: Features and labels

  private static func dataset(
    _ X: MATLABVariable, _ y: MATLABVariable, _ source: DataSource, _ options: LoadOptions
  ) throws -> Dataset {
    if let refusal = X.refusal ?? y.refusal { throw refusal }
    let labels = try labels(y)
    guard X.kind == .sparse || X.kind == .numbers else {
      throw DataError("\(X.name) is no matrix of numbers", path: source.path)
    }
    guard X.count > 0 else { throw DataError("\(X.name) is empty", path: source.path) }
    let (rows, last) = (X.shape[0], X.shape.count - 1)
    let columns = X.count / max(1, labels.count)
    if rows == labels.count {
      let features =
        X.kind == .sparse
        ? try X.sparse().features() : try X.numbers().features(rows: rows, columns: columns)
      return try NumPyArchiveReader.dataset(
        features, labels, imageShape: last < 2 ? nil : imageShape(X.shape[1...]), source)
    }
    guard X.shape[last] == labels.count, X.kind == .numbers else {
      throw DataError(
        "\(X.name) has \(rows) rows, and \(y.name) has \(labels.count) entries",
        path: source.path,
        help: y.shape.min() == 1 ? nil : "labels are one number or text for each row")
    }
    let sizes = X.shape.map(String.init).joined(separator: " × ")
    options.remarks?.note("samples are along the last axis of \(X.name), which is \(sizes)")
    // Axes from the last to the first are in C's order what they were in MATLAB's.
    let features = try X.numbers(shape: [labels.count, columns], isFortran: false)
      .features(rows: labels.count, columns: columns)
    guard last > 1 else {
      return try NumPyArchiveReader.dataset(features, labels, imageShape: nil, source)
    }
    let shape = imageShape(X.shape[..<last])
    let order = shape.map(pixelOrder)
    return try NumPyArchiveReader.dataset(
      try order.map { try features.arranged(columns: $0) } ?? features, labels,
      imageShape: shape, source)
  }

  private static func labels(_ y: MATLABVariable) throws -> NumPyArray {
    if y.kind == .cell || y.kind == .characters {
      let texts = try y.texts()
      return try NumPyArray(shape: [texts.count], texts: texts)
    }
    return try y.numbers(shape: [y.count]).array()
  }

  /// Height, width and channels; nil for axes that are no picture's.
  private static func imageShape(_ axes: ArraySlice<Int>) -> [Int]? {
    axes.count == 2 ? axes + [1] : axes.count == 3 ? Array(axes) : nil
  }

  /// Where the values of a picture, by rows, then columns, then channels, are in MATLAB's order.
  private static func pixelOrder(_ shape: [Int]) -> [Int] {
    let (height, width) = (shape[0], shape[1])
    return (0..<height).flatMap { i in
      (0..<width).flatMap { j in
        (0..<shape[2]).map { c in i + height * (j + width * c) }
      }
    }
  }

  // MARK: Other files

  private static func arrays(
    _ variables: [MATLABVariable], _ source: DataSource, _ options: LoadOptions
  ) throws -> Loaded {
    if variables.count == 1, variables[0].kind == .sparse {
      return .dataset(try variables[0].sparse().dataset(name: source.dataName))
    }
    var arrays: [NamedArray] = []
    for variable in variables {
      if let refusal = variable.refusal {
        guard variables.count > 1 else { throw refusal }
        options.remarks?.warn(
          "\(refusal.message), and is left out", help: refusal.help ?? "save it as a matrix")
        continue
      }
      switch variable.kind {
      case .numbers: arrays.append(NamedArray(name: variable.name, array: try array(variable)))
      case .sparse:
        options.remarks?.warn(
          "the variable \(Escaping.excerpt(variable.name)) is sparse, and is left out",
          help: "a sparse matrix is read as X beside y, or alone")
      default:
        let texts = try variable.texts()
        arrays.append(
          NamedArray(
            name: variable.name, array: try NumPyArray(shape: [texts.count], texts: texts)))
      }
    }
    guard !arrays.isEmpty else {
      throw DataError(
        "the file holds no matrices, but \(NameList.text(variables.map(\.name)))",
        path: source.path)
    }
    return .arrays(arrays)
  }

  /// A matrix; one of one row or column is a vector, one of one entry a number.
  private static func array(_ variable: MATLABVariable) throws -> NumPyArray {
    let isFlat = variable.shape.count <= 2 && variable.shape.contains(1)
    return try variable.numbers(
      shape: !isFlat ? nil : variable.count == 1 ? [] : [variable.count]
    ).array()
  }
}
