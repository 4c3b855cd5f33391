import Testing

@testable import Plotting

@Suite struct DotCanvasTests {
  private let pen = Pen(color: nil, mark: "*")

  private func text<Canvas: DotCanvas>(_ canvas: Canvas, columns: Int) -> [String] {
    var grid = CellGrid(columns: columns)
    canvas.paint(into: &grid, row: 0, column: 0)
    return grid.lines(in: .none)
  }

  /// Dots 1 to 8 by the names of the Unicode characters: BRAILLE PATTERN DOTS-1 is U+2801, …,
  /// DOTS-8 is U+2880; dots 1-2-3-7 run down the left, 4-5-6-8 down the right.
  @Test(arguments: [
    (0, 0, "\u{2801}"), (0, 1, "\u{2802}"), (0, 2, "\u{2804}"), (1, 0, "\u{2808}"),
    (1, 1, "\u{2810}"), (1, 2, "\u{2820}"), (0, 3, "\u{2840}"), (1, 3, "\u{2880}"),
  ]) func brailleDots(x: Int, y: Int, character: String) {
    var canvas = BrailleCanvas(columns: 1, rows: 1)
    canvas.dot(x: x, y: y, pen: pen)
    #expect(text(canvas, columns: 1) == [character])
  }

  @Test func allBrailleDotsTogether() {
    var canvas = BrailleCanvas(columns: 2, rows: 1)
    for x in 0..<2 {
      for y in 0..<4 { canvas.dot(x: x + 2, y: y, pen: pen) }
    }
    #expect(text(canvas, columns: 2) == [" \u{28FF}"])
    #expect(BrailleMarks.character(0x12) == "\u{2812}")
  }

  /// U+2596…U+259F by their names: QUADRANT UPPER LEFT is ▘ and so on.
  @Test func quadrants() {
    let names: [([(Int, Int)], String)] = [
      ([(0, 0)], "\u{2598}"), ([(1, 0)], "\u{259D}"), ([(0, 1)], "\u{2596}"),
      ([(1, 1)], "\u{2597}"), ([(0, 0), (1, 0)], "\u{2580}"), ([(0, 1), (1, 1)], "\u{2584}"),
      ([(0, 0), (0, 1)], "\u{258C}"), ([(1, 0), (1, 1)], "\u{2590}"),
      ([(0, 0), (1, 1)], "\u{259A}"), ([(1, 0), (0, 1)], "\u{259E}"),
      ([(0, 0), (0, 1), (1, 1)], "\u{2599}"), ([(0, 0), (1, 0), (0, 1)], "\u{259B}"),
      ([(0, 0), (1, 0), (1, 1)], "\u{259C}"), ([(1, 0), (0, 1), (1, 1)], "\u{259F}"),
      ([(0, 0), (1, 0), (0, 1), (1, 1)], "\u{2588}"),
    ]
    for (dots, character) in names {
      var canvas = BlockCanvas(columns: 1, rows: 1)
      for dot in dots { canvas.dot(x: dot.0, y: dot.1, pen: pen) }
      #expect(text(canvas, columns: 1) == [character])
    }
  }

  @Test func linesAndDotsOutside() {
    var canvas = AsciiCanvas(columns: 4, rows: 3)
    canvas.line(fromX: 0, y: 0, toX: 3, y: 2, pen: pen)
    for (x, y) in [(-1, 0), (0, -1), (4, 0), (0, 3), (Int.max, Int.max), (Int.min, 0)] {
      canvas.dot(x: x, y: y, pen: pen)
    }
    #expect(text(canvas, columns: 4) == ["*", " **", "   *"])

    var braille = BrailleCanvas(columns: 1, rows: 1)
    for (x, y) in [(-1, 0), (0, -1), (2, 0), (0, 4), (Int.max, Int.max)] {
      braille.dot(x: x, y: y, pen: pen)
    }
    #expect(text(braille, columns: 1) == [])
  }
}
