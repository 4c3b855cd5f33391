/// Pixels as sixels, the pictures of the VT340: strips of six rows, each drawn color by color.
///
/// DEC, VT330/VT340 Programmer Reference Manual, volume 2, chapter 14 (1987).
struct SixelWriter {
  private let width: Int
  private let height: Int
  /// The number of the color of each pixel.
  private let pixels: [UInt8]
  private let colors: [ColorBox]

  /// Pixels in red, green and blue. Of more than 256 colors, similar ones become one.
  init(_ rgb: [UInt8], width: Int, height: Int) {
    self.width = width
    self.height = height
    (pixels, colors) = Self.indexed(rgb, count: width * height)
  }

  /// The escape sequence of the picture.
  var bytes: [UInt8] {
    var bytes = Array("\u{1B}P0;1q\"1;1;\(width);\(height)".utf8)
    for (i, color) in colors.enumerated() {
      let (red, green, blue) = color.percent
      bytes += "#\(i);2;\(red);\(green);\(blue)".utf8
    }
    for top in stride(from: 0, to: height, by: 6) {
      if top > 0 { bytes.append(UInt8(ascii: "-")) }
      append(strip: top..<min(top + 6, height), to: &bytes)
    }
    return bytes + Array("\u{1B}\\".utf8)
  }

  /// Adds six rows: for each of their colors, which of the six pixels of each column have it.
  private func append(strip rows: Range<Int>, to bytes: inout [UInt8]) {
    var patterns = [[UInt8]?](repeating: nil, count: colors.count)
    for (bit, y) in rows.enumerated() {
      for x in 0..<width {
        let color = Int(pixels[y * width + x])
        if patterns[color] == nil { patterns[color] = [UInt8](repeating: 0, count: width) }
        patterns[color]?[x] |= 1 << UInt8(bit)
      }
    }
    var isFirst = true
    for (color, pattern) in patterns.enumerated() {
      guard let pattern else { continue }
      if !isFirst { bytes.append(UInt8(ascii: "$")) }
      isFirst = false
      bytes += "#\(color)".utf8
      var x = 0
      while x < width {
        var end = x + 1
        while end < width, pattern[end] == pattern[x] { end += 1 }
        // Nothing need be said of the blank end of a row.
        if end == width, pattern[x] == 0 { break }
        let sixel = pattern[x] + 0x3F
        if end - x > 3 {
          bytes += "!\(end - x)".utf8
          bytes.append(sixel)
        } else {
          bytes += [UInt8](repeating: sixel, count: end - x)
        }
        x = end
      }
    }
  }

  // MARK: Colors

  private static let mostColors = 256

  /// A color that stands for others.
  private struct ColorBox {
    var (red, green, blue) = (0, 0, 0)

    /// Each part from 0 to 100.
    var percent: (Int, Int, Int) {
      ((red * 100 + 127) / 255, (green * 100 + 127) / 255, (blue * 100 + 127) / 255)
    }
  }

  /// The number of each pixel's color, and the colors: all where they are few, else the means of
  /// groups of them by median cut.
  ///
  /// Heckbert, Color Image Quantization for Frame Buffer Display, SIGGRAPH (1982).
  private static func indexed(_ rgb: [UInt8], count: Int) -> ([UInt8], [ColorBox]) {
    var counts: [Int: Int] = [:]
    let keys = (0..<count).map { i -> Int in
      let (red, green, blue) = (Int(rgb[3 * i]), Int(rgb[3 * i + 1]), Int(rgb[3 * i + 2]))
      return red << 16 | green << 8 | blue
    }
    for key in keys { counts[key, default: 0] += 1 }
    // Sorted, so that the same picture makes the same bytes.
    var groups = counts.keys.sorted().map { [$0] }
    if groups.count > mostColors {
      groups = [groups.joined().map { $0 }]
      while groups.count < mostColors, let (place, shift) = widest(groups) {
        let sorted = groups[place].sorted {
          ($0 >> shift & 255, $0) < ($1 >> shift & 255, $1)
        }
        groups[place] = Array(sorted[..<(sorted.count / 2)])
        groups.append(Array(sorted[(sorted.count / 2)...]))
      }
    }
    var numbers: [Int: UInt8] = [:]
    let colors = groups.enumerated().map { i, group in
      for key in group { numbers[key] = UInt8(i) }
      let weights = group.map { counts[$0] ?? 1 }
      let all = weights.reduce(0, +)
      func mean(_ shift: Int) -> Int {
        zip(group, weights).reduce(0) { $0 + ($1.0 >> shift & 255) * $1.1 } / all
      }
      return ColorBox(red: mean(16), green: mean(8), blue: mean(0))
    }
    return (keys.map { numbers[$0] ?? 0 }, colors)
  }

  /// The group whose colors differ most in one of their parts, and the bits of that part; nil where
  /// none differ.
  private static func widest(_ groups: [[Int]]) -> (place: Int, shift: Int)? {
    var best: (place: Int, shift: Int, width: Int)?
    for (place, group) in groups.enumerated() where group.count > 1 {
      for shift in [16, 8, 0] {
        let parts = group.map { $0 >> shift & 255 }
        let width = (parts.max() ?? 0) - (parts.min() ?? 0)
        if width > best?.width ?? 0 { best = (place, shift, width) }
      }
    }
    return best.map { ($0.place, $0.shift) }
  }
}
