import Testing

@testable import Text

@Suite struct QuantityTests {
  @Test(
    arguments: [
      (0, "0 B"), (512, "512 B"), (999, "999 B"), (1000, "1 kB"), (1500, "1.5 kB"),
      (999_400, "999 kB"), (999_960, "1 MB"), (3_072_000, "3.1 MB"), (123_456_789, "123 MB"),
      (8e12, "8 TB"), (1e23, "100000 EB"), (.infinity, "an unbounded amount"),
      (.nan, "an unbounded amount"),
    ] as [(Double, String)])
  func bytes(count: Double, text: String) {
    #expect(Quantity.bytes(count) == text)
  }

  @Test(
    arguments: [
      (0, "0 s"), (3e-10, "0.300 ns"), (45e-9, "45.0 ns"), (1.234e-4, "123 µs"),
      (0.0123, "12.3 ms"), (0.9994, "999 ms"), (0.9996, "1.00 s"), (4.561, "4.56 s"),
      (72.04, "72.0 s"), (99.4, "99.4 s"), (99.6, "1 min 40 s"), (125, "2 min 5 s"),
      (3599.4, "59 min 59 s"), (3599.6, "1 h 0 min"), (6059, "1 h 40 min"),
      (360_000, "100 h 0 min"), (-1, "0 s"), (.nan, "0 s"), (.infinity, "277777777 h 46 min"),
    ] as [(Double, String)])
  func durations(seconds: Double, text: String) {
    #expect(Quantity.duration(seconds: seconds) == text)
  }

  @Test func whatIsForeseenHasFewerDigits() {
    #expect(Quantity.duration(seconds: 9.94, digits: 2) == "9.9 s")
    #expect(Quantity.duration(seconds: 46.3, digits: 2) == "46 s")
    #expect(Quantity.duration(seconds: 0.123, digits: 2) == "120 ms")
    #expect(Quantity.duration(seconds: 125, digits: 2) == "2 min 5 s")
  }

  @Test func counts() {
    #expect(Quantity.count(1, "row") == "1 row")
    #expect(Quantity.count(0, "row") == "0 rows")
    #expect(Quantity.count(49_000, "class", plural: "classes") == "49 000 classes")
  }
}
