import Text
import Testing

@testable import Plotting

@Suite struct ImageGridTests {
  /// Black and white in a checkerboard of four.
  private let checker = Picture(height: 2, width: 2, channels: 1, pixels: [0, 255, 255, 0])

  private func picture(_ size: Int) -> Picture {
    Picture(
      height: size, width: size, channels: 3, pixels: Array(repeating: 200, count: size * size * 3))
  }

  @Test func fourPixelsAreTwoCells() {
    let chart = ImageGrid(rows: [TitledPictures(title: "", pictures: [checker])])
    #expect(
      Plot(chart, width: 2).rendered(on: Display(color: .indexed))
        == "\u{1B}[38;5;16;48;5;231m▀\u{1B}[38;5;231;48;5;16m▀\u{1B}[0m")
  }

  /// Two pictures called "a", and one called "bcd".
  private var groups: [TitledPictures] {
    [
      TitledPictures(title: "a", pictures: [checker, checker]),
      TitledPictures(title: "bcd", pictures: [checker]),
    ]
  }

  @Test func columnsHaveTheirTitlesAbove() {
    #expect(
      Plot(ImageGrid(columns: groups), width: 9).rendered(on: Display(canvas: .ascii)) == """
         a   bcd
          @@   @@
        @@   @@

          @@
        @@
        """)
  }

  @Test func rowsHaveTheirTitlesBeside() {
    #expect(
      Plot(ImageGrid(rows: groups), width: 14).rendered(on: Display(canvas: .ascii)) == """
        a     @@   @@
            @@   @@

        bcd   @@
            @@
        """)
  }

  @Test func aPictureOf32KeepsItsPixels() {
    let chart = ImageGrid(rows: [TitledPictures(title: "", pictures: [picture(32)])])
    for color in [ColorDepth.none, .truecolor] {
      let text = lines(Plot(chart).rendered(on: Display(color: color)))
      #expect(text.count == 16)
      #expect(text.allSatisfy { withoutEscapes($0).count == 32 })
    }
    // As large as was asked for, in whole pixels.
    let large = lines(Plot(chart, width: 70).rendered(on: Display()))
    #expect(large.count == 32)
    #expect(large.allSatisfy { $0.count == 64 })
  }

  @Test func sevenSamplesOfTenClassesFitEightyColumns() {
    let chart = ImageGrid(
      columns: (0..<10).map {
        TitledPictures(title: "class \($0)", pictures: Array(repeating: picture(32), count: 7))
      })
    // 7 pixels and a gap make 4 rows.
    let text = lines(Plot(chart).rendered(on: Display(width: 80, color: .truecolor)))
    #expect(text.count == 1 + 7 * 4)
    #expect(text.dropFirst().allSatisfy { withoutEscapes($0).count == 79 })
  }

  @Test func tenTemplatesStandInTwoRowsOfFive() {
    let chart = ImageGrid(
      columns: (0..<10).map { TitledPictures(title: "class \($0)", pictures: [picture(32)]) })
    let text = lines(Plot(chart).rendered(on: Display(width: 80, color: .truecolor)))
    #expect(text.count == 2 * (1 + 8))
    #expect(text[0].split(separator: " ").count == 10)
    #expect(text[9].contains("class 5"))
    #expect(!text[0].contains("class 5"))
  }

  @Test func nothingToShowSaysSo() {
    let empty = Picture(height: 0, width: 0, channels: 3, pixels: [])
    for chart in [
      ImageGrid(rows: []), ImageGrid(columns: [TitledPictures(title: "a", pictures: [empty])]),
    ] {
      #expect(Plot(chart).rendered(on: Display()) == "no pictures to show")
    }
  }
}
