import Text
import Datasets
import Interpreter
import LinearAlgebra
import Plotting
import SVMEngine

/// Chooses the plot for the operands of `plot-ascii`.
struct PlotMaker {
  let options: PlotAsciiCommand

  /// The names of the options that the plot has used.
  private final class Used { var names: Set<String> = [] }

  private let used = Used()

  /// A plot of what a command has.
  init(options: PlotAsciiCommand) { self.options = options }

  /// The plot of the operands.
  ///
  /// - Throws: A `Failure` where there is none, or an option means nothing for it.
  func plot() throws -> Plot {
    let plot = try made()
    if plot.chart is Panels || plot.chart is LineChart || plot.chart is ScatterChart
      || plot.chart is Histogram
    {
      used.names.insert("log")
    }
    let given = [
      ("x", options.x != nil), ("y", options.y != nil), ("color", options.color != nil),
      ("labels", options.labels != nil), ("shape", options.shape != nil),
      ("samples", options.samples != PlotAsciiCommand().samples), ("log", options.log != .none),
    ]
    for (name, isGiven) in given where isGiven && !used.names.contains(name) {
      throw Failure(
        "'\(name)' means nothing for this plot", help: "leave out `\(name)=`", parameter: name)
    }
    return plot
  }

  // MARK: Options that count

  private var x: Value? {
    used.names.insert("x")
    return options.x
  }

  private var y: Value? {
    used.names.insert("y")
    return options.y
  }

  private var shape: [Int]? {
    used.names.insert("shape")
    return options.shape
  }

  private var color: [Int]? {
    used.names.insert("color")
    return options.color
  }

  /// The names for `count` curves, groups or bars; nil where there are none.
  private func labels(_ count: Int, of what: String) throws -> [String]? {
    used.names.insert("labels")
    guard let labels = options.labels else { return nil }
    guard labels.count == count else {
      throw Failure(
        "'labels' has \(Quantity.count(labels.count, "name")), and there are "
          + Quantity.count(count, what), parameter: "labels")
    }
    return labels
  }

  private func made() throws -> Plot {
    guard let first = options.values.first else { return try fromAxes() }
    guard options.values.count == 1 else { return try several() }
    switch first {
    case .object(let box): return try plot(of: box.object)
    case .array(let array):
      return array.rank == 1 ? try plot(vector: array) : try plot(matrix: array)
    case .list(let box) where box.items.allSatisfy({ if case .array = $0 { true } else { false } }):
      return try lines(box.items.map { try $0.vector("values") })
    default:
      throw Failure(
        "there is no plot of \(article(first.typeAndShape))",
        help: "it draws histories, models, datasets, tables, vectors and matrices",
        parameter: "values")
    }
  }

  private func unfit(_ what: String) -> Failure {
    Failure(
      "\(what) can't be drawn as '\(options.kind.rawValue)'",
      help: "leave out `kind=` for the kind that fits", parameter: "kind")
  }

  // MARK: Objects

  private func plot(of object: any ObjectValue) throws -> Plot {
    switch object {
    case let history as History: return try plot(history)
    case let model as LinearClassifier: return try plot(model)
    case let data as Dataset: return try plot(data)
    case let split as Split: return try plot(split.train)
    case let table as TuningTable: return try plot(table)
    case let report as EvaluationReport:
      guard [.auto, .confusion, .heatmap].contains(options.kind) else {
        throw unfit("an evaluation")
      }
      return Plot(report.chart, title: "confusion (row: true class)")
    case let plot as PlotObject: return plot.plot
    case let report as GradcheckReport:
      return Plot(
        ScatterChart(
          x: report.check.entries.map(\.numerical), y: report.check.entries.map(\.analytic)),
        title: "gradient check", xLabel: "numerical", yLabel: "analytic")
    case let report as ExplanationReport:
      return Plot(
        BarChart(
          labels: names(report.classes, report.explanation.scores.count),
          values: report.explanation.scores), title: "scores of sample \(report.sample)")
    default:
      throw Failure(
        "there is no plot of \(article(object.typeName))",
        help: object.fieldNames.isEmpty
          ? nil
          : "one of its fields may have one: "
            + object.fieldNames.map { "." + $0 }.joined(separator: " "), parameter: "values")
    }
  }

  private func names(_ classes: [String], _ count: Int) -> [String] {
    classes.count == count ? classes : (0..<count).map(String.init)
  }

