import Testing

@testable import Text

@Suite struct StopwatchTests {
  /// Time in which the program was suspended is not running time.
  @Test func suspensionsDoNotCount() {
    let before = Stopwatch()
    Stopwatch.noteSuspension(nanoseconds: 1_000_000_000_000)
    #expect(before.seconds < 0 && before.seconds > -1000.1)
    #expect(Stopwatch().seconds >= 0)
  }
}
