import Foundation
import TestSupport
import Testing

@testable import Language

/// Nothing that a user types may end the process.
@Suite struct RobustnessTests {
  /// Parses, and looks at every error: it has a place in the text, and can be shown.
  @discardableResult
  private func survives(_ bytes: [UInt8], width: Int = 80) -> ParseResult {
    let source = Source(bytes: bytes, name: "t.svm")
    let result = Parser.parse(source, verbs: verbs)
    for diagnostic in result.diagnostics {
      guard let span = diagnostic.span else {
        Issue.record("no place: \(diagnostic.message)")
        continue
      }
      #expect(span.lower >= 0 && span.lower <= span.upper && span.upper <= source.bytes.count)
      let shown = diagnostic.rendered(color: false, width: width)
      #expect(shown.contains("error: ") && !shown.unicodeScalars.contains { $0 == "\u{1B}" })
    }
    // At its end, something may stand in the place of the word there, or nothing. One text in four
    // is enough: it takes as long as parsing.
    let end = source.bytes.count
    for continuation in end % 4 == 0
      ? Parser.continuations(of: source, at: end, verbs: verbs) : []
    {
      #expect(continuation.word.upper == end && 0...end ~= continuation.word.lower)
    }
    // A text that goes on says what is missing.
    if result.isIncomplete { #expect(result.diagnostics.count == 1) }
    return result
  }

  private func survives(_ text: String) -> ParseResult { survives(Array(text.utf8)) }

  @Test(
    arguments: [
      ("(", ")", "1"), ("[", "]", "1"), ("f(", ")", "1"), ("x[", "]", "0"), ("-", "", "1"),
      ("- ", "", "1"), ("+", "", "1"), ("not ", "", "a"), ("2 ** ", "", "1"), ("2 ** -", "", "1"),
      ("if a { ", " }", "b"), ("if a {\n", "\n}", "b"), ("while a { ", "}", "b"),
      ("for i in v { ", "}", "b"), ("fn f() { ", "}", "b"), ("timeit ", "", "f(x)"),
      ("(-[", "])", "1"), ("f(x=", ")", "1"), ("a == (", ")", "b"), ("{", "}", "1"),
      ("if (", ") { }", "1"), ("print (", ")", "1"), ("train d lr=[", "]", "1"),
      ("\"{", "}\"", "1"), ("x[(", ")]", "1"), ("a, (", ")", "1"), ("1 + (", ")", "1"),
    ], [10_000])
  func nestingIsRefused(part: (open: String, close: String, inner: String), depth: Int) {
    let open = String(repeating: part.open, count: depth)
    let close = String(repeating: part.close, count: depth)
    #expect(!survives(open + part.inner + close).diagnostics.isEmpty)
    #expect(!survives("x = " + open + part.inner + close).diagnostics.isEmpty)
    // Without its end, and only ends.
    _ = survives(open)
    _ = survives(close)
  }

  @Test(
    arguments: [
      ("(", ")"), ("[", "]"), ("-", ""), ("not ", ""), ("f(", ")"), ("2 ** ", ""), ("x[", "]"),
      ("{1: ", "}"), ("fn(x) => ", ""), ("[", " for x in y]"), ("[x for x in ", "]"),
    ])
  func nestingIsNamed(open: String, close: String) {
    let text =
      "x = " + String(repeating: open, count: 2000) + "1" + String(repeating: close, count: 2000)
    #expect(messages(text) == ["this is nested more than 500 deep"])
    let some =
      "x = " + String(repeating: open, count: 240) + "1"
      + String(repeating: close, count: 240)
    #expect(messages(some) == [])
  }

  @Test(arguments: [" + 1", " * a", " ** 2", " and b", ".T", "[0]", "(1)", " @ W", " == b"])
  func longChainsAreRefused(link: String) {
    let text = "x = a" + String(repeating: link, count: 10_000)
    #expect(survives(text).diagnostics.count == 1)
  }

  @Test(arguments: [", a", "; a", "\na", " \\\n"])
  func longRowsAreRead(link: String) {
    #expect(messages("a" + String(repeating: link, count: 10_000) + "\nb") == [])
  }

  @Test func manyElseIfsAreRead() {
    let branch = "if a { b } else "
    #expect(messages(String(repeating: branch, count: 5000) + "{ c }") == [])
  }

  /// The parser's stack is that of any thread, not only the first one's.
  @Test func smallStackIsEnough() {
    let text = "x = " + String(repeating: "(", count: 10_000)
    let finished = DispatchSemaphore(value: 0)
    let thread = Thread {
      _ = parse(text)
      _ = parse("x = " + String(repeating: "-(", count: 245) + "1")
      finished.signal()
    }
    thread.start()
    #expect(finished.wait(timeout: .now() + 60) == .success)
  }

  // MARK: - Changed texts

  @Test(arguments: ["cs231n_svm.svm", "worked_example.svm"], 0..<8 as Range<UInt64>)
  func changedWalkthroughs(name: String, seed: UInt64) throws {
    let original = Array(try walkthrough(name).utf8)
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<60 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...8, using: &numbers) {
        change(&bytes, &numbers)
      }
      survives(bytes)
    }
  }

  /// Short lines hit more of the grammar in the same time.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func changedLines(seed: UInt64) throws {
    let lines =
      Self.lines + (try walkthrough("cs231n_svm.svm")).split(separator: "\n").map(String.init)
    var numbers = SeededNumbers(seed: 1000 + seed)
    for _ in 0..<1000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 1...4, using: &numbers) {
        bytes += Array((lines.randomElement(using: &numbers) ?? "").utf8) + [10]
      }
      for _ in 0..<Int.random(in: 1...4, using: &numbers) { change(&bytes, &numbers) }
      survives(bytes, width: Int.random(in: 0...120, using: &numbers))
    }
  }

  /// Words and symbols in any order.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func soups(seed: UInt64) {
    let words =
      Symbol.allCases.map(\.rawValue) + Keyword.allCases.map(\.rawValue) + verbs.sorted()
      + [
        "print", "param", "expect", "timeit", "forget", "a", "b", "1", "2.5", "\"s\"", "\"{a}\"",
        "\"{a", "\"\"\"", "\n", "\\\n", "#", "## p", "\n#> r", "“", "漢", "é", "\u{A0}", "\u{1}",
        "within=", "points=", "repeat=", "_", "inf", "'", "!", "~", "?", "$", "-x",
      ]
    var numbers = SeededNumbers(seed: 2000 + seed)
    for _ in 0..<1500 {
      var text = ""
      for _ in 0..<Int.random(in: 1...14, using: &numbers) {
        text += words.randomElement(using: &numbers) ?? ""
        if Int.random(in: 0..<3, using: &numbers) > 0 { text += " " }
      }
      _ = survives(text)
    }
  }

  @Test(arguments: ["cs231n_svm.svm", "worked_example.svm"])
  func everyStartOfAWalkthrough(name: String) throws {
    let bytes = Array(try walkthrough(name).utf8)
    for end in bytes.indices where bytes[end] == 10 {
      let result = survives(Array(bytes[..<end]))
      // At a line end it is whole, or goes on: nothing is wrong in it.
      #expect(result.diagnostics.isEmpty || result.isIncomplete)
    }
    for end in stride(from: 0, to: bytes.count, by: 13) { survives(Array(bytes[..<end])) }
  }

  /// What was incomplete never gets an error out of the lines that make it whole.
  @Test func linesThatComeOneAfterTheOther() throws {
    var entry = ""
    var whole = 0
    for line in try walkthrough("cs231n_svm.svm").split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      entry += line + "\n"
      let result = parse(entry)
      if result.isIncomplete { continue }
      #expect(result.diagnostics == [])
      whole += result.script.statements.count
      entry = ""
    }
    #expect(entry.isEmpty)
    #expect(whole == parse(try walkthrough("cs231n_svm.svm")).script.statements.count)
  }

  @Test func hugeTextsTakeNoTime() {
    let clock = ContinuousClock()
    let pieces = [
      "x = 1\n", "(", "\"", "\"{", "#", "f (", "\\", "'", "x = [1,\n", "{", "é", "print a -",
      "{1: ", "{(", "[a for b in ", "fn(x) => ", "try {", "} catch p {", "a {\"b\": ", "d[1][2",
    ]
    for piece in pieces {
      let text = String(repeating: piece, count: 20_000)
      let time = clock.measure { _ = survives(text) }
      #expect(time < .seconds(20), "\(piece)")
    }
  }

  private static let lines = [
    "print f (x)", "print a -3", "train d lr=2*base", "x = a < b < c", "tune d lr=[1, -2]",
    "expect a ~= b within=1e-6 \"m {a:.3f}\" points=2", "timeit repeat=3 f(x)", "forget a b",
    "param a = [1, \"b\"]", "if a { b } else if c { d } else { e }", "x = \"\"\"a", "b\"\"\"",
    "d = split d train=0.5 val=(1 / n)", "a, b[:, 1::2] = f(x, reg=1)[0].c", "train d loss=a-b",
    "for i, x in enumerate(v) { x[i] -= 1; continue }", "print(a, b) c", "x = \"{f(\"a:b\"):>8}\"",
    "d = {\"lr\": 1e-7, (1, 2): [x], true: {}}", "d[\"a\"][0, :] **= 2", "try { a } catch p { b }",
    "f = fn(x, y=2) => [x * i for i, (j, k) in v if i in d]", "for (a, b), c in {1: 2} { }",
    "x = a not in b and not c in d", "y = A.mean(axis=0).T[0].round(2)",
  ]
}
