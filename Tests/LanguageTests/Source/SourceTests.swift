import Testing

@testable import Language

@Suite struct SourceTests {
  @Test func lineAndColumn() {
    let source = Source("ab\nä漢x\n", name: "t.svm")
    #expect(source.place(of: Span(0, 1)) == "t.svm:1:1")
    #expect(source.place(of: Span(2, 3)) == "t.svm:1:3")
    #expect(source.place(of: Span(3, 5)) == "t.svm:2:1")
    // Columns count characters, not bytes.
    #expect(source.place(of: Span(8, 9)) == "t.svm:2:3")
    #expect(source.place(of: Span(10, 10)) == "t.svm:3:1")
  }

  @Test func linesGoOnCounting() {
    #expect(Source("a\nb", name: "input").line(at: 2) == 2)
  }

  @Test func placesOutsideAreClamped() {
    let source = Source("ab\ncd", name: "t")
    #expect(source.place(of: Span(100, 200)) == "t:2:3")
    #expect(source.place(of: Span(-5, 0)) == "t:1:1")
    #expect(source.text(in: Span(3, 100)) == "cd")
    #expect(source.text(in: Span(4, 1)) == "")
  }

  @Test func nameIsShownEscaped() {
    #expect(Source("", name: "a\u{1B}[m\n").place(of: Span(0, 0)) == "a\\u{1b}[m\\n:1:1")
  }

  @Test func endsOfALine() {
    let source = Source("ab\ncd\n", name: "t")
    #expect(source.lineStart(at: 4) == 3)
    #expect(source.lineEnd(at: 4) == 5)
    #expect(source.lineStart(at: 0) == 0)
    #expect(source.lineEnd(at: 6) == 6)
  }

  @Test func markAndCarriageReturnsAreTakenOut() {
    #expect(Source("\u{FEFF}a\r\nb\rc\r\n", name: "t").bytes == Array("a\nb\rc\n".utf8))
    // Only the first mark, and only at the start.
    #expect(Source("a\u{FEFF}", name: "t").bytes.count == 4)
  }

  @Test func spansJoin() {
    #expect(Span(3, 5).joined(Span(1, 4)) == Span(1, 5))
  }
}
