import Testing

@testable import Language

@Suite struct LexerStrangeCharactersTests {
  @Test(
    arguments: wrongTexts(
      #"""
      x = ⟦“abc”⟧ → a string stands in '"' → write `"abc"`
      x = ⟦‘abc’⟧ → a string stands in '"' → write `"abc"`
      x = ⟦'abc'⟧ → a string stands in '"' → write `"abc"`
      x = ⟦“⟧abc → can't stand here
      x =⟦\#u{A0}⟧1 → U+00A0 → a space
      x =⟦\#u{3000}⟧1 → U+3000 → a space
      x ⟦\#u{200B}⟧= 1 → U+200B → a space
      x = 1 ⟦−⟧ 2 → there is no operator '−' → '-'
      x = 1 ⟦–⟧ 2 → there is no operator '–' → '-'
      x = 1 ⟦×⟧ 2 → there is no operator '×' → '*'
      x = 1 ⟦÷⟧ 2 → there is no operator '÷' → '/'
      x = 1 ⟦≤⟧ 2 → there is no operator '≤' → '<='
      x = 1 ⟦≥⟧ 2 → there is no operator '≥' → '>='
      x = 1 ⟦≠⟧ 2 → there is no operator '≠' → '!='
      expect 1 ⟦≈⟧ 1 → there is no operator '≈' → '~='
      x = a ⟦&&⟧ b → there is no operator '&&' → 'and'
      x = a ⟦||⟧ b → there is no operator '||' → 'or'
      x = a ⟦&⟧ b → there is no operator '&' → 'and'
      x = ⟦!⟧a → there is no operator '!' → 'not'
      x = a ⟦^⟧ b → there is no operator '^' → '**'
      x = W⟦'⟧ → there is no operator ''' → `W.T`
      x = ⟦~⟧mask → '~' → not mask
      x = a ⟦?⟧ → '?' → help NAME
      x = ⟦$⟧a → the character '$' can't stand here
      x = ⟦`⟧a → the character '`' can't stand here
      ⟦größe⟧ = 1 → 'größe' can't be a name
      ⟦λ⟧ = 1 → 'λ' can't be a name
      x = ⟦e\#u{301}tat⟧ → can't be a name
      x = ⟦数⟧ → '数' can't be a name
      x = ⟦😀⟧ → the character '😀' (U+1F600) can't stand here
      x = 1⟦\#u{0}⟧ → the control character \0
      x = 1⟦\#u{C}⟧ → the control character \u{c} → as the escape
      # a⟦\#u{1B}⟧ → the control character \u{1b}
      x = "a⟦\#u{7}⟧" → the control character \u{7} → in a string
      x = 1⟦\#u{7F}⟧ → the control character \u{7f}
      """#))
  func strange(wrong: Wrong) { check(wrong) }

  /// What a word processor makes of a line is one error for each character, and the rest is read.
  @Test func restOfTheLineIsRead() {
    #expect(
      messages("x = “a” × 2\ny = ") == [
        "a string stands in '\"'", "there is no operator '×'",
        "expected a value after '=', not the end of the line",
      ])
  }

  @Test func stringsAndCommentsMayHoldAnyText() {
    #expect(parse("x = \"λ “quoted” 😀 e\u{301} \u{A0}\" # ≤ 漢\n## Größe").diagnostics.isEmpty)
  }

  @Test func bytesThatAreNoText() throws {
    let bytes = Array("x = \"a".utf8) + [0xFF, 0xFE] + Array("b\"\ny = 2".utf8)
    let result = Parser.parse(Source(bytes: bytes, name: "t"), verbs: verbs)
    let found = try #require(result.diagnostics.first)
    #expect(result.diagnostics.count == 1)
    #expect(found.message == "the text is not UTF-8 here")
    #expect(found.span == Span(6, 8))
    #expect(found.help == "save the file with the encoding UTF-8")
    #expect(result.script.statements.count == 2)
  }

  @Test(
    arguments: [
      // Overlong, surrogate, past the last code point, cut short, a lone continuation.
      [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
    ] as [[UInt8]])
  func brokenEncoding(bytes: [UInt8]) {
    let source = Source(bytes: Array("# ".utf8) + bytes, name: "t")
    let result = Parser.parse(source, verbs: verbs)
    #expect(result.diagnostics.map(\.message) == ["the text is not UTF-8 here"])
    #expect(result.diagnostics.first?.span == Span(2, 2 + bytes.count))
  }

  @Test(arguments: [[0xFF, 0xFE, 0x78, 0], [0xFE, 0xFF, 0, 0x78]] as [[UInt8]])
  func utf16IsNamed(bytes: [UInt8]) {
    let result = Parser.parse(Source(bytes: bytes, name: "t"), verbs: verbs)
    #expect(result.diagnostics.map(\.message) == ["the text is UTF-16, not UTF-8"])
  }

  @Test func whatIsNoTextIsGivenUpSoon() {
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let result = Parser.parse(Source(bytes: bytes, name: "t"), verbs: verbs)
    #expect(result.diagnostics.count <= 21)
  }
}
