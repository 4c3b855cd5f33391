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
