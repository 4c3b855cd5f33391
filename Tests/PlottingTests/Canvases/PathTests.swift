import Testing

@testable import Plotting

@Suite struct PathTests {
  private let axis = Axis(low: 0, high: 10, logarithmic: false, atMost: 3, spare: 1)

  @Test func pointsBecomeDots() {
    let path = Path(
      x: [0, 5, 10], y: [0, 10, .nan], xAxis: axis, yAxis: axis, across: 11, down: 11)
    #expect(path.points == [Path.Dot(x: 0, y: 10), Path.Dot(x: 5, y: 0), nil])
    #expect(path.spread.isEmpty)
  }

  @Test func aLongSeriesIsItsMeanAndItsSpread() {
    // 110 points over 11 dot columns, 0 and 10 in turn.
    let x = (0..<110).map { Double($0) / 11 }
    let y = (0..<110).map { $0 % 2 == 0 ? 0.0 : 10.0 }
    let path = Path(x: x, y: y, xAxis: axis, yAxis: axis, across: 11, down: 11)
    #expect(path.points.count == 11)
    #expect(path.points.allSatisfy { abs(($0?.y ?? -9) - 5) <= 1 })
    #expect(Set(path.spread.map(\.y)) == [0, 10])
  }

  @Test func aSeriesThatGoesBackIsLeftAsItIs() {
    let x = (0..<100).map { Double($0 % 10) }
    let path = Path(x: x, y: x, xAxis: axis, yAxis: axis, across: 4, down: 4)
    #expect(path.points.count == 100)
  }
}
