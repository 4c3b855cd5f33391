/// A picture as numbers in the order height × width × channels, the channel running fastest.
public struct Picture: Sendable {
  /// Height in pixels.
  public let height: Int
  /// Width in pixels.
  public let width: Int
  /// Values of a pixel: 3 are red, green and blue; the mean of any other number is shown as gray.
  public let channels: Int
  /// The values, from 0 for black to 255. Values beyond are clamped; nan and values missing at the
  /// end are black.
  public let pixels: [Double]

  /// A picture. Sizes are clamped to 65 536, and a large height to the values that there are.
  public init(height: Int, width: Int, channels: Int, pixels: [Double]) {
    self.channels = max(1, min(channels, 1 << 16))
    self.width = max(0, min(width, 1 << 16))
    let most = max(0, min(height, 1 << 16))
    let row = max(1, self.width * self.channels)
    // A height far beyond the values is reduced to them.
    self.height = most * row <= 1 << 24 ? most : min(most, (pixels.count + row - 1) / row)
    self.pixels = pixels
  }

  /// Whether there is a pixel to show.
  var isEmpty: Bool { width == 0 || height == 0 }

  /// The picture at another size; each new pixel is the mean of the area that it covers.
  func raster(width newWidth: Int, height newHeight: Int) -> PixelRaster {
    var raster = PixelRaster(width: newWidth, height: newHeight)
    guard !isEmpty else { return raster }
    let across = (0..<raster.width).map { Picture.cover($0, of: raster.width, over: width) }
    let down = (0..<raster.height).map { Picture.cover($0, of: raster.height, over: height) }
    for y in 0..<raster.height {
      for x in 0..<raster.width {
        var sums = [0.0, 0.0, 0.0]
        var weight = 0.0
        for (row, rowShare) in down[y] {
          for (column, columnShare) in across[x] {
            let share = rowShare * columnShare
            weight += share
            for channel in 0..<3 {
              sums[channel] += share * level(row: row, column: column, channel: channel)
            }
          }
        }
        guard weight > 0 else { continue }
        raster[x, y] = RGB(
          RGB.level(sums[0] / weight), RGB.level(sums[1] / weight), RGB.level(sums[2] / weight))
      }
    }
    return raster
  }

  /// The source pixels under one new pixel, and how much of each.
  private static func cover(
    _ index: Int, of count: Int, over size: Int
  ) -> [(Int, Double)] {
    let scale = Double(size) / Double(max(1, count))
    let from = Double(index) * scale
    let to = from + scale
    let first = min(wholeNumber(from.rounded(.down), in: 0...max(0, size - 1)), size - 1)
    let last = min(wholeNumber((to - 1e-9).rounded(.down), in: 0...max(0, size - 1)), size - 1)
    return (first...max(first, last)).map { place in
      (place, max(1e-9, min(to, Double(place + 1)) - max(from, Double(place))))
    }
  }

  private func level(row: Int, column: Int, channel: Int) -> Double {
    let start = (row * width + column) * channels
    guard start >= 0, start < pixels.count else { return 0 }
    if channels == 3 {
      return start + channel < pixels.count ? Picture.shown(pixels[start + channel]) : 0
    }
    var sum = 0.0
    let end = min(pixels.count, start + min(channels, pixels.count - start))
    for place in start..<end { sum += Picture.shown(pixels[place]) }
    return sum / Double(channels)
  }

  private static func shown(_ value: Double) -> Double {
    value > 0 ? min(value, 255) : 0
  }
}
