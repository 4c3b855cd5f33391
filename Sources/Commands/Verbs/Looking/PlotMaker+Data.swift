import Datasets
import Interpreter
import LinearAlgebra
import Plotting
import SVMEngine
import Text

/// Plots of datasets.
extension PlotMaker {
  func plot(_ data: Dataset) throws -> Plot {
    guard data.count > 0 else { throw Failure("the dataset has no rows", parameter: "values") }
    let shape = options.shape.flatMap { checked($0, data.features.rawColumns) } ?? data.imageShape
    if let given = options.shape, checked(given, data.features.rawColumns) == nil {
      throw misshapen(given, data.features.rawColumns)
    }
    switch options.kind {
    case .auto where shape != nil && options.x == nil && options.y == nil, .image:
      guard let shape else {
        throw Failure(
          "the dataset does not say how its pictures lie",
          help: "`shape=[height, width, channels]` does", parameter: "kind")
      }
      used.names.formUnion(["shape", "samples"])
      return samplePlot(data, shape)
    case .auto, .scatter: return try scatter(data)
    case .bars:
      return Plot(
        BarChart(labels: data.classes, values: data.classCounts.map { Double($0) }),
        title: "rows of each class")
    case .histogram:
      guard let x else {
        return Plot(Histogram(try data.features.matrix().entries), xLabel: "value")
      }
      let one = try axis(x, of: data, "x")
      return Plot(Histogram(one.values), xLabel: one.name)
    case .heatmap: return try plot(matrix: NumericArray(try data.features.matrix()))
    default: throw unfit("a dataset")
    }
  }

  /// The first samples of each class, with their raw features.
  func samplePlot(_ data: Dataset, _ shape: [Int]) -> Plot {
    let raw = data.features.with(Preparation())
    let columns = data.classes.enumerated().map { k, name -> TitledPictures in
      let rows = data.labels.indices.lazy.filter { data.labels[$0] == k }
        .prefix(options.samples)
      return TitledPictures(
        title: name,
        pictures: rows.map { i in
          Picture(
            height: shape[0], width: shape[1], channels: shape[2],
            pixels: Self.displayed(raw.row(i)))
        })
    }
    return Plot(ImageGrid(columns: columns))
  }

  func scatter(_ data: Dataset) throws -> Plot {
    guard data.features.columns >= 2 || options.y != nil else {
      let one = try axis(x ?? .number(0), of: data, "x")
      return Plot(Histogram(one.values), xLabel: one.name)
    }
    var title: String?
    var (first, second) = (0, 1)
    if options.x == nil, options.y == nil, data.features.columns > 2,
      let pair = try FeatureSeparation(data)?.best
    {
      (first, second) = pair
      title = "the two features that separate the classes best"
    }
    let x = try axis(x ?? .number(Double(first)), of: data, "x")
    let y = try axis(y ?? .number(Double(second)), of: data, "y")
    guard x.values.count == data.count, y.values.count == data.count else {
      throw Failure("x and y must have a number for each of the \(data.count) rows")
    }
    let groups = color
    let names = try groups.map { try groupNames($0) } ?? data.classes
    return Plot(
      ScatterChart(x: x.values, y: y.values, groups: groups ?? data.labels, groupNames: names),
      title: title, xLabel: x.name, yLabel: y.name)
  }

  /// The names of groups 0, 1, …: those of `labels=`, in the order of the groups.
  func groupNames(_ groups: [Int]) throws -> [String] {
    let numbers = Set(groups).sorted()
    guard let names = try labels(numbers.count, of: "group"), let last = numbers.last, last >= 0
    else { return [] }
    let known = Dictionary(uniqueKeysWithValues: zip(numbers, names))
    return (0...min(last, 10_000)).map { known[$0] ?? String($0) }
  }

  func axis(
    _ value: Value, of data: Dataset, _ name: String
  ) throws -> (name: String, values: [Double]) {
    let column: Int
    switch value {
    case .string(let box):
      guard let found = data.featureNames?.firstIndex(of: box.text) else {
        let names = data.featureNames ?? []
        throw Failure(
          "there is no feature '\(Escaping.visible(box.text))'",
          help: names.isEmpty
            ? "the features have no names: give a number" : "features: \(NameList.text(names))",
          parameter: name)
      }
      column = found
    case .number: column = try value.whole(name, atLeast: 0)
    default: return (name, try value.vector(name).entries)
    }
    guard column < data.features.columns else {
      throw Failure(
        "there is no feature \(column): the data have \(data.features.columns)", parameter: name)
    }
    let row = Buffer(uninitialized: data.features.columns)
    let values = try Interruption.map(data.count, costEach: 16 + 2 * row.count) { i in
      data.features.write(row: i, to: row.pointer)
      return row.pointer[column]
    }
    let title = data.featureNames.map { Escaping.visible($0[column]) } ?? "feature \(column)"
    return (title, values)
  }

  /// The points of a dataset with the line of a model; nil where the operands are not these two.
  func decision() throws -> Plot? {
    let objects = values.compactMap { value -> (any ObjectValue)? in
      if case .object(let box) = value { box.object } else { nil }
    }
    guard objects.count == 2, values.count == 2,
      let model = objects.compactMap({ $0 as? LinearClassifier }).first,
      let data = objects.compactMap({ $0 as? Dataset ?? ($0 as? Split)?.train }).first
    else { return nil }
    guard [.auto, .scatter].contains(options.kind) else {
      throw unfit("a line between two classes")
    }
    let plane = try DecisionPlane(model, data)
    let x = try axis(.number(0), of: data, "x")
    let y = try axis(.number(1), of: data, "y")
    return Plot(
      DecisionChart(
        x: x.values, y: y.values, classes: plane.labels, classNames: model.classes,
        a: plane.slopes[0], b: plane.slopes[1], c: plane.level, margin: plane.margin,
        support: plane.support),
      xLabel: x.name, yLabel: y.name)
  }
}
