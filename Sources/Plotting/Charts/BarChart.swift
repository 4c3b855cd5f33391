import Text

/// Horizontal bars with names and values.
public struct BarChart: Chart {
  /// The names.
  public var labels: [String]
  /// The lengths of the bars; negative ones point to the left.
  public var values: [Double]

  /// A chart with a bar for each label that has a value.
  public init(labels: [String], values: [Double]) {
    self.labels = labels
    self.values = values
  }

  /// `bars`.
  public var kind: String { "bars" }

  /// Labels and values.
  public var data: [ChartData.Named] {
    [("labels", .texts(labels)), ("values", .numbers(values))]
  }

  /// The bars, one to a row.
  public func drawn(in frame: ChartFrame) -> CellGrid {
    var grid = CellGrid(columns: frame.columns)
    let items = Array(zip(labels, values))
    guard !items.isEmpty else {
      grid.put(frame.clipped("no bars to show", to: frame.columns), row: 0, column: 0)
      return grid
    }
    let texts = items.map { NumberText.compact($0.1) }
    let widestName = items.map { DisplayWidth.of($0.0) }.max() ?? 0
    let names = max(1, min(widestName, frame.columns / 3))
    let numbers = texts.map(\.count).max() ?? 1
    let start = names + 2
    let finite = items.map(\.1).filter(\.isFinite)
    let low = min(0, finite.min() ?? 0)
    let high = max(0, finite.max() ?? 0)
    let span = high / 2 - low / 2
    // The number of a negative bar stands right of the zero line, where there is room.
    let room = max(1, frame.columns - start - numbers - 1)
    let zero = span > 0 ? wholeNumber(-low / 2 / span * Double(room), in: 0...room) : 0

    var row = 0
    if let label = frame.axes.yLabel {
      grid.put(frame.clipped(label, to: frame.columns), row: row, column: 0)
      row += 1
    }
    let limit = frame.askedRows.map { max(1, $0 - (frame.axes.xLabel == nil ? 0 : 1)) } ?? 2000
    for (index, item) in items.enumerated() {
      if row >= limit - 1, index < items.count - 1 {
        grid.put(
          frame.clipped("\(frame.display.ellipsis) \(items.count - index) more", to: frame.columns),
          row: row, column: 0)
        row += 1
        break
      }
      let name = frame.clipped(item.0, to: names)
      grid.put(TextLayout.rightAligned(name, in: names), row: row, column: 0)
      grid.put(frame.display.isASCII ? "|" : "│", row: row, column: names + 1)
      var end = start + zero
      if item.1.isFinite, span > 0 {
        let length = abs(item.1) / 2 / span * Double(room)
        if item.1 >= 0 {
          end += drawRight(length, at: end, row: row, into: &grid, frame: frame)
        } else {
          drawLeft(length, before: end, row: row, into: &grid, frame: frame)
        }
      }
      grid.put(texts[index], row: row, column: end + 1)
      row += 1
    }
    if let label = frame.axes.xLabel {
      grid.put(
        frame.clipped(label, to: frame.columns), row: row,
        column: min(start, max(0, frame.columns - DisplayWidth.of(label))))
    }
    return grid
  }

  private func style(_ index: Int) -> Style { Style(Palette.category(index)) }

  /// Draws a bar to the right; returns the number of its columns.
  private func drawRight(
    _ length: Double, at column: Int, row: Int, into grid: inout CellGrid, frame: ChartFrame
  ) -> Int {
    if frame.display.isASCII {
      let cells = max(length > 0 ? 1 : 0, wholeNumber(length, in: 0...1000))
      grid.put(
        String(repeating: "#", count: cells), row: row, column: column, style: style(0))
      return cells
    }
    var eighths = wholeNumber(length * 8, in: 0...8000)
    if eighths == 0, length > 0 { eighths = 1 }
    var text = String(repeating: "█", count: eighths / 8)
    if eighths % 8 > 0 { text += Blocks.growing(eighths % 8) }
    grid.put(text, row: row, column: column, style: style(0))
    return (eighths + 7) / 8
  }

  private func drawLeft(
    _ length: Double, before column: Int, row: Int, into grid: inout CellGrid, frame: ChartFrame
  ) {
    let halves = max(1, wholeNumber(length * 2, in: 0...2000))
    let ascii = frame.display.isASCII
    let cells = ascii ? (halves + 1) / 2 : halves / 2
    grid.put(
      String(repeating: ascii ? "#" : "█", count: cells), row: row, column: column - cells,
      style: style(3))
    if !ascii, halves % 2 == 1 {
      grid.put("▐", row: row, column: column - cells - 1, style: style(3))
    }
  }
}