  private func plot(_ history: History) throws -> Plot {
    guard !history.loss.isEmpty else {
      throw Failure("the history is empty", parameter: "values")
    }
    switch options.kind {
    case .auto, .line:
      let losses = LineChart(curves(history, "loss"))
      guard !history.validationAccuracy.isEmpty else {
        return Plot(losses, xLabel: "iteration", yLabel: "loss")
      }
      let accuracies = LineChart([
        Series(
          x: history.validationIteration.map { Double($0) }, y: history.validationAccuracy)
      ])
      return Plot(
        Panels([
          .init(losses, yLabel: "loss"),
          .init(accuracies, yLabel: "validation accuracy", followsLogY: false),
        ]), xLabel: "iteration")
    case .histogram: return Plot(Histogram(history.loss), xLabel: "loss")
    case .scatter:
      return Plot(
        ScatterChart(x: history.iteration.map { Double($0) }, y: history.loss),
        xLabel: "iteration", yLabel: "loss")
    default: throw unfit("a history")
    }
  }

  /// The losses; where they are noisy, as points with their running mean.
  private func curves(_ history: History, _ name: String) -> [Series] {
    var losses = Series(name: name, x: history.iteration.map { Double($0) }, y: history.loss)
    guard let window = losses.noiseWindow else { return [losses] }
    losses.areDots = true
    return [losses, losses.runningMean(of: window)]
  }

  /// The losses of several runs over the same axis; noisy ones as their running means alone.
  private func overlaid(_ histories: [History]) throws -> Plot {
    guard [.auto, .line].contains(options.kind) else { throw unfit("several histories") }
    let names = try labels(histories.count, of: "history") ?? histories.indices.map { "\($0)" }
    let series = zip(histories, names).map { history, name in
      var curve = curves(history, name).last ?? Series(x: [], y: [])
      curve.name = name
      return curve
    }
    return Plot(LineChart(series), xLabel: "iteration", yLabel: "loss")
  }

  /// Class templates without the bias row, all with the same color scale; else a heat map of W.
  private func plot(_ model: LinearClassifier) throws -> Plot {
    let rows = model.weights.rows - (model.hasBiasRow ? 1 : 0)
    let weights = model.weights
    if options.kind == .heatmap || (options.kind == .auto && pictureShape(rows) == nil) {
      return Plot(
        Heatmap(
          rows: rows, columns: weights.columns,
          values: Array(weights.entries.prefix(rows * weights.columns)),
          columnLabels: names(model.classes, weights.columns)),
        title: "weights", xLabel: "class", yLabel: "feature")
    }
    guard options.kind == .auto || options.kind == .image else { throw unfit("a model") }
    guard let shape = pictureShape(rows) else {
      throw Failure(
        "the model's \(rows) weights of a class are no picture",
        help: "`shape=[height, width, channels]` says how they lie", parameter: "shape")
    }
    let entries = weights.entries.prefix(rows * weights.columns)
    let finite = entries.filter(\.isFinite)
    let low = finite.min() ?? 0
    let high = finite.max() ?? 0
    let scale = high > low ? 255 / (high - low) : 0
    let titles = model.isBinary ? ["w"] : names(model.classes, weights.columns)
    let templates = (0..<weights.columns).map { k -> TitledPictures in
      // Truncated, as in a conversion to bytes.
      let pixels = (0..<rows).map { d in
        (scale * (entries[d * weights.columns + k] - low)).rounded(.towardZero)
      }
      return TitledPictures(
        title: titles[k],
        pictures: [Picture(height: shape[0], width: shape[1], channels: shape[2], pixels: pixels)])
    }
    return Plot(ImageGrid(columns: templates), title: "class templates")
  }

  /// The shape of pictures of `count` numbers: `shape=`, else a guess. Nil where none fits.
  private func pictureShape(_ count: Int) -> [Int]? {
    if let given = shape { return checked(given, count) }
    return guessedShape(count)
  }

  /// Pictures of vectors of `count` numbers each.
  private func pictures(_ vectors: [NumericArray], of count: Int) throws -> Plot {
    guard let shape = pictureShape(count) else { throw misshapen(options.shape ?? [], count) }
    let pictures = try vectors.map {
      Picture(
        height: shape[0], width: shape[1], channels: shape[2],
        pixels: Self.displayed(try $0.entries))
    }
    return Plot(ImageGrid(rows: [TitledPictures(title: "", pictures: pictures)]))
  }

  /// The shape of square pictures of at least 8×8, color before gray. Nil where none fits.
  private func guessedShape(_ count: Int) -> [Int]? {
    for channels in [3, 1] where count % channels == 0 {
      let side = Int(Double(count / channels).squareRoot().rounded())
      if side >= 8, side * side * channels == count { return [side, side, channels] }
    }
    return nil
  }

  /// Height, width and channels, 1 where left out. Nil where they do not make `count` numbers.
  private func checked(_ shape: [Int], _ count: Int) -> [Int]? {
    guard shape.count == 2 || shape.count == 3 else { return nil }
    let full = shape.count == 2 ? shape + [1] : shape
    guard full.allSatisfy({ $0 >= 1 && $0 <= count }) else { return nil }
    let pixels = full[0].multipliedReportingOverflow(by: full[1])
    guard !pixels.overflow else { return nil }
    let all = pixels.partialValue.multipliedReportingOverflow(by: full[2])
    return !all.overflow && all.partialValue == count ? full : nil
  }

