import Datasets
import Interpreter
import LinearAlgebra
import Plotting
import SVMEngine
import Text

/// Plots of histories, models, tables and reports.
extension PlotMaker {
  func plot(of object: any ObjectValue) throws -> Plot {
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

  func names(_ classes: [String], _ count: Int) -> [String] {
    classes.count == count ? classes : (0..<count).map(String.init)
  }

  func plot(_ history: History) throws -> Plot {
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
  func curves(_ history: History, _ name: String) -> [Series] {
    var losses = Series(name: name, x: history.iteration.map { Double($0) }, y: history.loss)
    guard let window = losses.noiseWindow else { return [losses] }
    losses.areDots = true
    return [losses, losses.runningMean(of: window)]
  }

  /// The losses of several runs over the same axis; noisy ones as their running means alone.
  func overlaid(_ histories: [History]) throws -> Plot {
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
  func plot(_ model: LinearClassifier) throws -> Plot {
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

  func plot(_ table: TuningTable) throws -> Plot {
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
}
