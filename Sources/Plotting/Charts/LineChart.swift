/// The points of a line in order.
public struct Series: Sendable {
  /// The name in the legend.
  public var name: String?
  /// The places on the horizontal axis.
  public var x: [Double]
  /// The values there.
  public var y: [Double]
  /// Indices of points that are not joined to the one before, as after a jump.
  public var breaks: [Int]
  /// Whether the points are not joined at all: a line through noise would cover everything.
  public var areDots: Bool

  /// A series of as many points as the shorter of `x` and `y` has.
  public init(
    name: String? = nil, x: [Double], y: [Double], breaks: [Int] = [], areDots: Bool = false
  ) {
    self.name = name
    self.areDots = areDots
    self.x = x
    self.y = y
    self.breaks = breaks
  }

  /// The points, with an extra one that cannot be shown at every break, which interrupts the line.
  fileprivate var lifted: (x: [Double], y: [Double]) {
    var (x, y) = (x, y)
    for place in Set(breaks).sorted(by: >) where place > 0 && place < min(x.count, y.count) {
      // At the same x as the next, so that the points stay in order.
      x.insert(x[place], at: place)
      y.insert(.nan, at: place)
    }
    return (x, y)
  }
}

extension Series {
  /// The running mean of a series: of each point and those around it, `window` of them in the
  /// middle, fewer at the ends. Points that are not finite are left out of it.
  public func runningMean(of window: Int) -> Series {
    let count = min(x.count, y.count)
    let reach = max(0, window / 2)
    // Sums up to each point: a mean costs no more for a wide window.
    var sums = [0.0]
    var counts = [0]
    for value in y.prefix(count) {
      sums.append(sums[sums.count - 1] + (value.isFinite ? value : 0))
      counts.append(counts[counts.count - 1] + (value.isFinite ? 1 : 0))
    }
    let means = (0..<count).map { i in
      // The same number on both sides, so that the ends of a slope are not pulled inwards.
      let own = min(reach, i, count - 1 - i)
      let (first, last) = (i - own, i + own + 1)
      return (sums[last] - sums[first]) / Double(counts[last] - counts[first])
    }
    return Series(name: "running mean of \(2 * reach + 1)", x: Array(x.prefix(count)), y: means)
  }

  /// The window of a running mean that shows what noise hides; nil where there is little noise, or
  /// few points: where the steps from point to point are small against what the mean does.
  public var noiseWindow: Int? {
    let values = y.filter(\.isFinite)
    guard values.count >= 60 else { return nil }
    let window = max(5, values.count / 10)
    let means = runningMean(of: window).y.filter(\.isFinite)
    guard let low = means.min(), let high = means.max() else { return nil }
    let steps = zip(values, values.dropFirst()).reduce(0) { $0 + abs($1.1 - $1.0) }
    return steps / Double(values.count - 1) > 0.2 * (high - low) && steps > 0 ? window : nil
  }
}

/// Series as lines between two axes.
public struct LineChart: Chart {
  /// The lines.
  public var series: [Series]

  /// A chart of one line for each series; several have a legend.
  public init(_ series: [Series]) {
    self.series = series
  }

  /// `line`.
  public var kind: String { "line" }

  /// The series.
  public var data: [ChartData.Named] {
    let all = series.map { series -> [ChartData.Named] in
      (series.name.map { [("name", .text($0))] } ?? [])
        + [("x", .numbers(series.x)), ("y", .numbers(series.y))]
    }
    return [("series", .list(all))]
  }

  /// The lines, their axes, and a note where points cannot be shown.
  public func drawn(in frame: ChartFrame) -> CellGrid {
    SceneText(scene(on: frame.axes), in: frame).drawn()
  }

  /// The lines, their axes, and a note where points cannot be shown.
  public func drawing(in frame: DrawingFrame) -> Drawing {
    SceneDrawing(scene(on: frame.axes), in: frame).drawn()
  }

  /// The lines between their axes.
  func scene(on axes: AxisOptions) -> Scene {
    var scene = Scene()
    var missing = SkippedRows()
    for (index, one) in series.enumerated() {
      let points = one.lifted
      scene.layers.append(
        Scene.Layer(
          shape: one.areDots
            ? .dots(x: one.x, y: one.y) : .line(x: points.x, y: points.y), series: index,
          isFaint: one.areDots))
      missing.count(x: one.x, y: one.y, on: axes)
    }
    scene.nameLayers(series.enumerated().map { $1.name ?? "series \($0 + 1)" })
    scene.notes = missing.notes
    return scene
  }
}

/// Counts the points that a plot cannot show.
struct SkippedRows {
  private var notFinite = 0
  private var notPositive = 0
  private var shown = 0

  mutating func count(x: [Double], y: [Double], on axes: AxisOptions) {
    for (a, b) in zip(x, y) {
      if !a.isFinite || !b.isFinite {
        notFinite += 1
      } else if (axes.logX && a <= 0) || (axes.logY && b <= 0) {
        notPositive += 1
      } else {
        shown += 1
      }
    }
  }

  /// The notes under the plot.
  var notes: [String] {
    var notes: [String] = []
    if notPositive > 0 {
      notes.append("left out: \(points(notPositive)) not positive on a logarithmic axis")
    }
    if notFinite > 0 { notes.append("left out: \(points(notFinite)) not finite") }
    if shown == 0 { notes.append("no points to show") }
    return notes
  }

  private func points(_ count: Int) -> String { count == 1 ? "1 point" : "\(count) points" }
}
