import Text
import Testing

@testable import Plotting

@Suite struct PixelRasterTests {
  private var checker: PixelRaster {
    Picture(
      height: 2, width: 2, channels: 3,
      pixels: [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]
    ).raster(width: 2, height: 2)
  }

  private func text(_ raster: PixelRaster, _ display: Display) -> [String] {
    var grid = CellGrid(columns: 10)
    raster.paint(into: &grid, row: 0, column: 0, display: display)
    return grid.lines(in: display.color)
  }

  @Test func twoPixelsToACell() {
    #expect(
      text(checker, Display(color: .truecolor)) == [
        "\u{1B}[38;2;255;0;0;48;2;0;0;255m▀\u{1B}[38;2;0;255;0;48;2;255;255;255m▀\u{1B}[0m"
      ])
    // 196, 21, 46 and 231 are the corners red, blue, green and white of the cube.
    #expect(
      text(checker, Display(color: .indexed)) == [
        "\u{1B}[38;5;196;48;5;21m▀\u{1B}[38;5;46;48;5;231m▀\u{1B}[0m"
      ])
  }

  /// Blue 29.1 is the darkest and white 255 the lightest. Red 76.2 and blue make 52.7, 0.9 of 9
  /// steps between them; green 149.7 and white make 202.3, 6.9 of 9.
  @Test func graysWithoutColor() {
    #expect(text(checker, Display()) == [".#"])
    #expect(text(checker, Display(canvas: .ascii)) == [".#"])
  }

  @Test func anOddRowIsHalfACell() {
    var raster = PixelRaster(width: 1, height: 1)
    raster[0, 0] = RGB(255, 0, 0)
    #expect(text(raster, Display(color: .indexed)) == ["\u{1B}[38;5;196m▀\u{1B}[0m"])
    var lower = PixelRaster(width: 1, height: 2)
    lower[0, 1] = RGB(255, 0, 0)
    #expect(text(lower, Display(color: .indexed)) == ["\u{1B}[38;5;196m▄\u{1B}[0m"])
  }

  @Test func theRampGoesFromNothingToAll() {
    #expect(PixelRaster.gray(0) == " ")
    #expect(PixelRaster.gray(1) == "@")
    #expect(PixelRaster.gray(.nan) == " ")
    #expect(PixelRaster.gray(7) == "@")
  }
}
