import Text
import Testing

@testable import Plotting

@Suite struct LineChartTests {
  private let line = LineChart([Series(x: [0, 1, 2, 3, 4], y: [0, 1, 2, 3, 4])])

  private func text(_ marks: Display.Canvas) -> String {
    Plot(line, title: "line", xLabel: "x", yLabel: "y", width: 17, height: 10)
      .rendered(on: Display(canvas: marks))
  }

  @Test func aLineInASCII() {
    #expect(
      text(.ascii) == """
              line
        y
        4 +            **
          |         ***
        2 +     ****
          |  ***
        0 +**
          ++------+-----+
           0      2     4
                 x
        """)
  }

  /// The line is lifted before the third point, and nothing is said to be missing.
  @Test func aBreakIsNotJoined() {
    let step = LineChart([Series(x: [0, 2, 2, 4], y: [0, 0, 4, 4], breaks: [0, 2, 9])])
    #expect(
      Plot(step, width: 17, height: 8).rendered(on: Display(canvas: .ascii)) == """
        4 +       *******
          |
          |
        2 +
          |
        0 +********
          ++------+-----+
           0      2     4
        """)
  }

  @Test func aLineInBraille() {
    #expect(
      text(.braille) == """
              line
        y
        4 ┤           ⢀⠔⠊
          │        ⢀⡠⠊⠁
        2 ┤      ⣀⠔⠁
          │  ⢀⡠⠒⠉
        0 ┤⡠⠔⠁
          └┬──────┬─────┬
           0      2     4
                 x
        """)
  }

  @Test func aLineInBlocks() {
    #expect(
      text(.blocks) == """
              line
        y
        4 ┤           ▄▄▀
          │        ▗▞▀
        2 ┤      ▗▞▘
          │   ▄▞▀▘
        0 ┤▄▀▀
          └┬──────┬─────┬
           0      2     4
                 x
        """)
  }

  @Test func whatIsNoNumberLeavesAGap() {
    let chart = LineChart([Series(x: [0, 1, 2, 3, 4], y: [0, 4, .nan, 4, 0])])
    #expect(
      Plot(chart, width: 17, height: 8).rendered(on: Display(canvas: .ascii)) == """
        4 +   *      *
          |  *        *
        2 +  *         *
          | *          *
        0 +*            *
          ++------+-----+
           0      2     4
        left out: 1 poin~
        """)
  }

  @Test func whatIsNotPositiveIsLeftOutOfLogarithms() {
    let chart = LineChart([Series(x: [1, 2, 3, 4], y: [1, 10, 0, 1000])])
    let text = Plot(chart, logY: true).rendered(on: Display())
    #expect(text.hasSuffix("\nleft out: 1 point not positive on a logarithmic axis"))
    let both = LineChart([Series(x: [-1, 0, .nan, 1], y: [1, 1, 1, 1])])
    #expect(
      Plot(both, logX: true).rendered(on: Display()).hasSuffix(
        "\nleft out: 2 points not positive on a logarithmic axis\nleft out: 1 point not finite"))
  }

  @Test func severalLinesHaveALegend() {
    let chart = LineChart([
      Series(name: "up", x: [0, 4], y: [0, 4]), Series(x: [0, 4], y: [4, 0]),
    ])
    #expect(
      Plot(chart, width: 30, height: 8).rendered(on: Display(canvas: .ascii)) == """
           o up   x series 2
        4 +xxxx                  oooo
          |    xxxxxx      oooooo
        2 +          xxxxxx
          |    oooooo      xxxxxx
        0 +oooo                  xxxx
          ++------------+-----------+
           0            2           4
        """)
  }

  @Test func aLineOfNothingSaysSo() {
    let text = Plot(LineChart([])).rendered(on: Display())
    #expect(text.hasSuffix("\nno points to show"))
  }

  @Test func coordinatesAreCutToTheShorter() {
    let short = LineChart([Series(x: [0, 1], y: [0, 1])])
    let long = LineChart([Series(x: [0, 1], y: [0, 1, 99, 100])])
    #expect(Plot(short).rendered(on: Display()) == Plot(long).rendered(on: Display()))
  }
}

/// Running means of noisy series; the expected ones are by hand.
struct RunningMeanTests {
  @Test func eachIsTheMeanOfThoseAround() {
    let series = Series(x: [0, 1, 2, 3, 4], y: [1, 4, 1, 7, .nan])
    let mean = series.runningMean(of: 3)
    #expect(mean.name == "running mean of 3")
    #expect(mean.x == series.x)
    // Of 1 4 1, of 4 1 7, and of 1 7; the ends are alone.
    #expect(Array(mean.y.prefix(4)) == [1, 2, 4, 4])
    #expect(mean.y[4].isNaN)
    // A slope stays where it is, up to its ends.
    let slope = Series(x: [], y: []).runningMean(of: 5)
    #expect(slope.y.isEmpty)
    let line = Series(x: (0..<9).map { Double($0) }, y: (0..<9).map { Double($0) })
    #expect(line.runningMean(of: 5).y == line.y)
  }

  @Test func onlyNoiseHasAWindow() {
    let places = (0..<200).map { Double($0) }
    #expect(Series(x: places, y: places.map { 100 / (1 + $0) }).noiseWindow == nil)
    #expect(
      Series(x: places, y: places.map { $0.truncatingRemainder(dividingBy: 2) }).noiseWindow == 20)
    #expect(Series(x: places, y: places.map { _ in 3 }).noiseWindow == nil)
    #expect(Series(x: [0, 1, 2], y: [0, 1, 0]).noiseWindow == nil)
  }
}
