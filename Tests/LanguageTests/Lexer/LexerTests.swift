import TestSupport
import Testing

@testable import Language

@Suite struct LexerTests {
  /// Kinds of a text's tokens, without the last one.
  private func kinds(_ text: String) -> [Token.Kind] {
    Lexer.tokens(Source(text, name: "t")).dropLast().map(\.kind)
  }

  @Test(arguments: Symbol.allCases)
  func symbolIsOneToken(symbol: Symbol) {
    #expect(kinds(symbol.rawValue) == [.symbol(symbol)])
    #expect(kinds("a\(symbol.rawValue)b") == [.name("a"), .symbol(symbol), .name("b")])
  }

  @Test func longestSymbolWins() {
    #expect(
      kinds("a//=b") == [.name("a"), .symbol(.floorDivideAssign), .name("b")])
    #expect(
      kinds("***") == [.symbol(.power), .symbol(.times)])
    #expect(kinds("===") == [.symbol(.equal), .symbol(.assign)])
  }

  @Test(
    arguments: [
      "fn", "if", "else", "for", "in", "while", "break", "continue", "return", "try", "catch",
      "and", "or",
      "not", "true", "false", "none",
    ])
  func keywordOfTheLanguage(word: String) throws {
    let keyword = try #require(Keyword(rawValue: word))
    #expect(kinds(word) == [.keyword(keyword)])
    // A longer word, another case: names.
    #expect(kinds(word + "_") == [.name(word + "_")])
    #expect(kinds(word.uppercased()) == [.name(word.uppercased())])
  }

  @Test func thereAreNoOtherKeywords() {
    #expect(Keyword.allCases.count == 17)
  }

  @Test(arguments: ["a", "_", "_1", "svm_loss", "W2", "inf", "nan", "print", "Zz_09"])
  func nameIsOneToken(name: String) {
    #expect(kinds(name) == [.name(name)])
  }

  @Test func commentsGoToTheLineEnd() {
    let text = "a # b \"c\n## prose\n# %% cell\n#> out\n#~ near\n#"
    let tokens = Lexer.tokens(Source(text, name: "t"))
    let comments = tokens.filter { $0.kind == .comment }.map {
      Source(text, name: "t").text(in: $0.span)
    }
    #expect(comments == ["# b \"c", "## prose", "# %% cell", "#> out", "#~ near", "#"])
    #expect(tokens.filter { $0.kind == .newline }.count == 5)
  }

  @Test func noCommentInAString() {
    #expect(kinds("\"a # b\"") == [.string([.text("a # b")])])
  }

  @Test func firstLineOfAProgramIsAComment() {
    #expect(kinds("#!/usr/bin/env svmrepl\nx") == [.comment, .newline, .name("x")])
    #expect(parse("#!/usr/bin/env svmrepl -k \u{201C}\nx").diagnostics.isEmpty)
  }

  @Test func byteOrderMarkAndCarriageReturnsAreAccepted() {
    let plain = Lexer.tokens(Source("a = 1\nb\n", name: "t"))
    #expect(Lexer.tokens(Source("\u{FEFF}a = 1\r\nb\r\n", name: "t")) == plain)
    #expect(kinds("\u{FEFF}#! x\r\ny") == [.comment, .newline, .name("y")])
  }

  @Test func loneCarriageReturnIsAnError() {
    #expect(messages("a = 1\rb = 2") == ["the control character \\r can't stand in a script"])
  }

  @Test func backslashJoinsLines() {
    #expect(kinds("a \\\nb") == [.name("a"), .name("b")])
    #expect(kinds("a \\  \t\nb") == [.name("a"), .name("b")])
    #expect(kinds("a \\\r\nb") == [.name("a"), .name("b")])
  }

  @Test func blanksAreNoted() {
    let tokens = Lexer.tokens(Source("a b\tc(d\ne\\\nf", name: "t"))
    let touching = tokens.filter { !$0.followsBlank }.map { $0.span.lower }
    // `(`, `d`, the line end after it, and the end of the text.
    #expect(touching == [5, 6, 7, 12])
    #expect(tokens.first?.followsBlank == true)
  }

  @Test func endIsLast() {
    #expect(Lexer.tokens(Source("", name: "t")).map(\.kind) == [.end])
    #expect(Lexer.tokens(Source("a", name: "t")).last?.span == Span(1, 1))
  }

  /// What stands between tokens is blanks, joined lines and the `'` of a wrong transpose, which is
  /// passed over; tokens are in order, and together with the gaps they are the text.
  @Test(arguments: 0..<400 as Range<UInt64>)
  func tokensCoverTheText(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    let pieces = [
      "a", "loss", " ", "  ", "\n", "\t", "1", "2.5e4", ".", "\"", "\"\"\"", "{", "}", "(", ")",
      "[", "]", "#", "# %%", "##", "\\", "\\\n", "=", "==", "~", "-", "e", "_", "'", "^", "&", ":",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...60, using: &numbers) {
      if Bool.random(using: &numbers) {
        text += pieces.randomElement(using: &numbers) ?? ""
      } else {
        text.unicodeScalars.append(Unicode.Scalar(UInt8.random(in: 0x20...0x7E, using: &numbers)))
      }
    }
    let source = Source(text, name: "t")
    var end = 0
    var copy = ""
    for token in Lexer.tokens(source) {
      #expect(token.span.lower >= end && token.span.upper >= token.span.lower)
      let gap = source.text(in: Span(end, token.span.lower))
      #expect(gap.allSatisfy { " \t\\\n'".contains($0) }, "\(gap)")
      #expect(gap.allSatisfy { $0 == "'" } || gap.last == "'" || token.followsBlank)
      if gap.contains("\n") { #expect(gap.contains("\\")) }
      copy += gap + source.text(in: token.span)
      end = token.span.upper
    }
    #expect(copy == text)
  }
}
