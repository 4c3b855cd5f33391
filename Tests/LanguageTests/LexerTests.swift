import Testing

@testable import Language

@Suite struct LexerTests {
  private func kinds(_ text: String) -> [Token.Kind] {
    Lexer.tokens(Source(text, name: "")).map(\.kind)
  }

  @Test(
    arguments: [
      ("1", 1), ("49_000", 49_000), ("2.5e4", 25_000), ("1e-7", 1e-7), (".5", 0.5), ("5.", 5),
      ("1E+3", 1000), ("0.1", 0.1), ("1e400", .infinity), ("007", 7),
    ] as [(String, Double)])
  func numbers(text: String, value: Double) {
    #expect(kinds(text) == [.number(value), .end])
  }

  @Test(arguments: ["1__0", "1_", "1e", "1e+", "0x10", "1.2.3", "3abc", "1_000_"])
  func malformedNumbers(_ text: String) {
    #expect(!parsed("x = " + text).diagnostics.isEmpty, "\(text)")
  }

  @Test func words() {
    #expect(
      kinds("_a1 fn forx for none") == [
        .name("_a1"), .keyword(.fn), .name("forx"), .keyword(.for), .keyword(.none), .end,
      ])
  }

  @Test func strings() {
    #expect(kinds(#""a\n\t\"\\{{}}""#) == [.string([.text("a\n\t\"\\{}")]), .end])
    #expect(kinds("\"\"\"two\nlines {x} \\n\"\"\"") == [.rawString("two\nlines {x} \\n"), .end])
    #expect(kinds("\"\"") == [.string([]), .end] || kinds("\"\"") == [.string([.text("")]), .end])
    guard case .string(let pieces) = kinds(#""l: {d["a:b"]:>8.2f}!""#)[0] else {
      Issue.record("no string")
      return
    }
    #expect(pieces.count == 3)
    #expect(pieces.first == .text("l: ") && pieces.last == .text("!"))
    // The format begins at the first `:` outside brackets and quotes.
    if case .code(let span, let format, _) = pieces[1] {
      #expect(span == Span(5, 13) && format == ">8.2f")
    } else {
      Issue.record("no code")
    }
  }

  @Test func commentsAndLines() {
    #expect(
      kinds("#!/usr/bin/env svmrepl\n1 # one\n") == [
        .comment, .newline, .number(1), .comment, .newline, .end,
      ])
    #expect(kinds("1 + \\\n 2").contains(.newline) == false)
    // A byte-order mark and CRLF change nothing.
    #expect(kinds("\u{FEFF}a\r\nb") == kinds("a\nb"))
  }

  /// Tokens lie in order, do not overlap, and only blanks are between them.
  @Test func tokensCoverTheText() {
    let alphabet = Array("ab1.e+-*/%@=!<>()[]{},:;#\"\\ \n_".utf8)
    var random = SeededNumbers(state: 1)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      let tokens = Lexer.tokens(Source(bytes: bytes, name: ""))
      var at = 0
      for token in tokens {
        #expect(token.span.lower >= at && token.span.upper >= token.span.lower)
        for byte in bytes[at..<max(at, token.span.lower)] {
          #expect([32, 10, 92, 13].contains(byte), "\(String(decoding: bytes, as: UTF8.self))")
        }
        at = token.span.upper
      }
      #expect(tokens.last?.kind == .end && at <= bytes.count)
    }
  }

  @Test(arguments: ["x = “a”", "x\u{A0}= 1", "x = 1\u{7}", "x = 5€", "π = 3", "x = 1 − 2"])
  func strangeCharactersAreNamed(_ text: String) {
    let result = parsed(text)
    #expect(result.diagnostics.count == 1, "\(text): \(result.diagnostics.map(\.message))")
    #expect(!result.isIncomplete)
  }
}
