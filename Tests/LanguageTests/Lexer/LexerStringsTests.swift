import Testing

@testable import Language

@Suite struct LexerStringsTests {
  @Test(
    arguments: [
      (#""""#, #""''""#),
      (#""a b""#, #""'a b'""#),
      (#""a\nb\t\r\0\"\\""#, "\"'a\nb\t\r\0\"\\'\""),
      (#""\u{e9}\u{1F600}""#, "\"'é😀'\""),
      (#""{{x}}""#, #""'{x}'""#),
      (#""{{{x}}}""#, #""'{'{x}'}'""#),
      (#""loss: {loss:.6f}\n""#, "\"'loss: '{loss:.6f}'\n'\""),
      (#""{a}{b}""#, #""{a}{b}""#),
      (#""{x[1:2]:.2f}""#, #""{x[(slice 1.0 2.0 _)]:.2f}""#),
      (#""{f("a:b}}")}""#, #""{f("'a:b}'")}""#),
      (#""{f("{y:d}"):>8}""#, #""{f("{y:d}"):>8}""#),
      (#""{ a + 1 : d}""#, #""{(+ a 1.0): d}""#),
      (#""{x:}""#, #""{x:}""#),
      (#""{x::<8}""#, #""{x::<8}""#),
      (#""{a, b}""#, #""{(tuple a b)}""#),
      (#""{{ }}{x}""#, #""'{ }'{x}""#),
      (#""ä 漢 👍🏽""#, #""'ä 漢 👍🏽'""#),
      (#""{x} }} #""#, #""{x}' } #'""#),
      ("\"\"\"a {x}\n\"b\" \\n\"\"\"", "\"'a {x}\n\"b\" \\n'\""),
      ("\"\"\"\"\"\"", "\"''\""),
    ])
  func pieces(text: String, expected: String) {
    #expect(trees(text) == [expected])
  }

  @Test func formatHasItsPlace() throws {
    let text = #"x = "ab {loss:.6f}""#
    let tokens = Lexer.tokens(Source(text, name: "t"))
    guard case .string(let pieces)? = tokens.dropFirst(2).first?.kind else {
      Issue.record("no string")
      return
    }
    #expect(
      pieces == [
        .text("ab "), .code(Span(9, 13), format: ".6f", formatSpan: Span(14, 17)),
      ])
  }

  @Test func codeHasItsPlace() {
    check(Wrong(#"print "ab {⟦1x⟧}""#, "'1x' is not a number"))
    check(Wrong(#"print "ab {f(1) ⟦f⟧}""#, "an operator or '}'"))
  }

  @Test(
    arguments: wrongTexts(
      #"""
      x = ⟦"abc⟧ → the string is not closed → """…"""
      x = ⟦"abc⟧⏎y = 2 → the string is not closed
      x = "a⟦\q⟧b" → '\q' is no escape → \u{…}
      x = "⟦\{⟧a" → '\{' is no escape → '{{'
      x = "⟦\u⟧12" → needs a code point in braces
      x = "⟦\u{d800}⟧" → is no code point
      x = "⟦\u{110000}⟧" → is no code point
      x = "⟦\u{}⟧" → is no code point
      x = "a⟦}⟧b" → a '}' in a string closes nothing → '}}'
      x = "a⟦{⟧b" → '{' in a string is not closed → '{{'
      x = "a⟦{}⟧b" → nothing stands between the braces → '{{}}'
      x = "a⟦{ :⟧d}b" → nothing stands between the braces
      """#))
  func wrongString(wrong: Wrong) { check(wrong) }

  @Test func stringEndsWithItsLine() {
    // The next line is read as if nothing had happened.
    let result = parse("x = \"abc\ny = 2")
    #expect(result.diagnostics.count == 1)
    #expect(result.script.statements.map { tree($0.statement) }.last == "y = 2.0")
  }

  @Test func manyStringsInStrings() {
    var text = "1"
    for _ in 0..<30 { text = "\"{\(text)}\"" }
    #expect(parse(text).diagnostics.isEmpty)
    for _ in 0..<3000 { text = "\"{\(text)}\"" }
    #expect(!parse(text).diagnostics.isEmpty)
  }
}
