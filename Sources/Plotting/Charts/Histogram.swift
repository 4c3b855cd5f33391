import Glibc

/// The number of values in each of some intervals of the same width.
public struct Histogram: Chart {
  /// The values. Those that are not finite are left out, and the plot says how many.
  public var values: [Double]
  /// The number of intervals; nil for a rule.
  public var bins: Int?

  /// A histogram of values.
  ///
  /// Without `bins`, the rule of Freedman and Diaconis: the width of a bin is 2·IQR·n^(−1/3), with
  /// at least about 5 and at most 200 bins. Where the quartiles are equal, Sturges' rule: ⌈log₂ n⌉
  /// + 1 bins.
  public init(_ values: [Double], bins: Int? = nil) {
    self.values = values
    self.bins = bins
  }

  /// `histogram`.
  public var kind: String { "histogram" }

  /// The values, and their counts in bins of equal width between edges.
  public var data: [ChartData.Named] {
    let counted = counted(logarithmic: false, atMost: 1000)
    return [
      ("values", .numbers(values)), ("edges", .numbers(counted?.edges ?? [])),
      ("counts", .numbers(counted?.heights ?? [])),
    ]
  }

  /// The bars over their axis.
  public func drawn(in frame: ChartFrame) -> CellGrid {
    SceneText(scene(on: frame.axes, atMost: frame.columns - 10), in: frame).drawn()
  }

  /// The bars over their axis.
  public func drawing(in frame: DrawingFrame) -> Drawing {
    SceneDrawing(scene(on: frame.axes, atMost: Int(frame.width / 4)), in: frame).drawn()
  }

  /// The bars, at most `most` of them.
  private func scene(on axes: AxisOptions, atMost most: Int) -> Scene {
    var scene = Scene()
    var missing = SkippedRows()
    // Only the values can be impossible to show; counts never are.
    missing.count(x: values, y: Array(repeating: 1, count: values.count), on: axes)
    let counts = counted(logarithmic: axes.logX, atMost: max(1, most))
    if let counts {
      scene.layers = [
        Scene.Layer(shape: .bars(edges: counts.edges, heights: counts.heights), series: 0)
      ]
    }
    scene.startsAtZero = true
    scene.notes = missing.notes
    return scene
  }

  /// The edges of the bins, one more than bins, and the counts; nil where there are no values.
  func counted(logarithmic: Bool, atMost: Int) -> (edges: [Double], heights: [Double])? {
    let places = values.filter { Axis.shows($0, logarithmic: logarithmic) }
      .map { logarithmic ? log10($0) : $0 }.sorted()
    guard let first = places.first, let last = places.last else { return nil }
    var (low, high) = (first, last)
    if !(high / 2 - low / 2 > max(abs(low), abs(high)) * 1e-12) || high - low < 1e-290 {
      (low, high) = Axis.widened(low, high)
      if first == last, low < first - 0.5 * abs(first), abs(first) < 1e-290 {
        (low, high) = (-0.5, 0.5)
      }
    }
    let count = max(1, min(bins ?? Histogram.rule(places), min(atMost, 1000)))
    var heights = Array(repeating: 0.0, count: count)
    let halfSpan = high / 2 - low / 2
    for place in places {
      let share = (place / 2 - low / 2) / halfSpan
      let bin = min(Int(max(0, min(share, 1)) * Double(count)), count - 1)
      heights[bin] += 1
    }
    let edges = (0...count).map { index in
      let share = Double(index) / Double(count)
      let place = low * (1 - share) + high * share
      return logarithmic ? pow(10, place) : place
    }
    return (edges, heights)
  }

  /// The number of bins for sorted values.
  static func rule(_ sorted: [Double]) -> Int {
    guard let first = sorted.first, let last = sorted.last, sorted.count > 1, first < last else {
      return 1
    }
    let count = Double(sorted.count)
    let sturges = wholeNumber(ceil(log2(count)) + 1, in: 1...64)
    let quartiles = quantile(sorted, 0.75) / 2 - quantile(sorted, 0.25) / 2
    let width = 2 * quartiles / cbrt(count)
    guard width > 0 else { return sturges }
    let bins = ceil((last / 2 - first / 2) / width)
    return max(min(sturges, 5), wholeNumber(bins, in: 1...200))
  }

  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = min(max(0, Int(place)), sorted.count - 1)
    let above = min(below + 1, sorted.count - 1)
    let rest = place - Double(below)
    return sorted[below] * (1 - rest) + sorted[above] * rest
  }
}
