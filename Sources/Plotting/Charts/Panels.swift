/// Line charts above one another, over the same horizontal axis, each with a scale of its own.
///
/// Two scales in one area would let curves cross where nothing does.
public struct Panels: Chart {
  /// A line chart, the name of its vertical axis, and whether that may be logarithmic.
  public struct Panel: Sendable {
    /// The curves.
    public var chart: LineChart
    /// The name of the vertical axis.
    public var yLabel: String
    /// Whether a logarithmic vertical axis is meant for this panel, too.
    public var followsLogY: Bool

    /// A panel.
    public init(_ chart: LineChart, yLabel: String, followsLogY: Bool = true) {
      self.chart = chart
      self.yLabel = yLabel
      self.followsLogY = followsLogY
    }
  }

  /// The panels, from above.
  public var panels: [Panel]

  /// A chart of them.
  public init(_ panels: [Panel]) { self.panels = panels }

  /// `panels`.
  public var kind: String { "panels" }

  /// The charts, and the names of their vertical axes.
  public var data: [ChartData.Named] {
    let all = panels.map { [("y_label", ChartData.text($0.yLabel))] + $0.chart.data }
    return [("panels", .list(all))]
  }

  /// The least rows of a panel: three of the plot, axis, label and legend.
  private static let leastRows = 7

  /// The panels share the rows; only the last one names the horizontal axis.
  public func drawn(in frame: ChartFrame) -> CellGrid {
    var frames = axes(of: frame.axes).map { axes in
      var own = frame
      own.rows = max(Self.leastRows, frame.rows / panels.count)
      own.axes = axes
      return own
    }
    // The widest labels of the vertical axes decide where all plots begin.
    let gutter =
      zip(panels, frames).map { panel, own in
        SceneText(panel.chart.scene(on: own.axes), in: own).gutter
      }.max() ?? 0
    var grid = CellGrid(columns: frame.columns)
    for (i, panel) in panels.enumerated() {
      frames[i].leastGutter = gutter
      grid.append(panel.chart.drawn(in: frames[i]))
    }
    return grid
  }

  /// The panels share the height, but have a least one.
  public func drawing(in frame: DrawingFrame) -> Drawing {
    var frames = axes(of: frame.axes).map { axes in
      var own = frame
      own.height = max(frame.hasAskedHeight ? 80 : 200, frame.height / Double(panels.count) - 6)
      own.axes = axes
      return own
    }
    let gutter =
      zip(panels, frames).map { panel, own in
        SceneDrawing(panel.chart.scene(on: own.axes), in: own).gutter
      }.max() ?? 0
    var drawing = Drawing(width: frame.width)
    for (i, panel) in panels.enumerated() {
      frames[i].leastGutter = gutter
      let own = panel.chart.drawing(in: frames[i])
      drawing.summary += (i > 0 ? ". " : "") + own.summary
      drawing.add(own, x: 0, y: drawing.height)
      drawing.height += own.height + (i < panels.count - 1 ? 6 : 0)
    }
    return drawing
  }

  /// The axes of each panel, all over the same values.
  private func axes(of all: AxisOptions) -> [AxisOptions] {
    let xs = panels.flatMap { $0.chart.series.flatMap(\.x) }.filter(\.isFinite)
    let ends = [xs.min(), xs.max()].compactMap(\.self)
    return panels.enumerated().map { i, panel in
      var own = all
      own.yLabel = panel.yLabel
      own.logY = all.logY && panel.followsLogY
      if i < panels.count - 1 { own.xLabel = nil }
      own.coveredX = ends
      return own
    }
  }
}
