import TestSupport
import Testing

@testable import Plotting

/// Sixels, drawn by a terminal of twenty lines.
@Suite struct SixelTests {
  /// The pixels that a sequence draws, of which each part is from 0 to 100; nil for none.
  private func drawn(_ bytes: [UInt8]) -> (size: [Int], pixels: [[Int]: [Int]]) {
    var rest = bytes[...]
    func numbers(_ rest: inout ArraySlice<UInt8>) -> [Int] {
      let digits = rest.prefix { ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ";") }
      rest = rest.dropFirst(digits.count)
      return String(decoding: digits, as: UTF8.self).split(separator: ";").compactMap { Int($0) }
    }
    var (size, pixels, colors): ([Int], [[Int]: [Int]], [Int: [Int]]) = ([], [:], [:])
    var (x, y, color, count) = (0, 0, 0, 1)
    rest = rest.dropFirst(2).drop { $0 != UInt8(ascii: "q") }.dropFirst()
    while let byte = rest.popFirst(), byte != 0x1B {
      switch byte {
      case UInt8(ascii: "\""): size = Array(numbers(&rest).dropFirst(2))
      case UInt8(ascii: "#"):
        let parts = numbers(&rest)
        color = parts[0]
        if parts.count == 5 { colors[color] = Array(parts[2...]) }
      case UInt8(ascii: "!"): count = numbers(&rest)[0]
      case UInt8(ascii: "$"): x = 0
      case UInt8(ascii: "-"): (x, y) = (0, y + 6)
      default:
        for _ in 0..<count {
          for bit in 0..<6 where (byte - 0x3F) >> UInt8(bit) & 1 == 1 {
            pixels[[x, y + bit]] = colors[color]
          }
          x += 1
        }
        count = 1
      }
    }
    return (size, pixels)
  }

  /// Every pixel is drawn, in its color to a hundredth where there are few. Of many random ones
  /// 256 groups are made by 8 cuts, at least two along each side: a group is a quarter as wide.
  @Test(arguments: [(1, 1, 2, 1), (7, 13, 5, 1), (64, 50, 256, 1), (64, 64, 4096, 25)])
  func pictures(width: Int, height: Int, colors: Int, tolerance: Int) {
    var numbers = SeededNumbers(seed: 5)
    let palette = (0..<colors).map { _ in
      (0..<3).map { _ in UInt8.random(in: 0...255, using: &numbers) }
    }
    var rgb: [UInt8] = []
    for _ in 0..<width * height { rgb += palette[Int.random(in: 0..<colors, using: &numbers)] }
    let bytes = SixelWriter(rgb, width: width, height: height).bytes
    #expect(bytes == SixelWriter(rgb, width: width, height: height).bytes)
    let (size, pixels) = drawn(bytes)
    #expect(size == [width, height] && pixels.count == width * height)
    for i in 0..<width * height {
      let found = pixels[[i % width, i / width]] ?? []
      for part in 0..<3 {
        let wanted = Double(rgb[3 * i + part]) * 100 / 255
        #expect(abs(Double(found[part]) - wanted) <= Double(tolerance), "\(i)")
      }
    }
  }
}
