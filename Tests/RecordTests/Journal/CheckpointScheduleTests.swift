import TestSupport
import Testing

@testable import Record

/// Checkpoints come at most every 10 s, and take at most 5 % of the time.
@Suite struct CheckpointScheduleTests {
  /// Runs for so long, with checkpoints that each take `cost`; gives when they were written.
  private func run(
    seconds: Double, step: Double = 0.1, _ cost: (Int) -> Double
  ) -> (times: [Double], spent: Double) {
    var schedule = CheckpointSchedule()
    var (now, spent) = (0.0, 0.0)
    var times: [Double] = []
    while now < seconds {
      now += step
      guard schedule.isDue(after: .seconds(now)) else { continue }
      let duration = cost(times.count)
      times.append(now)
      now += duration
      spent += duration
      schedule.wrote(after: .seconds(now), taking: .seconds(duration))
    }
    return (times, spent)
  }

  @Test func cheapOnesComeEveryTenSeconds() {
    let times = run(seconds: 65) { _ in 0.01 }.times
    #expect(times.count == 6)
    for (i, time) in times.enumerated() { #expect(abs(time - 10.11 * Double(i + 1)) < 0.6) }
  }

  @Test func shortRunsHaveNone() { #expect(run(seconds: 9.9) { _ in 0.01 }.times.isEmpty) }

  @Test func dearOnesComeRarely() {
    let (times, spent) = run(seconds: 1000) { _ in 2 }
    #expect(times.count >= 20 && spent <= 50)
    for (a, b) in zip(times, times.dropFirst()) { #expect(b - a >= 10) }
  }

  /// Whatever they cost, all but the first together keep to the share.
  @Test func randomCosts() {
    var numbers = SeededNumbers(seed: 9)
    for _ in 0..<200 {
      let scale = Double.random(in: 0.001...1, using: &numbers)
      var costs: [Double] = []
      let result = run(seconds: 500) { _ in
        costs.append(scale * Double.random(in: 0.9...1, using: &numbers))
        return costs.last ?? 0
      }
      #expect(result.spent <= 0.05 * 500 + 2 * scale)
      for (a, b) in zip(result.times, result.times.dropFirst()) { #expect(b - a >= 10) }
    }
  }
}