  private func plot(_ data: Dataset) throws -> Plot {
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

  private func misshapen(_ given: [Int], _ count: Int) -> Failure {
    Failure(
      "a picture of shape \(given) does not have \(count) numbers",
      help: "shape is height, width and channels", parameter: "shape")
  }

  /// The first samples of each class, with their raw features.
  private func samplePlot(_ data: Dataset, _ shape: [Int]) -> Plot {
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

  /// The pixels, stretched to 0…255 where they lie outside it or are all at most 1.
  private static func displayed(_ pixels: [Double]) -> [Double] {
    let finite = pixels.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return pixels }
    if low >= 0, high <= 255, high > 1 || low == high { return pixels }
    let scale = high > low ? 255 / (high - low) : 0
    return pixels.map { ($0 - low) * scale }
  }

  private func scatter(_ data: Dataset) throws -> Plot {
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
  private func groupNames(_ groups: [Int]) throws -> [String] {
    let numbers = Set(groups).sorted()
    guard let names = try labels(numbers.count, of: "group"), let last = numbers.last, last >= 0
    else { return [] }
    let known = Dictionary(uniqueKeysWithValues: zip(numbers, names))
    return (0...min(last, 10_000)).map { known[$0] ?? String($0) }
  }

  private func axis(
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

  private func plot(_ table: TuningTable) throws -> Plot {
    guard table.varied.count >= 2, [.auto, .heatmap].contains(options.kind) else {
      let labels = try (0..<table.accuracies.count).map { i in
        table.varied.isEmpty
          ? String(i)
          : try table.varied.map { "\($0.name)=\(try $0.values[i].text(for: .init()))" }
            .joined(separator: " ")
      }
      return Plot(BarChart(labels: labels, values: table.accuracies), title: "validation accuracy")
    }
    let (rows, columns) = (table.varied[0], table.varied[1])
    let rowTexts = try rows.choices.map { try $0.text(for: .init()) }
    let columnTexts = try columns.choices.map { try $0.text(for: .init()) }
    var best = [Double](repeating: .nan, count: rowTexts.count * columnTexts.count)
    for (i, accuracy) in table.accuracies.enumerated() {
      guard let r = rowTexts.firstIndex(of: try rows.values[i].text(for: .init())),
        let c = columnTexts.firstIndex(of: try columns.values[i].text(for: .init()))
      else { continue }
      let place = r * columnTexts.count + c
      if best[place].isNaN || accuracy > best[place] { best[place] = accuracy }
    }
    return Plot(
      Heatmap(
        rows: rowTexts.count, columns: columnTexts.count, values: best, rowLabels: rowTexts,
        columnLabels: columnTexts),
      title: table.varied.count == 2
        ? "validation accuracy" : "validation accuracy (the best of the other options)",
      xLabel: columns.name, yLabel: rows.name)
  }

  // MARK: Vectors and matrices

  /// The points of `x=` and `y=`, without operands.
  private func fromAxes() throws -> Plot {
    guard let y else {
      throw Failure(
        "'plot-ascii' has nothing to draw",
        help: "it is used as `plot-ascii VALUE…`, or with x= and y="
      )
    }
    let ys = try y.vector("y")
    let xs = try x.map { try $0.vector("x").entries } ?? Self.numbers(ys.count)
    return try points(xs, ys.entries, options.x == nil ? .line : .scatter)
  }

  /// 0, 1, … below `count`, as the places of a vector's entries.
  private static func numbers(_ count: Int) throws -> [Double] {
    try Interruption.map(count, costEach: 2) { Double($0) }
  }

  /// Histories or vectors.
  private func several() throws -> Plot {
    if let decision = try decision() { return decision }
    let histories = options.values.compactMap { value -> History? in
      guard case .object(let box) = value else { return nil }
      return box.object as? History
    }
    if histories.count == options.values.count { return try overlaid(histories) }
    guard histories.isEmpty else {
      throw Failure(
        "histories are drawn over one another, and nothing else with them", parameter: "values")
    }
    let vectors = try options.values.map { try $0.vector("values") }
    if vectors.count == 2, options.x == nil, options.kind != .line {
      return try points(vectors[0].entries, vectors[1].entries, .scatter)
    }
    return try lines(vectors)
  }

  /// The points of a dataset with the line of a model; nil where the operands are not these two.
  private func decision() throws -> Plot? {
    let objects = options.values.compactMap { value -> (any ObjectValue)? in
      if case .object(let box) = value { box.object } else { nil }
    }
    guard objects.count == 2, options.values.count == 2,
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

  /// A curve for each vector, over `x=` or their numbers.
  private func lines(_ vectors: [NumericArray]) throws -> Plot {
    guard [.auto, .line].contains(options.kind) else { throw unfit("several vectors") }
    let axis = try x.map { try $0.vector("x").entries }
    if let axis, let other = vectors.first(where: { $0.count != axis.count }) {
      throw Failure(
        "x has \(Quantity.count(axis.count, "number")), and a curve has "
          + NumberText.grouped(other.count), parameter: "x")
    }
    let names = try labels(vectors.count, of: "curve")
    return Plot(
      LineChart(
        try vectors.enumerated().map { i, vector in
          Series(
            name: names?[i] ?? String(i), x: try axis ?? Self.numbers(vector.count),
            y: try vector.entries)
        }))
  }

  private func points(_ x: [Double], _ y: [Double], _ usual: PlotKind) throws -> Plot {
    guard x.count == y.count else {
      throw Failure(
        "x has \(Quantity.count(x.count, "number")), and y has \(NumberText.grouped(y.count))",
        parameter: "values")
    }
    if let color = options.color, color.count != x.count {
      throw Failure(
        "'color' has \(Quantity.count(color.count, "number")), and there are "
          + Quantity.count(x.count, "point"), parameter: "color")
    }
    switch options.kind == .auto ? usual : options.kind {
    case .line: return Plot(LineChart([Series(x: x, y: y)]))
    case .scatter:
      let groups = color
      return Plot(
        ScatterChart(
          x: x, y: y, groups: groups, groupNames: try groups.map { try groupNames($0) } ?? []))
    case .bars:
      return Plot(
        BarChart(
          labels: try labels(x.count, of: "bar") ?? x.map { NumberText.short($0) }, values: y))
    default: throw unfit("two vectors")
    }
  }

  private func plot(vector: NumericArray) throws -> Plot {
    if options.y != nil, let y {
      guard options.x == nil else {
        throw Failure(
          "a vector has one other axis, and here are two", help: "leave out `x=` or `y=`",
          parameter: "y")
      }
      return try points(vector.entries, try y.vector("y").entries, .scatter)
    }
    if options.x != nil, let x {
      return try points(try x.vector("x").entries, vector.entries, .line)
    }
    switch options.kind {
    case .auto where options.shape != nil, .image:
      return try pictures([vector], of: vector.count)
    case .auto where vector.isMask, .histogram:
      return Plot(Histogram(try vector.entries))
    case .auto, .line:
      return Plot(
        LineChart([Series(x: try Self.numbers(vector.count), y: try vector.entries)]))
    case .scatter:
      return Plot(ScatterChart(x: try Self.numbers(vector.count), y: try vector.entries))
    case .bars:
      return Plot(
        BarChart(
          labels: try labels(vector.count, of: "bar")
            ?? Interruption.map(vector.count) { String($0) }, values: try vector.entries))
    default: throw unfit("a vector")
    }
  }

  /// The title of a plot of the first rows only; nil where it shows all of them.
  private func first(_ count: Int, of matrix: NumericArray) -> String? {
    count < matrix.rows ? "the first \(count) of \(Quantity.count(matrix.rows, "row"))" : nil
  }

  private func plot(matrix: NumericArray) throws -> Plot {
    switch options.kind {
    case .auto where options.shape != nil, .image:
      // Each row is a picture.
      let count = min(matrix.rows, 100)
      var plot = try pictures((0..<count).map(matrix.row), of: matrix.columns)
      plot.title = first(count, of: matrix)
      return plot
    case .confusion:
      guard matrix.rows == matrix.columns,
        try matrix.entries.allSatisfy({ $0 >= 0 && $0 < 1e15 && $0.rounded() == $0 })
      else { throw unfit("a matrix that does not count") }
      return Plot(
        ConfusionChart(
          counts: try matrix.entries.map { Int($0) },
          classes: (0..<matrix.rows).map(String.init)), title: "confusion (row: true class)")
    case .auto, .heatmap:
      return Plot(Heatmap(rows: matrix.rows, columns: matrix.columns, values: try matrix.entries))
    case .histogram: return Plot(Histogram(try matrix.entries))
    case .line:
      let count = min(matrix.rows, 20)
      var plot = try lines((0..<count).map { matrix.row($0) })
      plot.title = plot.title ?? first(count, of: matrix)
      return plot
    case .scatter where matrix.columns == 2:
      return Plot(
        ScatterChart(
          x: try Interruption.map(matrix.rows) { matrix.pointer[2 * $0] },
          y: try Interruption.map(matrix.rows) { matrix.pointer[2 * $0 + 1] },
          groups: color, groupNames: try options.color.map { try groupNames($0) } ?? []))
    default: throw unfit("a matrix")
    }
  }
}
