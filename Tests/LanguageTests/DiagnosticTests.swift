import Testing

@testable import Language

@Suite struct DiagnosticTests {
  /// The form of language.md, with its own example.
  @Test func theForm() {
    var lines = [String](repeating: "x = 1", count: 11)
    lines.append("m = train d.train itres=1500")
    let text = lines.joined(separator: "\n")
    let start = text.utf8.count - "itres=1500".utf8.count
    let diagnostic = Diagnostic(
      "'train' has no option 'itres'", category: .usage,
      source: Source(text, name: "walkthrough.svm"), span: Span(start, start + 5),
      help: "did you mean 'iters'? `help train` lists all options.")
    #expect(
      diagnostic.rendered(color: false) == """
        error: 'train' has no option 'itres'
          walkthrough.svm:12:19
           12 | m = train d.train itres=1500
              |                   ^^^^^
          help: did you mean 'iters'? `help train` lists all options.
        """)
  }

  /// The mark stands under what it means, whatever stands before it.
  @Test(arguments: [("\tab x", "x"), ("日本 x", "x"), ("e\u{301} x", "x"), ("👩‍👩‍👧 x", "x")])
  func theMarkStandsUnderIt(line: String, word: String) throws {
    let start = line.utf8.count - word.utf8.count
    let diagnostic = Diagnostic(
      "wrong", source: Source(line, name: "a"), span: Span(start, line.utf8.count))
    let lines = diagnostic.rendered(color: false).split(separator: "\n").map(String.init)
    let code = try #require(lines.first { $0.hasSuffix("x") && $0.contains(" | ") })
    let mark = try #require(lines.last { $0.contains("^") })
    let before = code.dropLast(1)
    let beforeMark = mark.prefix { $0 != "^" }
    #expect(DisplayWidth.of(before) == DisplayWidth.of(beforeMark), "\(code)\n\(mark)")
  }

  @Test func controlCharactersAreShown() {
    let text = "x = \u{1B}[31m \u{7}"
    let shown = Diagnostic("wrong", source: Source(text, name: "a\u{1B}b"), span: Span(0, 1))
      .rendered(color: false)
    #expect(
      !shown.unicodeScalars.contains { $0.value < 32 && $0 != "\n" }, "\(shown.debugDescription)")
  }

  @Test func aPlaceAtTheEndIsShown() {
    for text in ["", "x", "x\n", "x\n\n"] {
      let end = text.utf8.count
      let shown = Diagnostic("wrong", source: Source(text, name: "a"), span: Span(end, end))
        .rendered(color: false)
      #expect(shown.contains("^"), "\(text.debugDescription)")
    }
  }

  @Test func statuses() {
    // language.md: 1 an `expect`, 2 syntax or usage, 3 running, 4 data, 130 interrupted.
    #expect(Diagnostic.Category.usage.exitStatus == 2)
    #expect(Diagnostic.Category.runtime.exitStatus == 3)
    #expect(Diagnostic.Category.data.exitStatus == 4)
    #expect(Diagnostic.Category.interrupted.exitStatus == 130)
  }
}

@Suite struct SpellingTests {
  @Test(arguments: [
    ("itres", "iters"), ("trian", "train"), ("regularise-bias", "regularize-bias"),
    ("class_weights", "class-weights"), ("LR", "lr"), ("sched", "schedule"),
  ])
  func near(word: String, name: String) {
    let names = ["iters", "train", "regularize-bias", "class-weights", "lr", "schedule", "reg"]
    #expect(Spelling.nearest(to: word, in: names) == name)
  }

  @Test func nothingIsNear() {
    #expect(Spelling.nearest(to: "banana", in: ["iters", "train"]) == nil)
    #expect(Spelling.nearest(to: "", in: ["iters"]) == nil)
    #expect(Spelling.hint("zzz", in: ["a"]) == nil)
  }

  /// Damerau's own four kinds of error, and the laws of a distance.
  @Test func distances() {
    #expect(Spelling.distance("abcd", "abcd") == 0)
    #expect(Spelling.distance("abcd", "abd") == 1)
    #expect(Spelling.distance("abcd", "abxcd") == 1)
    #expect(Spelling.distance("abcd", "abxd") == 1)
    #expect(Spelling.distance("abcd", "acbd") == 1)
    #expect(Spelling.distance("", "abc") == 3)
    #expect(Spelling.distance("kitten", "sitting") == 3)
  }
}

@Suite struct DisplayWidthTests {
  /// Widths of the Unicode standard's annex 11 and of terminals that follow it.
  @Test(arguments: [
    ("abc", 3), ("", 0), ("日本", 4), ("é", 1), ("e\u{301}", 1), ("×", 1), ("▀⠿", 2), ("한글", 4),
    ("Ａ", 2), ("\u{200B}", 0),
  ])
  func widths(text: String, columns: Int) {
    #expect(DisplayWidth.of(text) == columns, "\(text)")
  }
}

@Suite struct EscapingTests {
  @Test func nothingInvisibleIsLeft() {
    for value in UInt32(0)..<0x100 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = Escaping.visible("a\(Character(scalar))b")
      let isControl = value < 32 || (value >= 127 && value < 160)
      #expect((shown == "a\(Character(scalar))b") == !isControl, "\(value): \(shown)")
    }
    #expect(Escaping.visible("πλ日本") == "πλ日本")
  }
}
