import Testing

@testable import Text

@Suite struct TextLayoutTests {
  @Test(arguments: [
    ("airplane", 8, "airplane"), ("airplane", 5, "airp…"), ("airplane", 1, "…"),
    ("airplane", 0, ""), ("airplane", -3, ""), ("airplane", .max, "airplane"),
    // A wide character that would stand across the edge is left out.
    ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
    // An accent stays with its letter.
    ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
  ]) func clipping(text: String, columns: Int, result: String) {
    #expect(TextLayout.clipped(text, to: columns) == result)
  }

  @Test func theEllipsisIsTheCallers() {
    #expect(TextLayout.clipped("airplane", to: 4, ellipsis: "~") == "air~")
  }

  @Test func textsStandAtColumns() {
    #expect(TextLayout.rightAligned("日", in: 4) == "  日")
    #expect(TextLayout.rightAligned("abc", in: 2) == "abc")
    #expect(TextLayout.leftAligned("日", in: 4) == "日  ")
    #expect(TextLayout.leftAligned("abc", in: 2) == "abc")
  }

  @Test func wordsStandInLines() {
    #expect(TextLayout.wrapped("aa bb cc", indent: 2, width: 7) == "  aa bb\n  cc")
    #expect(TextLayout.wrapped("日本 日本", indent: 0, width: 8) == "日本\n日本")
    #expect(TextLayout.wrapped("日本 日本", indent: 0, width: 9) == "日本 日本")
    // A word that is too long has a line of its own.
    #expect(TextLayout.wrapped("a bbbbbb c", indent: 0, width: 3) == "a\nbbbbbb\nc")
    // Line ends stay, and lines that are set in.
    #expect(TextLayout.wrapped("a\n  x   y\nb", indent: 1, width: 4) == " a\n   x   y\n b")
  }

  @Test func aLabelStandsBeforeItsText() {
    #expect(
      TextLayout.labeled("why: ", "one two three four five six", width: 25)
        == "why: one two three four\n     five six")
  }
}
