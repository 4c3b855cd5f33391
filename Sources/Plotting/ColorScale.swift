import Text

/// The colors of values, or their shades on a display without colors.
struct ColorScale: Sendable {
  /// The least finite value.
  let low: Double
  /// The greatest finite value.
  let high: Double
  /// Whether some values are nan.
  let hasMissing: Bool

  init(_ values: [Double]) {
    let finite = values.lazy.filter(\.isFinite)
    low = finite.min() ?? .nan
    high = finite.max() ?? .nan
    hasMissing = values.contains(where: \.isNaN)
  }

  /// The place of a value, from 0 at the least to 1 at the greatest; nil for nan.
  func share(_ value: Double) -> Double? {
    guard !value.isNaN else { return nil }
    if value == .infinity { return 1 }
    if value == -.infinity { return 0 }
    let share = (value / 2 - low / 2) / (high / 2 - low / 2)
    return share.isFinite ? min(max(share, 0), 1) : 0.5
  }

  func color(_ value: Double) -> RGB {
    share(value).map(Palette.sequential) ?? Palette.missing
  }

  /// One of 256 colors, of which pictures take less room in files.
  func steppedColor(_ value: Double) -> RGB {
    share(value).map { ColorScale.steps[wholeNumber($0 * 255, in: 0...255)] } ?? Palette.missing
  }

  private static let steps = (0...255).map { Palette.sequential(Double($0) / 255) }

  /// A character that is darker the greater the value.
  func shade(_ value: Double, _ display: Display) -> String {
    guard let share = share(value) else { return ColorScale.missingMark(display) }
    if display.isASCII { return String(PixelRaster.gray(share)) }
    return ColorScale.shades[
      wholeNumber(share * Double(ColorScale.shades.count - 1), in: 0...4)]
  }

  /// Draws the scale with its least and greatest value on one row.
  func drawLegend(into grid: inout CellGrid, row: Int, column: Int, _ frame: ChartFrame) {
    guard low.isFinite, high.isFinite else { return }
    let from = NumberText.compact(low)
    let to = NumberText.compact(high)
    let room = frame.columns - column - from.count - to.count - 2
    let width = min(20, room)
    guard width >= 3 else { return }
    var place = column
    grid.put(from, row: row, column: place)
    place += from.count + 1
    if low < high {
      for step in 0..<width {
        let share = Double(step) / Double(width - 1)
        if !frame.display.hasColor {
          let value = low * (1 - share) + high * share
          grid.put(shade(value, frame.display), row: row, column: place)
        } else {
          grid.put(" ", row: row, column: place, style: Style(on: Palette.sequential(share)))
        }
        place += 1
      }
      place += 1
      grid.put(to, row: row, column: place)
      place += to.count
    }
    guard hasMissing, frame.columns - place >= 8 else { return }
    if !frame.display.hasColor {
      grid.put(ColorScale.missingMark(frame.display) + " nan", row: row, column: place + 2)
    } else {
      grid.put("  ", row: row, column: place + 2, style: Style(on: Palette.missing))
      grid.put("nan", row: row, column: place + 5)
    }
  }

  private static let shades = [" ", "░", "▒", "▓", "█"]

  private static func missingMark(_ display: Display) -> String { display.isASCII ? "x" : "×" }
}

/// A matrix reduced in size: each entry is the mean of the numbers in a block, or nan where it has
/// none.
struct Downsampled: Sendable {
  let rows: Int
  let columns: Int
  private var values: [Double]

  init(_ source: [Double], rows: Int, columns: Int, toRows: Int, toColumns: Int) {
    self.rows = max(1, toRows)
    self.columns = max(1, toColumns)
    values = []
    values.reserveCapacity(self.rows * self.columns)
    for y in 0..<self.rows {
      for x in 0..<self.columns {
        var mean = 0.0
        var count = 0.0
        for row in Downsampled.block(y, of: self.rows, over: rows) {
          for column in Downsampled.block(x, of: self.columns, over: columns) {
            let place = row * columns + column
            guard source.indices.contains(place), !source[place].isNaN else { continue }
            count += 1
            // A running mean, which cannot overflow as a sum can.
            mean =
              source[place].isFinite && mean.isFinite
              ? mean + (source[place] / count - mean / count) : mean + source[place]
          }
        }
        values.append(count > 0 ? mean : .nan)
      }
    }
  }

  subscript(row: Int, column: Int) -> Double {
    let place = row * columns + column
    return values.indices.contains(place) ? values[place] : .nan
  }

  private static func block(_ index: Int, of count: Int, over size: Int) -> Range<Int> {
    let first = min(index * size / count, max(0, size - 1))
    return first..<min(size, max(first + 1, (index + 1) * size / count))
  }
}
