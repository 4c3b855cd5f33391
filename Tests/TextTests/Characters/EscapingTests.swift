import Testing

@testable import Text

@Suite struct EscapingTests {
  @Test(
    arguments: [
      ("", ""),
      ("plain ä 漢 😀", "plain ä 漢 😀"),
      ("a\nb\tc\rd\0", "a\\nb\\tc\\rd\\0"),
      ("\u{1B}[31mred\u{7}", "\\u{1b}[31mred\\u{7}"),
      ("\u{7F}\u{80}\u{9B}\u{9F}\u{A0}", "\\u{7f}\\u{80}\\u{9b}\\u{9f}\u{A0}"),
      // Marks that turn the direction of writing can make a line read as another.
      ("a\u{202E}b\u{2066}c\u{2069}", "a\\u{202e}b\\u{2066}c\\u{2069}"),
      ("\u{200E}\u{200F}\u{61C}", "\\u{200e}\\u{200f}\\u{61c}"),
      ("\u{2028}\u{2029}\u{FEFF}", "\\u{2028}\\u{2029}\\u{feff}"),
      // Joined emoji stay whole.
      ("👩\u{200D}💻", "👩\u{200D}💻"),
      ("\r\n", "\\r\\n"),
    ])
  func visible(text: String, expected: String) {
    #expect(Escaping.visible(text) == expected)
  }

  @Test func nothingThatATerminalObeysIsLeft() {
    for value in 0..<0x3000 as Range<UInt32> {
      guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory == .control
      else { continue }
      #expect(
        Escaping.visible(String(Character(scalar))).utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
    }
  }

  @Test func quotedAsAStringOfTheLanguage() {
    #expect(Escaping.quoted("a\"b\\c\n\u{1B}") == "\"a\\\"b\\\\c\\n\\u{1b}\"")
    #expect(Escaping.quoted("") == "\"\"")
  }

  @Test func excerptsAreShort() {
    let long = String(repeating: "y", count: 41)
    #expect(Escaping.excerpt("1.5x") == "\"1.5x\"")
    #expect(Escaping.excerpt(String(long.dropLast())) == "\"\(long.dropLast())\"")
    #expect(Escaping.excerpt(long) == "\"\(long.dropLast())…\"")
    #expect(Escaping.excerpt("ab", isClipped: true) == "\"ab…\"")
    #expect(Escaping.excerpt(Array("a\tb".utf8)) == "\"a\\tb\"")
    #expect(Escaping.excerpt([UInt8](repeating: 0xFF, count: 3)) == "\"\u{FFFD}\u{FFFD}\u{FFFD}\"")
    #expect(Escaping.excerpt([UInt8](repeating: 7, count: 1 << 20)).utf8.count < 40 * 6 + 6)
  }

  @Test func cellsShowABlankForWhatIsHidden() {
    for hidden in ["\u{1B}", "\n", "\r\n", "\u{9B}", "\u{202E}"] as [Character] {
      #expect(Escaping.blanked(hidden) == " ")
    }
    #expect(Escaping.blanked("é") == "é")
  }
}
