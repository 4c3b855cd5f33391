import Text

/// Colored pixels, two above one another in a cell, so that they are about square.
struct PixelRaster: Sendable, Equatable {
  let width: Int
  let height: Int
  private(set) var pixels: [RGB?]

  /// Characters from light to dark, for displays without colors.
  static let ramp: [Character] = [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"]

  /// An empty raster; its size is limited to 2000 × 20 000.
  init(width: Int, height: Int) {
    self.width = max(0, min(width, 2000))
    self.height = max(0, min(height, 20_000))
    pixels = Array(repeating: nil, count: self.width * self.height)
  }

  /// The height in cells.
  var rows: Int { (height + 1) / 2 }

  /// The color of a pixel; nil outside and where none was set.
  subscript(x: Int, y: Int) -> RGB? {
    get {
      guard x >= 0, x < width, y >= 0, y < height else { return nil }
      return pixels[y * width + x]
    }
    set {
      guard x >= 0, x < width, y >= 0, y < height else { return }
      pixels[y * width + x] = newValue
    }
  }

  /// Copies another raster into this one.
  mutating func put(_ other: PixelRaster, x: Int, y: Int) {
    for row in 0..<other.height {
      for column in 0..<other.width {
        self[x + column, y + row] = other[column, row]
      }
    }
  }

  /// Draws half blocks on a display with colors and blocks, else a gray character for each cell.
  func paint(into grid: inout CellGrid, row: Int, column: Int, display: Display) {
    let inBlocks = display.hasColor && !display.isASCII
    let stretch = inBlocks ? (low: 0.0, scale: 1.0) : contrast
    for y in 0..<rows {
      grid.reach(row: row + y)
      for x in 0..<width {
        let top = self[x, 2 * y]
        let bottom = self[x, 2 * y + 1]
        guard let first = top ?? bottom else { continue }
        if !inBlocks {
          let second = bottom ?? first
          let light = (first.luminance + second.luminance) / 2
          let style = !display.hasColor ? Style() : Style(first.mixed(with: second, 0.5))
          grid.put(
            String(PixelRaster.gray((light - stretch.low) * stretch.scale / 255)), row: row + y,
            column: column + x, style: style)
        } else if top == nil {
          grid.put("▄", row: row + y, column: column + x, style: Style(bottom))
        } else {
          grid.put("▀", row: row + y, column: column + x, style: Style(top, on: bottom))
        }
      }
    }
  }

  /// The stretch of brightness to the whole ramp, which has few steps: a mean of many pictures has
  /// little contrast. None where there is one brightness, up to rounding.
  private var contrast: (low: Double, scale: Double) {
    var (low, high) = (255.0, 0.0)
    for pixel in pixels {
      guard let light = pixel?.luminance else { continue }
      low = min(low, light)
      high = max(high, light)
    }
    return high - low < 2 ? (0, 1) : (low, 255 / (high - low))
  }

  /// The character for a lightness from 0 to 1.
  static func gray(_ light: Double) -> Character {
    ramp[wholeNumber(light * Double(ramp.count - 1), in: 0...(ramp.count - 1))]
  }
}
