import Testing

@testable import Plotting

@Suite struct DisplayTextTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("日本", 4), ("e\u{301}", 1), ("é", 1), ("한글", 4), ("🐸", 2), ("Ａ", 2),
    ("\u{301}", 0), ("❤️", 2), ("a日b", 4),
  ]) func widths(text: String, width: Int) {
    #expect(DisplayText.width(of: text) == width)
  }

  @Test(arguments: [
    ("airplane", 8, "airplane"), ("airplane", 5, "airp…"), ("airplane", 1, "…"),
    ("airplane", 0, ""), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
  ]) func clipping(text: String, columns: Int, result: String) {
    #expect(DisplayText.clipped(text, to: columns, ellipsis: "…") == result)
  }

  @Test func controlCharactersBecomeBlanks() {
    #expect(DisplayText.harmless("\u{1B}") == " ")
    #expect(DisplayText.harmless("\n") == " ")
    #expect(DisplayText.harmless("\u{9B}") == " ")
    #expect(DisplayText.harmless("é") == "é")
  }

  @Test func textEndsAtAColumn() {
    #expect(DisplayText.rightAligned("日", in: 4) == "  日")
    #expect(DisplayText.rightAligned("abc", in: 2) == "abc")
  }
}
