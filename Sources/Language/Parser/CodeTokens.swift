extension Lexer {
  /// The tokens of the code in the braces of a string, with `.end` as the last one.
  public static func tokens(_ source: Source, codeIn span: Span) -> [Token] {
    var lexer = Lexer(source, codeIn: span, isOpen: false)
    lexer.run()
    return lexer.tokens
  }
}

extension Source {
  /// The code in a span without its comments, with one blank where blanks are: equal for texts that
  /// mean the same.
  public func code(in span: Span) -> String {
    var lexer = Lexer(Source(text(in: span), name: name))
    lexer.run()
    var code = ""
    for token in lexer.tokens {
      switch token.kind {
      case .comment, .end: continue
      case .newline:
        // Lines that hold nothing are none.
        if !code.isEmpty, code.last != "\n" { code += "\n" }
        continue
      default: break
      }
      let isBlankDue = token.followsBlank && !code.isEmpty && code.last != "\n"
      code += (isBlankDue ? " " : "") + lexer.source.text(in: token.span)
    }
    while code.last == "\n" { code.removeLast() }
    return code
  }
}

extension Source {
  /// The strings without braces in a text of code, with their spans, in order.
  public var plainStrings: [(text: String, span: Span)] {
    var lexer = Lexer(self)
    lexer.run()
    return lexer.tokens.compactMap { token in
      switch token.kind {
      case .rawString(let text): return (text, token.span)
      case .string(let pieces):
        var text = ""
        for piece in pieces {
          guard case .text(let part) = piece else { return nil }
          text += part
        }
        return (text, token.span)
      default: return nil
      }
    }
  }
}
