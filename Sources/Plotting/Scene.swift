/// The shapes between two axes, in the units of the data and independent of the surface.
struct Scene: Sendable {
  /// A shape to draw.
  enum Shape: Sendable {
    /// Points joined by straight lines; points that cannot be shown leave gaps.
    case line(x: [Double], y: [Double])
    /// Points by themselves.
    case dots(x: [Double], y: [Double])
    /// Bars that stand side by side: one more edge than heights.
    case bars(edges: [Double], heights: [Double])
  }

  /// A shape and the number of its series, which decides its color or mark.
  struct Layer: Sendable {
    var shape: Shape
    var series: Int
    /// The character without colors; nil takes that of the series.
    var mark: Character?
    /// Whether a line is dashed.
    var isDashed = false
    /// Whether dots are drawn as their characters on any canvas of cells.
    var isLetter = false
    /// Whether there is a ring around each dot.
    var isRinged = false
    /// Whether dots are so light that the lines over them can be seen.
    var isFaint = false

    /// Whether it is a line.
    var isLine: Bool { if case .line = shape { true } else { false } }
  }

  /// An entry of a legend: layers and what they show.
  struct Key: Sendable {
    /// The numbers of the layers; several are parts of the same thing.
    var layers: [Int]
    /// What they show.
    var name: String
  }

  /// The shapes, the last on top.
  var layers: [Layer] = []
  /// The legend; empty for none.
  var keys: [Key] = []
  /// Whether layers of the same kind differ by their series only, which marks then tell apart.
  var isSplit = false
  /// Whether the vertical axis starts at zero.
  var startsAtZero = false
  /// Notes under the plot.
  var notes: [String] = []

  /// Names the layers in their order, where there is more than one.
  mutating func nameLayers(_ names: [String]) {
    guard names.count > 1 else { return }
    keys = names.enumerated().map { Key(layers: [$0], name: $1) }
    isSplit = true
  }

  /// Whether there are bars.
  var hasBars: Bool {
    layers.contains { if case .bars = $0.shape { true } else { false } }
  }

  /// Whether there are points and nothing else.
  var isOfPoints: Bool {
    layers.allSatisfy { if case .dots = $0.shape { true } else { false } }
  }

  /// The coordinates of points that can be shown.
  func shownValues(on axes: AxisOptions) -> (x: [Double], y: [Double]) {
    var xs = axes.coveredX.filter { Axis.shows($0, logarithmic: axes.logX) }
    var ys: [Double] = []
    for layer in layers {
      switch layer.shape {
      case .line(let x, let y), .dots(let x, let y):
        for (a, b) in zip(x, y)
        where Axis.shows(a, logarithmic: axes.logX) && Axis.shows(b, logarithmic: axes.logY) {
          xs.append(a)
          ys.append(b)
        }
      case .bars(let edges, let heights):
        xs += edges
        ys += heights
        if axes.logY { ys.append(1) }
      }
    }
    return (xs, ys)
  }

  /// The vertical axis over values that can be shown.
  func verticalAxis(
    _ values: [Double], on axes: AxisOptions, atMost most: Int, spare: Double
  ) -> Axis {
    var axis = Axis(
      covering: startsAtZero && !axes.logY ? values + [0] : values, logarithmic: axes.logY,
      atMost: most, spare: spare)
    if startsAtZero, axes.logY, axis.high > 1 {
      // Counts start at 1, and a bar of one must be seen.
      axis.low = 0.5
      axis.ticks = Ticks.logarithmic(0.5, axis.high, atMost: most).filter { $0.value >= 1 }
    }
    return axis
  }
}
