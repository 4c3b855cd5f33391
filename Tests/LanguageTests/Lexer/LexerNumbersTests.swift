import Testing

@testable import Language

@Suite struct LexerNumbersTests {
  @Test(
    arguments: [
      ("1", 1), ("0", 0), ("49_000", 49_000), ("1_2_3", 123), ("2.5e4", 25_000),
      ("1e-7", 0.0000001), ("1E+2", 100), (".5", 0.5), (".5e1", 5), ("1.", 1), ("1.e2", 100),
      ("3.141_592", 3.141592), ("1e1_0", 1e10), ("007", 7),
      ("9007199254740993", 9_007_199_254_740_992), ("5e-324", Double.leastNonzeroMagnitude),
      ("1e-400", 0), ("1e400", Double.infinity),
    ] as [(String, Double)])
  func value(text: String, value: Double) {
    let tokens = Lexer.tokens(Source(text, name: "t"))
    #expect(tokens.map(\.kind) == [.number(value), .end])
    #expect(tokens.first?.span == Span(0, text.utf8.count))
    #expect(parse(text).diagnostics.isEmpty)
  }

  @Test func fieldsOfANumber() {
    #expect(trees("1.T") == ["1.0.T"])
    #expect(trees("1.5.T") == ["1.5.T"])
    #expect(trees("1.e") == ["1.0.e"])
  }

  @Test func signsAreNotPartOfIt() {
    #expect(trees("1-2") == ["(- 1.0 2.0)"])
    #expect(trees("1e-2-3") == ["(- 0.01 3.0)"])
  }

  @Test(
    arguments: wrongTexts(
      #"""
      x = ⟦2x⟧ → '2x' is not a number → `2 * x`
      x = ⟦1__0⟧ → '1__0' is not a number → between two digits
      x = ⟦1_⟧ → '1_' is not a number → between two digits
      x = ⟦1e⟧ → '1e' is not a number → the exponent
      x = ⟦2E⟧ + 1 → '2E' is not a number → the exponent
      x = ⟦0x1F⟧ → '0x1F' is not a number → decimal
      x = ⟦0b101⟧ → '0b101' is not a number → decimal
      x = ⟦1.5abc⟧ → '1.5abc' is not a number → `1.5 * abc`
      """#))
  func malformed(wrong: Wrong) { check(wrong) }

  @Test func onePointTooMany() {
    #expect(!parse("1.2.3").diagnostics.isEmpty)
    #expect(!parse("1..2").diagnostics.isEmpty)
  }
}
