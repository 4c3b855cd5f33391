import Text
import Testing

@testable import Plotting

@Suite struct BarChartTests {
  @Test func barsInASCII() {
    let chart = BarChart(labels: ["one", "half", "none", "nan"], values: [1, 0.5, 0, .nan])
    #expect(
      Plot(chart, width: 24).rendered(on: Display(canvas: .ascii)) == """
         one |############## 1
        half |####### 0.5
        none | 0
         nan | nan
        """)
  }

  /// 12 columns for 1.5: 0.3 takes 2.4 of them, 19 eighths.
  @Test func barsToBothSides() {
    let chart = BarChart(labels: ["one", "odd", "minus"], values: [1, 0.3, -0.5])
    #expect(
      Plot(chart, xLabel: "score", width: 24).rendered(on: Display()) == """
          one │    ████████ 1
          odd │    ██▍ 0.3
        minus │████ -0.5
               score
        """)
  }

  @Test func namesAreCutAndListsToo() {
    let chart = BarChart(
      labels: (0..<9).map { "a long name \($0)" }, values: (0..<9).map(Double.init))
    let text = lines(Plot(chart, width: 24, height: 4).rendered(on: Display()))
    #expect(text.count == 4)
    #expect(text.first == "a long … │ 0")
    #expect(text.last == "… 6 more")
  }
}
