import TestSupport
import Testing

@testable import Plotting

@Suite struct PaletteTests {
  /// The levels of xterm's cube (256colres.pl in its sources).
  private let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

  @Test func colorsOfTheCubeAreTheirOwnNearest() {
    for red in 0..<6 {
      for green in 0..<6 {
        for blue in 0..<6 {
          let color = RGB(levels[red], levels[green], levels[blue])
          #expect(Palette.nearestIndexed(color) == 16 + 36 * red + 6 * green + blue)
        }
      }
    }
  }

  @Test func graysOfTheRampAreTheirOwnNearest() {
    for step in 0..<24 {
      let gray = UInt8(8 + 10 * step)
      #expect(Palette.nearestIndexed(RGB(gray, gray, gray)) == 232 + step)
    }
  }

  @Test func theNearestIsNearestOfAll() {
    var table: [(Int, RGB)] = []
    for index in 0..<216 {
      table.append((16 + index, RGB(levels[index / 36], levels[index / 6 % 6], levels[index % 6])))
    }
    for step in 0..<24 {
      let gray = UInt8(8 + 10 * step)
      table.append((232 + step, RGB(gray, gray, gray)))
    }
    func distance(_ one: RGB, _ other: RGB) -> Int {
      let (red, green) = (Int(one.red) - Int(other.red), Int(one.green) - Int(other.green))
      let blue = Int(one.blue) - Int(other.blue)
      return red * red + green * green + blue * blue
    }
    var generator = SeededNumbers(seed: 2)
    for _ in 0..<500 {
      let color = RGB(
        .random(in: 0...255, using: &generator), .random(in: 0...255, using: &generator),
        .random(in: 0...255, using: &generator))
      let chosen = Palette.nearestIndexed(color)
      let best = table.map { distance(color, $0.1) }.min()
      let found = table.first { $0.0 == chosen }.map { distance(color, $0.1) }
      #expect(found == best)
    }
  }

  @Test func theSequentialPaletteBrightensAllTheWay() {
    #expect(Palette.sequential(0) == RGB(68, 1, 84))
    #expect(Palette.sequential(1) == RGB(253, 231, 37))
    #expect(Palette.sequential(.nan) == RGB(68, 1, 84))
    #expect(Palette.sequential(1e300) == RGB(253, 231, 37))
    let lights = (0...100).map { Palette.sequential(Double($0) / 100).luminance }
    #expect(zip(lights, lights.dropFirst()).allSatisfy { $0 < $1 + 1 })
    #expect((lights.last ?? 0) - (lights.first ?? 0) > 150)
  }

  @Test func categoriesRepeat() {
    #expect(Palette.category(0) == Palette.category(10))
    #expect(Palette.category(-1) == Palette.category(9))
    #expect(Palette.category(.min) == Palette.category(2))
    #expect(Palette.mark(.max) == Palette.mark(7))
    #expect(Set(Palette.categories).count == 10)
    #expect(Set(Palette.marks).count == 10)
  }
}
