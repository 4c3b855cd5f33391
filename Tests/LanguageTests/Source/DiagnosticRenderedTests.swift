import Text
import Testing

@testable import Language

@Suite struct DiagnosticRenderedTests {
  private func render(
    _ marked: String, message: String = "wrong", help: String? = nil,
    color: Bool = false, width: Int = 100
  ) -> String {
    let marked = Marked(marked)
    return Diagnostic(
      message, source: Source(marked.text, name: "t.svm"),
      span: marked.spans.first, help: help
    ).rendered(color: color, width: width)
  }

  /// The example of the language's description, to the letter.
  @Test func oneForm() {
    let lines = String(repeating: "\n", count: 11)
    let source = Source(lines + "m = train d.train itres=1500\n", name: "walkthrough.svm")
    let diagnostic = Diagnostic(
      "'train' has no option 'itres'", source: source, span: Span(29, 34),
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

  @Test func withoutAPlace() {
    #expect(
      Diagnostic("no such file", help: "look").rendered(color: false)
        == "error: no such file\n  help: look")
    #expect(
      Diagnostic("slow", severity: .warning).rendered(color: false) == "warning: slow")
    #expect(
      Diagnostic("interrupted", severity: .interrupted).rendered(color: false) == "interrupted")
  }

  @Test func notesStandBeforeTheHelp() {
    #expect(
      Diagnostic("bad", help: "one\ntwo", notes: ["in f(W: 3×2)", "in g()"])
        .rendered(color: false) == """
          error: bad
            in f(W: 3×2)
            in g()
            help: one
                  two
          """)
  }

  @Test func gutterGrowsWithTheNumber() {
    #expect(
      render(String(repeating: "\n", count: 123_455) + "⟦x⟧") == """
        error: wrong
          t.svm:123456:1
        123456 | x
               | ^
        """)
  }

  @Test func tabsAreBlanks() {
    #expect(
      render("\tif ⟦x⟧\ty") == """
        error: wrong
          t.svm:1:5
            1 |     if x    y
              |        ^
        """)
  }

  @Test func tabGoesToTheNextStop() {
    #expect(render("ab\t⟦x⟧").hasSuffix("    1 | ab  x\n      |     ^"))
    #expect(render("漢\tcde\t⟦x⟧").hasSuffix("    1 | 漢  cde x\n      |         ^"))
  }

  @Test func wideCharactersTakeTwoCells() {
    #expect(
      render("x = \"漢字\" ⟦数⟧ + é") == """
        error: wrong
          t.svm:1:10
            1 | x = "漢字" 数 + é
              |            ^^
        """)
  }

  @Test func joinedEmojiIsOnePicture() {
    #expect(
      render("\"👩\u{200D}💻\" ⟦x⟧") == """
        error: wrong
          t.svm:1:5
            1 | "👩\u{200D}💻" x
              |      ^
        """)
  }

  @Test func endOfALine() {
    #expect(
      render("x =⟦⟧\ny") == """
        error: wrong
          t.svm:1:4
            1 | x =
              |    ^
        """)
  }

  @Test func emptyText() {
    #expect(
      render("⟦⟧") == """
        error: wrong
          t.svm:1:1
            1 |
              | ^
        """)
  }

  @Test func severalLines() {
    #expect(
      render("a\nf(⟦[1,\n2,\n3]⟧)") == """
        error: wrong
          t.svm:2:3
            2 | f([1,
              |   ^^^ … to line 4
        """)
  }

  @Test func lineEndThatIsMarkedStaysOnItsLine() {
    #expect(render("ab⟦c\n⟧d").hasSuffix("    1 | abc\n      |   ^"))
  }

  @Test func controlCharactersAreEscaped() {
    #expect(
      render("a\u{1B}[2J ⟦b⟧", message: "no '\u{1B}[2J'", help: "\u{7}") == """
        error: no '\\u{1b}[2J'
          t.svm:1:7
            1 | a\\u{1b}[2J b
              |            ^
          help: \\u{7}
        """)
  }

  @Test func bytesThatAreNoTextAreEscaped() {
    let source = Source(bytes: Array("x = ".utf8) + [0xFF, 0x0A], name: "t.svm")
    #expect(
      Diagnostic("wrong", source: source, span: Span(4, 5)).rendered(color: false) == """
        error: wrong
          t.svm:1:5
            1 | x = \\xff
              |     ^^^^
        """)
  }

  @Test func partOfACharacterMarksAllOfIt() {
    let source = Source("漢 x", name: "t.svm")
    for span in [Span(0, 1), Span(1, 2), Span(2, 3), Span(0, 3)] {
      #expect(
        Diagnostic("wrong", source: source, span: span).rendered(color: false)
          .hasSuffix("    1 | 漢 x\n      | ^^"))
    }
  }

  @Test(arguments: [40, 60, 100], [0, 10, 50, 500, 5000, 9_999])
  func longLinesAreCut(width: Int, place: Int) throws {
    let text = String(repeating: "abcdefghij", count: 1000)
    let diagnostic = Diagnostic(
      "wrong", source: Source(text, name: "t.svm"), span: Span(place, place + 1))
    let lines = diagnostic.rendered(color: false, width: width).split(separator: "\n")
    try #require(lines.count == 4)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
    // The caret stands under the character that is meant.
    let caret = try #require(lines[3].firstIndex(of: "^"))
    let column = lines[3].distance(from: lines[3].startIndex, to: caret)
    let wanted = try #require("abcdefghij".dropFirst(place % 10).first)
    #expect(lines[2].dropFirst(column).first == wanted)
    #expect(lines[2].contains("…"))
  }

  @Test func longMarkIsCutToo() {
    let text = String(repeating: "漢", count: 10_000)
    let lines = Diagnostic(
      "wrong", source: Source(text, name: "t.svm"), span: Span(0, text.utf8.count)
    ).rendered(color: false, width: 80).split(separator: "\n")
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 })
  }

  @Test func placesOutsideTheTextDoNotTrap() {
    for span in [Span(50, 60), Span(-3, -1), Span(2, 1), Span(-1, 100), Span(3, 3)] {
      let diagnostic = Diagnostic("wrong", source: Source("a\nb", name: "t.svm"), span: span)
      #expect(diagnostic.rendered(color: true, width: 1).contains("wrong"))
    }
  }

  @Test func colorChangesNoText() {
    let plain = render("x = ⟦y⟧ z", help: "help")
    let colored = render("x = ⟦y⟧ z", help: "help", color: true)
    #expect(colored.contains("\u{1B}[1;31merror:\u{1B}[0m"))
    #expect(!plain.contains("\u{1B}"))
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }

  @Test(
    arguments: [
      (Diagnostic.Category.usage, 2), (.runtime, 3), (.data, 4), (.interrupted, 130),
    ] as [(Diagnostic.Category, Int32)])
  func exitStatus(category: Diagnostic.Category, status: Int32) {
    #expect(category.exitStatus == status)
  }
}
