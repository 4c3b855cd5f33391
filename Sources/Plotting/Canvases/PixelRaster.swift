import Text

/// Colored pixels, two to a cell: one above the other they are about square.
struct PixelRaster: Sendable, Equatable {
  let width: Int
  let height: Int
  private(set) var pixels: [RGB?]

  /// Characters of growing ink, for where there are no colors.
  static let ramp: [Character] = [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"]

  /// A raster that shows nothing yet.
  init(width: Int, height: Int) {
    self.width = max(0, min(width, 2000))
    self.height = max(0, min(height, 20_000))
    pixels = Array(repeating: nil, count: self.width * self.height)
  }

  /// The cells that the raster is high.
  var rows: Int { (height + 1) / 2 }

  /// The color of a pixel, `nil` outside and where nothing was set.
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

  /// Puts another raster on this one.
  mutating func put(_ other: PixelRaster, x: Int, y: Int) {
    for row in 0..<other.height {
      for column in 0..<other.width {
        self[x + column, y + row] = other[column, row]
      }
    }
  }

  /// Half blocks where there are colors and blocks, else grays of one character to a cell.
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

  /// What brings the darkest and the lightest pixel to the ends of the ramp, which has few steps; a
  /// raster without any contrast stays as it is.
  private var contrast: (low: Double, scale: Double) {
    var (low, high) = (255.0, 0.0)
    for pixel in pixels {
      guard let light = pixel?.luminance else { continue }
      low = min(low, light)
      high = max(high, light)
    }
    return high - low < 8 ? (0, 1) : (low, 255 / (high - low))
  }

  /// The character for a lightness from 0 to 1.
  static func gray(_ light: Double) -> Character {
    ramp[wholeNumber(light * Double(ramp.count - 1), in: 0...(ramp.count - 1))]
  }
}
