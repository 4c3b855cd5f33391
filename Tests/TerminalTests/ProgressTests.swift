import Text
import Testing

@testable import svmrepl

@Suite struct ProgressTests {
  private func count(_ steps: Int, of total: Int = 1500, loss: (Int) -> Double?) -> ProgressCount {
    var count = ProgressCount("train", total: total)
    for step in 1...steps { count.update(step: step, loss: loss(step)) }
    return count
  }

  @Test(arguments: [12, 20, 30, 40, 60, 80, 200])
  func theLineFits(columns: Int) {
    let bar = ProgressBar(Display())
    let line = bar.line(count(300) { 785 / Double($0) }, columns: columns)
    #expect(line.count < max(columns, 25), "\(line)")
    #expect(line.hasPrefix("train ") && line.contains(" 300/1500"))
  }

  @Test func theLineSaysWhatThereIs() {
    let line = ProgressBar(Display()).line(
      count(750) { 785 / Double($0) }, columns: 100)
    #expect(line.contains("██████████████░░░░░░░░░░░░░░ 750/1500  loss 1.047  █"))
    #expect(line.contains("/s") && line.contains(" left"))
    let plain = ProgressBar(Display(canvas: .ascii)).line(
      count(750) { _ in nil }, columns: 60)
    #expect(plain.contains("####") && plain.contains("....") && !plain.contains("loss"))
    #expect(plain.utf8.allSatisfy { $0 < 128 })
  }

  @Test func bytesHaveTheirUnits() {
    var count = ProgressCount("load", total: 4_000_000_000, unit: .bytes)
    count.update(step: 1_200_000_000, loss: nil)
    let line = ProgressBar(Display()).line(count, columns: 80)
    #expect(line.contains(" 1.2 GB/4 GB"), "\(line)")
    #expect(line.contains("B/s") && line.contains(" left"), "\(line)")
  }

  @Test func theCourseIsALineOfHeights() {
    var course = LossCourse()
    #expect(course.sparkline(columns: 8).isEmpty)
    for i in 0..<8 { course.add(Double(7 - i)) }
    #expect(course.sparkline(columns: 8) == "█▇▆▅▄▃▂▁")
    // However many there are: as wide as is asked for.
    var long = LossCourse()
    for i in 0..<100_000 { long.add(Double(100_000 - i)) }
    #expect(long.sparkline(columns: 8).count == 8)
    #expect(long.sparkline(columns: 8).first == "█" && long.sparkline(columns: 8).last == "▁")
    var constant = LossCourse()
    for loss in [3, 3, .nan, 3, .infinity] { constant.add(loss) }
    #expect(constant.sparkline(columns: 8) == "▁▁▁")
  }
}
