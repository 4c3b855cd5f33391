import Testing

@testable import Plotting

@Suite struct CellGridTests {
  @Test func textGoesWhereItIsPut() {
    var grid = CellGrid(columns: 6)
    grid.put("ab", row: 1, column: 2)
    #expect(grid.lines(in: .none) == ["", "  ab"])
    #expect(grid.usedColumns == 4)
  }

  @Test func whatIsBeyondTheEdgesIsLost() {
    var grid = CellGrid(columns: 3)
    grid.put("abcdef", row: 0, column: -1)
    grid.put("日本", row: 1, column: 0)
    grid.put("x", row: -1, column: 0)
    grid.put("x", row: .max, column: 0)
    #expect(grid.lines(in: .none) == ["bcd", "日"])
  }

  @Test func halfOfAWideCharacterIsNone() {
    var grid = CellGrid(columns: 4)
    grid.put("日本", row: 0, column: 0)
    grid.put("x", row: 0, column: 1)
    #expect(grid.lines(in: .none) == [" x本"])
    grid.put("y", row: 0, column: 2)
    #expect(grid.lines(in: .none) == [" xy"])
    var narrow = CellGrid(columns: 1)
    narrow.append(grid)
    var wide = CellGrid(columns: 2)
    wide.put("日", row: 0, column: 0)
    narrow.append(wide)
    #expect(narrow.lines(in: .none) == ["", ""])
  }

  @Test func colorsAreSetOnceAndReset() {
    var grid = CellGrid(columns: 8)
    grid.put("ab", row: 0, column: 0, style: Style(RGB(255, 0, 0)))
    grid.put("c", row: 0, column: 3)
    #expect(grid.lines(in: .truecolor) == ["\u{1B}[38;2;255;0;0mab \u{1B}[0mc"])
    #expect(grid.lines(in: .indexed) == ["\u{1B}[38;5;196mab \u{1B}[0mc"])
    #expect(grid.lines(in: .none) == ["ab c"])
  }

  @Test func groundsShowInBlanks() {
    var grid = CellGrid(columns: 4)
    grid.put("  ", row: 0, column: 0, style: Style(on: RGB(0, 0, 255)))
    #expect(grid.lines(in: .indexed) == ["\u{1B}[48;5;21m  \u{1B}[0m"])
    #expect(grid.lines(in: .none) == [""])
  }
}
