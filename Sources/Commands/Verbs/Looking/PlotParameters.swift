import Interpreter

/// What a plot shows of its operands, for every verb that draws.
struct PlotParameters: ParameterGroup {
  @Option("The kind of plot; auto goes by the value.") var kind = PlotKind.auto
  @Option("What stands along the x axis: a vector, or a feature by name or number.")
  var x: Value?
  @Option("What stands along the y axis: a vector, or a feature by name or number.")
  var y: Value?
  @Option("The group of each point: a vector of whole numbers.") var color: [Int]?
  @Option("Names of the curves, groups or bars.") var labels: [String]?
  @Option("Height, width and channels of a picture.", .atLeastOne) var shape: [Int]?
  @Option("Pictures of each class.", NumberRange(1, 1000)) var samples = 7
  @Option("A line above the plot.") var title: String?
  @Option("Axes with powers of ten.") var log = LogAxes.none
}

/// `kind=`.
enum PlotKind: String, StringChoice, CaseIterable {
  case auto, line, scatter, histogram, bars, heatmap, confusion, image
}

/// `log=`: the logarithmic axes; `true` is y.
enum LogAxes: String, StringChoice, CaseIterable {
  case none, x, y, both
  case yes = "true"

  /// The word for two axes.
  init(x: Bool, y: Bool) { self = x ? (y ? .both : .x) : (y ? .y : .none) }

  /// Whether the horizontal axis is logarithmic.
  var isX: Bool { self == .x || self == .both }
  /// Whether the vertical axis is logarithmic.
  var isY: Bool { self == .y || self == .both || self == .yes }
}
