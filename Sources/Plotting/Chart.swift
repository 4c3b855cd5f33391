import Text

/// A kind of plot: line, scatter, heat map…
///
/// A chart holds its data and draws them. A new kind is one file in `Charts/`.
public protocol Chart: Sendable {
  /// The word for the kind: `line`.
  var kind: String { get }

  /// What it shows, by name.
  var data: [ChartData.Named] { get }

  /// The chart as a grid of character cells, at most as wide as the frame.
  func drawn(in frame: ChartFrame) -> CellGrid

  /// The chart as shapes, as wide as the frame.
  func drawing(in frame: DrawingFrame) -> Drawing
}

/// The names and scales of a chart's axes, which are the same on every surface.
public struct AxisOptions: Sendable {
  /// The name of the horizontal axis.
  public var xLabel: String?
  /// The name of the vertical axis.
  public var yLabel: String?
  /// Whether the horizontal axis is logarithmic.
  public var logX = false
  /// Whether the vertical axis is logarithmic.
  public var logY = false
  /// Values that the horizontal axis covers beside those of the chart.
  var coveredX: [Double] = []
}

/// The room for a chart, and how it is drawn there.
public struct ChartFrame: Sendable {
  /// The available columns, at least 1.
  public var columns: Int
  /// The available rows for a chart of variable height, at least 1.
  public var rows: Int
  /// The columns that the user asked for, which a chart should fill; nil leaves the size to it.
  public var askedColumns: Int?
  /// The rows that the user asked for, a limit for charts that list items; nil sets no limit.
  public var askedRows: Int?
  /// The names and scales of the axes.
  public var axes: AxisOptions
  /// The display that shows the chart.
  public var display: Display
  /// The least columns before the plot, so that plots above one another are aligned.
  var leastGutter = 0

  /// Puts a label in the middle of `width` columns that begin at `start`, or as near as it fits.
  func put(_ label: String, into grid: inout CellGrid, row: Int, start: Int, width: Int) {
    let text = clipped(label, to: columns)
    let labelWidth = DisplayWidth.of(text)
    let middle = start + (width - labelWidth) / 2
    grid.put(text, row: row, column: max(0, min(middle, columns - labelWidth)))
  }

  /// The text in at most `columns` columns, with the display's ellipsis where it is cut.
  func clipped(_ text: String, to columns: Int) -> String {
    TextLayout.clipped(text, to: columns, ellipsis: display.ellipsis)
  }
}
