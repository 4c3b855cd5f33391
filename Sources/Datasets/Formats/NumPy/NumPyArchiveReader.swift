import Text
import LinearAlgebra

/// An .npz file: a dataset where it holds `X` and `y`, with a part for each of `val`, `dev` and
/// `test` for which it holds `X_val` and `y_val` and so on. Any other file holds arrays.
///
/// `X_train` and `y_train` mean the same as `X` and `y`, in either case. `classes` has the names of
/// the classes that `y` numbers from 0, `columns` those of the features; `image_shape` is height,
/// width and channels. `X` with three or four axes holds pictures. A sparse matrix of scipy is a
/// dataset without labels. `preparation_mean`, `preparation_scale` and `preparation_bias` are what
/// is done to `X` as it is read.
enum NumPyArchiveReader: DataReader {
  static let name = "npz"
  static let summary = "an archive of NumPy's arrays X and y, or of any arrays"
  static let endings = ["npz"]

  static func hasMagic(_ head: FileHead) -> Bool {
    head.bytes.starts(with: [0x50, 0x4B, 3, 4]) || head.bytes.starts(with: [0x50, 0x4B, 5, 6])
  }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    try refuseTableOptions(options, source.path)
    let members = try NumPyFile.members(source)
    guard !members.isEmpty else {
      throw DataError("the archive holds no arrays", path: source.path)
    }
    func member(_ names: [String]) -> NumPyData? {
      for name in names {
        if let found = members.first(where: { $0.name == name }) { return found.data }
      }
      return nil
    }
    if let sparse = try SparseArchive(
      { member([$0]) }, path: source.path, stored: source.fileSize)
    {
      return .dataset(try sparse.dataset(name: source.dataName))
    }
    guard let features = member(["X", "X_train", "x", "x_train"]),
      let labels = member(["y", "y_train", "Y", "Y_train"])
    else {
      return .arrays(try members.map { NamedArray(name: $0.name, array: try $0.data.array()) })
    }
    let facts = Facts(
      classes: try member(["classes"])?.array(),
      imageShape: try member(["image_shape"])?.array().values,
      preparation: try preparation { try member(["preparation_" + $0])?.array().values })
    let train = try dataset(features, labels, facts, source)
    var split = Split(train: train)
    for part in ["val", "dev", "test"] {
      guard let X = member(["X_\(part)", "x_\(part)"]),
        let y = member(["y_\(part)", "Y_\(part)"])
      else { continue }
      let other = try dataset(X, y, facts, source)
      try split.add(other, as: part, path: source.path)
    }
    if let names = try member(["columns"])?.array().texts {
      split = try split.map { try $0.naming(names, path: source.path) }
    }
    return split.partNames.count == 1 ? .dataset(split.train) : .split(split)
  }

  /// How the features came to be, and what is done to them as they are read, from its arrays.
  private static func preparation(_ values: (String) throws -> [Double]?) rethrows -> Preparation {
    let columns = try values("columns")?.compactMap { Int(exactly: $0) }
    let raw = try values("raw_columns")?.first.flatMap { Int(exactly: $0) }
    return Preparation(
      selection: columns.flatMap { columns in
        raw.flatMap { ColumnSelection(columns: columns, of: $0) }
      }, fill: try values("fill"), mean: try values("mean"), scale: try values("scale"),
      hasBias: try values("bias") == [1])
  }

  /// The facts that all parts share.
  private struct Facts {
    let classes: NumPyArray?
    let imageShape: [Double]?
    let preparation: Preparation
  }

  private static func dataset(
    _ X: NumPyData, _ y: NumPyData, _ facts: Facts, _ source: DataSource
  ) throws -> Dataset {
    guard !X.isText else { throw DataError("X holds texts, not numbers", path: source.path) }
    guard X.shape.count >= 2 else {
      throw DataError(
        "X has \(X.shape.count == 1 ? "one axis" : "no axes"), and needs samples × features",
        path: source.path)
    }
    let rows = X.shape[0]
    guard rows > 0, X.count > 0 else { throw DataError("X is empty", path: source.path) }
    // Some programs store labels as N×1.
    guard y.count == rows, y.shape.first == rows else {
      throw DataError("X has \(rows) rows, and y has \(y.count) entries", path: source.path)
    }
    let columns = X.count / rows
    var shape: [Int]?
    if X.shape.count == 3 { shape = [X.shape[1], X.shape[2], 1] }
    if X.shape.count == 4 { shape = Array(X.shape[1...]) }
    if let given = facts.imageShape {
      let sizes = given.compactMap { Int(exactly: $0) }
      guard sizes.count == 3, given.count == 3, NumPyArray.entries(of: sizes) == columns else {
        throw DataError(
          "image_shape is not height, width and channels of \(columns) features",
          path: source.path)
      }
      shape = sizes
    }
    let selected = facts.preparation.selection?.columns.map { Double($0) }
    for vector in [
      selected, facts.preparation.fill, facts.preparation.mean, facts.preparation.scale,
    ] where vector.map({ $0.count != columns || !$0.allSatisfy(\.isFinite) }) == true {
      throw DataError(
        "the preparation is not a finite number for each of the \(columns) features",
        path: source.path)
    }
    let features = try X.features(rows: rows, columns: columns).with(facts.preparation)
    let labels = try y.array()
    if let classes = facts.classes {
      let names = classes.texts ?? classes.values.map(NumberText.shortest)
      guard Set(names).count == names.count else {
        throw DataError("classes holds a name twice", path: source.path)
      }
      if labels.texts == nil {
        let numbers = labels.values.compactMap { Int(exactly: $0) }
        guard numbers.count == rows else {
          throw DataError("y holds a number that is not whole", path: source.path)
        }
        do {
          return try Dataset(
            features: features, labels: numbers, classes: names, imageShape: shape,
            name: source.dataName)
        } catch {
          throw DataError(error.message, path: source.path)
        }
      }
    }
    return try dataset(features, labels, imageShape: shape, source)
  }

  /// Features with the labels of their rows, numbers or texts.
  ///
  /// - Throws: `DataError` where a label is NaN; `Interrupted`.
  static func dataset(
    _ features: Features, _ labels: NumPyArray, imageShape: [Int]?, _ source: DataSource
  ) throws -> Dataset {
    if labels.values.contains(where: { $0.isNaN }) {
      throw DataError("y holds NaN: every label must be there", path: source.path)
    }
    let texts = labels.texts ?? labels.values.map { NumberText.shortest($0 == 0 ? 0 : $0) }
    return try Dataset(
      features: features, labelTexts: texts, imageShape: imageShape, name: source.dataName)
  }
}
