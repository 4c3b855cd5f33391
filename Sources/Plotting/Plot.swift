import Text

/// A plot as data: a chart, with its title, labels and scales.
///
///     let plot = Plot(LineChart([Series(x: steps, y: losses)]), title: "loss", logY: true)
///     print(plot.rendered(on: Display(width: 80)))
public struct Plot: Sendable {
  /// The chart.
  public var chart: any Chart
  /// The line above it.
  public var title: String?
  /// The name of the horizontal axis.
  public var xLabel: String?
  /// The name of the vertical axis.
  public var yLabel: String?
  /// Columns of the whole plot, at most those of the display; nil takes these, up to 100.
  public var width: Int?
  /// Rows of the whole plot; nil takes 20, less on a low terminal.
  ///
  /// Charts that list items (bars, matrices, pictures) take the rows that they need.
  public var height: Int?
  /// Whether the horizontal axis is logarithmic. Points that are not positive are left out, and the
  /// plot says how many.
  public var logX: Bool
  /// Whether the vertical axis is logarithmic. Points that are not positive are left out, and the
  /// plot says how many.
  public var logY: Bool

  /// A plot of a chart.
  public init(
    _ chart: any Chart, title: String? = nil, xLabel: String? = nil, yLabel: String? = nil,
    width: Int? = nil, height: Int? = nil, logX: Bool = false, logY: Bool = false
  ) {
    self.chart = chart
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.width = width
    self.height = height
    self.logX = logX
    self.logY = logY
  }

  /// The plot as lines of text, joined by `"\n"` and without a final one.
  ///
  /// No line is wider than the display or ends in blanks. Escape sequences appear only on a display
  /// with colors, and every line that sets a color resets it.
  public func rendered(on display: Display) -> String {
    let room = max(0, min(display.width, 1000))
    let columns = max(1, min(width ?? min(room, 100), max(room, 1)))
    let automatic = min(20, max(display.height ?? 22, 10) - 2)
    let rows = max(1, min(height ?? automatic, 1000))
    let hasTitle = !(title ?? "").isEmpty

    let askedRows = height.map { max(1, max(1, min($0, 10_000)) - (hasTitle ? 1 : 0)) }
    let frame = ChartFrame(
      columns: columns, rows: max(1, rows - (hasTitle ? 1 : 0)),
      askedColumns: width == nil ? nil : columns, askedRows: askedRows,
      axes: axes, display: display)
    let body = chart.drawn(in: frame)

    var grid = CellGrid(columns: min(columns, room))
    if hasTitle, let title {
      // Centered above the chart, which may be narrower than the room.
      let span = max(1, min(columns, body.usedColumns))
      let text = TextLayout.clipped(title, to: columns, ellipsis: display.ellipsis)
      let start = (span - DisplayWidth.of(text)) / 2
      grid.put(text, row: 0, column: max(0, start), style: Style(isBold: true))
    }
    grid.append(body)
    return grid.lines(in: display.color).joined(separator: "\n")
  }

  /// The names and scales of the axes, where an empty name is none.
  var axes: AxisOptions {
    AxisOptions(
      xLabel: xLabel.flatMap { $0.isEmpty ? nil : $0 },
      yLabel: yLabel.flatMap { $0.isEmpty ? nil : $0 }, logX: logX, logY: logY)
  }
}
