import Text
import Testing

@testable import Plotting

@Suite struct ColorScaleTests {
  @Test func sharesOfARange() {
    let scale = ColorScale([2, 4, .nan, .infinity])
    #expect(scale.low == 2)
    #expect(scale.high == 4)
    #expect(scale.hasMissing)
    #expect(scale.share(3) == 0.5)
    #expect(scale.share(.infinity) == 1)
    #expect(scale.share(-.infinity) == 0)
    #expect(scale.share(.nan) == nil)
    #expect(ColorScale([7, 7]).share(7) == 0.5)
    #expect(ColorScale([]).share(7) == 0.5)
    #expect(ColorScale([-1e308, 1e308]).share(0) == 0.5)
  }

  @Test func shadesFromLeastToGreatest() {
    let scale = ColorScale([0, 1])
    let values = [0, 0.25, 0.5, 0.75, 1, .nan]
    #expect(values.map { scale.shade($0, Display()) } == [" ", "░", "▒", "▓", "█", "×"])
    #expect([0, 1, .nan].map { scale.shade($0, Display(canvas: .ascii)) } == [" ", "@", "x"])
  }

  @Test func blocksAreMeansOfTheirNumbers() {
    let small = Downsampled(
      [1, 3, .nan, 5, 5, 7, .nan, .nan], rows: 2, columns: 4, toRows: 1, toColumns: 2)
    #expect(small[0, 0] == 4)
    #expect(small[0, 1] == 5)
    #expect(small[3, 0].isNaN)
    let empty = Downsampled([.nan, .nan], rows: 1, columns: 2, toRows: 1, toColumns: 1)
    #expect(empty[0, 0].isNaN)
    let huge = Downsampled(
      [1e308, 1e308, 1e308], rows: 1, columns: 3, toRows: 1, toColumns: 1)
    #expect(huge[0, 0].isFinite)
  }
}
