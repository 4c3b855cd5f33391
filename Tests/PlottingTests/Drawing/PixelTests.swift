import CPictures
import TestSupport
import Testing

@testable import Plotting

/// Pixels and their files, read back by libpng.
@Suite struct PixelTests {
  private func decoded(_ file: [UInt8], width: Int, height: Int) -> [UInt8]? {
    var pixels = [UInt8](repeating: 0, count: width * height * 3)
    var reason = [CChar](repeating: 0, count: Int(svm_picture_reason))
    let isDone = svm_decode_png(file, file.count, height, width, 3, &pixels, { 0 }, &reason)
    return isDone == 1 ? pixels : nil
  }

  @Test(arguments: [(1, 1), (3, 2), (64, 48), (1, 300), (257, 1)])
  func filesHoldTheirPixels(_ size: (width: Int, height: Int)) throws {
    var numbers = SeededNumbers(seed: 3)
    for hasHoles in [false, true] {
      var raster = PixelRaster(width: size.width, height: size.height)
      var expected: [UInt8] = []
      for y in 0..<size.height {
        for x in 0..<size.width {
          let levels = (0..<3).map { _ in UInt8.random(in: 0...255, using: &numbers) }
          let isHole = hasHoles && (x + y) % 3 == 0
          if !isHole { raster[x, y] = RGB(levels[0], levels[1], levels[2]) }
          expected += isHole ? [0, 0, 0] : levels
        }
      }
      let file = try #require(PNGFile.bytes(of: raster))
      // Byte 25 is the color type: 2 without opacity, 6 with it.
      #expect(file[25] == (hasHoles ? 6 : 2))
      #expect(decoded(file, width: size.width, height: size.height) == expected)
      #expect(PNGFile.bytes(of: raster) == file)
    }
  }

  @Test func nothingHasNoFile() {
    #expect(PNGFile.bytes(of: PixelRaster(width: 0, height: 3)) == nil)
    #expect(PNGFile.encoded([1, 2], width: 1, height: 1, channels: 3) == nil)
    #expect(PixelWriter(width: 0, height: 1, .light) == nil)
  }

  @Test func aFileHoldsWhatWasDrawn() throws {
    for (name, chart) in OddCharts.all.enumerated().filter({ $0.offset % 9 == 0 }).map(\.element) {
      let drawing = Plot(chart, title: "t 猫").drawing(width: 300)
      let (width, height) = (Int(drawing.width.rounded(.up)), Int(drawing.height.rounded(.up)))
      guard height < 4000 else { continue }
      let writer = try #require(PixelWriter(width: width, height: height, .light))
      for shape in drawing.shapes { writer.draw(shape) }
      let file = try #require(drawing.png, "\(name)")
      #expect(decoded(file, width: width, height: height) == writer.pixels, "\(name)")
      #expect(drawing.png == file, "\(name)")
    }
  }

  @Test func shapesAreWhereTheySayTheyAre() throws {
    let writer = try #require(PixelWriter(width: 20, height: 10, .light))
    writer.draw(.boxes([Rectangle(x: 2, y: 3, width: 4, height: 5)], .fixed(RGB(10, 20, 30))))
    writer.draw(
      .lines([[Point(10, 4.5), Point(18, 4.5)]], Stroke(paint: .fixed(RGB(200, 0, 0)))))
    var expected: [UInt8] = []
    for y in 0..<10 {
      for x in 0..<20 {
        let isBox = (2..<6).contains(x) && (3..<8).contains(y)
        let isLine = (10..<18).contains(x) && y == 4
        expected += isBox ? [10, 20, 30] : isLine ? [200, 0, 0] : [255, 255, 255]
      }
    }
    #expect(writer.pixels == expected)
  }

  @Test func picturesKeepTheirPixels() throws {
    var raster = PixelRaster(width: 3, height: 2)
    for y in 0..<2 { for x in 0..<3 { raster[x, y] = RGB(UInt8(80 * x), UInt8(90 * y), 7) } }
    raster[1, 1] = nil
    let writer = try #require(PixelWriter(width: 12, height: 8, .light))
    writer.draw(.image(raster, Rectangle(x: 0, y: 0, width: 12, height: 8)))
    var expected: [UInt8] = []
    for y in 0..<8 {
      for x in 0..<12 {
        expected +=
          x / 4 == 1 && y / 4 == 1
          ? [255, 255, 255] : [UInt8(80 * (x / 4)), UInt8(90 * (y / 4)), 7]
      }
    }
    #expect(writer.pixels == expected)
  }

  @Test func aMarkIsAroundItsPoint() throws {
    for mark in Mark.allCases {
      let writer = try #require(PixelWriter(width: 41, height: 41, .light))
      writer.draw(
        .marks([Point(20.5, 20.5)], MarkStyle(mark: mark, size: 20, paint: .fixed(RGB(0, 0, 0)))))
      let pixels = try #require(writer.pixels)
      let dark = (0..<41 * 41).filter { pixels[3 * $0] < 128 }
      #expect(dark.contains(20 * 41 + 20), "\(mark)")
      let xs = dark.map { $0 % 41 }
      let ys = dark.map { $0 / 41 }
      #expect(
        (xs.min() ?? 0) >= 5 && (xs.max() ?? 41) <= 35 && (ys.min() ?? 0) >= 5
          && (ys.max() ?? 41) <= 35)
      // As large as the circle, within a factor of two: a circle of 20 has 314 pixels.
      #expect((150...420).contains(dark.count), "\(mark): \(dark.count)")
    }
  }

  @Test func wideCharactersAreDrawn() throws {
    let plain = try #require(PixelWriter(width: 60, height: 30, .light))
    plain.draw(.text("猫é", Point(5, 20), TextStyle(size: 16)))
    let pixels = try #require(plain.pixels)
    #expect(pixels.contains { $0 < 100 })
  }
}
