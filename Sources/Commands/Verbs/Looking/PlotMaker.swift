import Text
import Datasets
import Interpreter
import LinearAlgebra
import Plotting
import SVMEngine

/// Chooses the plot for the operands of a verb.
struct PlotMaker {
  let values: [Value]
  let options: PlotParameters
  /// The name of the verb, for messages.
  let verb: String

  /// The names of the options that the plot has used.
  final class Used { var names: Set<String> = [] }

  let used = Used()

  /// A plot of the operands and options of a verb.
  init(_ values: [Value], _ options: PlotParameters, verb: String) {
    self.values = values
    self.options = options
    self.verb = verb
  }

  /// The plot of the operands.
  ///
  /// - Throws: A `Failure` where there is none, or an option means nothing for it.
  func plot() throws -> Plot {
    var plot = try made()
    if plot.chart is Panels || plot.chart is LineChart || plot.chart is ScatterChart
      || plot.chart is Histogram
    {
      used.names.insert("log")
    }
    let given = [
      ("x", options.x != nil), ("y", options.y != nil), ("color", options.color != nil),
      ("labels", options.labels != nil), ("shape", options.shape != nil),
      ("samples", options.samples != PlotParameters().samples), ("log", options.log != .none),
    ]
    for (name, isGiven) in given where isGiven && !used.names.contains(name) {
      throw Failure(
        "'\(name)' means nothing for this plot", help: "leave out `\(name)=`", parameter: name)
    }
    plot.title = options.title ?? plot.title
    if options.log != .none { (plot.logX, plot.logY) = (options.log.isX, options.log.isY) }
    return plot
  }

  // MARK: Options that count

  var x: Value? {
    used.names.insert("x")
    return options.x
  }

  var y: Value? {
    used.names.insert("y")
    return options.y
  }

  var shape: [Int]? {
    used.names.insert("shape")
    return options.shape
  }

  var color: [Int]? {
    used.names.insert("color")
    return options.color
  }

  /// The names for `count` curves, groups or bars; nil where there are none.
  func labels(_ count: Int, of what: String) throws -> [String]? {
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
    guard let first = values.first else { return try fromAxes() }
    guard values.count == 1 else { return try several() }
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

  func unfit(_ what: String) -> Failure {
    Failure(
      "\(what) can't be drawn as '\(options.kind.rawValue)'",
      help: "leave out `kind=` for the kind that fits", parameter: "kind")
  }

  /// Histories or vectors.
  private func several() throws -> Plot {
    if let decision = try decision() { return decision }
    let histories = values.compactMap { value -> History? in
      guard case .object(let box) = value else { return nil }
      return box.object as? History
    }
    if histories.count == values.count { return try overlaid(histories) }
    guard histories.isEmpty else {
      throw Failure(
        "histories are drawn over one another, and nothing else with them", parameter: "values")
    }
    let vectors = try values.map { try $0.vector("values") }
    if vectors.count == 2, options.x == nil, options.kind != .line {
      return try points(vectors[0].entries, vectors[1].entries, .scatter)
    }
    return try lines(vectors)
  }
}
