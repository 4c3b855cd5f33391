import Testing

@testable import Text

@Suite struct DisplayWidthTests {
  @Test(
    arguments: [
      ("", 0), ("abc", 3), ("ä", 1), ("a\u{308}", 1), ("ληφ", 3), ("漢字", 4), ("かな", 4),
      ("한국", 4), ("ﾊﾝ", 2), ("ＡＢ", 4), ("（", 2), ("\u{1112}\u{1161}\u{11AB}", 2),
      ("e\u{301}\u{323}", 1), ("\u{200B}", 0), ("\u{AD}", 0), ("😀", 2), ("👍🏽", 2),
      ("👩\u{200D}👩\u{200D}👧\u{200D}👦", 2), ("🇩🇪", 2), ("🇩🇪🇫🇷", 4), ("❤", 1), ("❤\u{FE0F}", 2),
      ("1\u{FE0F}\u{20E3}", 2), ("…─│⣿█", 5), ("x漢y", 4), ("𠀀", 2), ("\u{7}", 0),
    ])
  func cells(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test func partOfAText() {
    #expect(DisplayWidth.of("ab漢cd".dropFirst(2)) == 4)
  }

  @Test func everyPrintableASCIIIsOneCell() {
    for value in 0x20..<0x7F as Range<UInt8> {
      #expect(DisplayWidth.of(Unicode.Scalar(value)) == 1)
      #expect(DisplayWidth.of(Character(Unicode.Scalar(value))) == 1)
    }
  }
}
