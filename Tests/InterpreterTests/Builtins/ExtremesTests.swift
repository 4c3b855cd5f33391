import Testing

@testable import Interpreter

/// `max` and `min`: of numbers as Python's, of an array as numpy's.
@Suite struct ExtremesTests {
  /// What Python 3.11 and numpy 2.4 print for the same text.
  @Test(arguments: [
    ("max(-3, 0)", "0"), ("min(5, 0)", "0"), ("max(1, 7, 3)", "7"), ("min(1, 7, -3)", "-3"),
    ("max(true, 0)", "1"), ("max(-inf, inf)", "inf"), ("max(4)", "4"), ("min(2.5, 2.25)", "2.25"),
    ("max([3, 1, 2])", "3"), ("min([[3, 1], [2, 5]])", "1"),
    ("max([[3, 1], [2, 5]], 0)", "[3 5]"), ("max([[3, 1], [2, 5]], 1)", "[3 5]"),
    ("min([[3, 1], [2, 5]], -1)", "[1 2]"), ("min([[3, 1], [2, 5]], axis=0)", "[2 1]"),
    ("max([3, 1, 2], axis=0)", "3"), ("max([[3, 1], [2, 5]], none)", "5"),
    ("max([[3, 1], [2, 5]], 0, true)", "[[3 5]]"),
    ("max([[3, 1], [2, 5]], 1, keepdims=true).shape", "[2 1]"),
  ])
  func value(code: String, shows: String) {
    let run = run(code)
    #expect(run.errors == [])
    #expect(run.text == shows)
  }

  /// A nan is never lost, wherever it stands.
  @Test(arguments: ["max(nan, 1)", "max(1, nan)", "min(nan, 1)", "min(2, 1, nan)"])
  func nan(code: String) { #expect(run(code).text == "nan") }

  /// A number after a vector may be meant as an axis, as in numpy, or for each entry, as in a loss:
  /// neither is guessed.
  @Test(arguments: [
    ("max([3, 1, 2], 0)", "maximum"), ("max([1, -2], -1)", "maximum"),
    ("max([[1, 2]], 0.5)", "maximum"), ("min([[1, 2]], 2)", "minimum"),
    ("max(0, [1, -2])", "maximum"), ("min([1, 2], [0, 3])", "minimum"),
    ("max([1, 2], 0, 3)", "maximum"), ("max(\"a\", 1)", "numbers"),
  ])
  func refused(code: String, says word: String) throws {
    let run = run(code)
    #expect(run.status == 3)
    #expect(try #require(run.errors.first).contains(word), "\(run.errors)")
  }

  @Test(arguments: ["max()", "max(1, 2, axis=0)", "max([[1, 2]], 0, axis=1)"])
  func needsOne(code: String) { #expect(run(code).status == 3) }
}
