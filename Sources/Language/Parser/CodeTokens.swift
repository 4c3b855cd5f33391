extension Lexer {
  /// The tokens of the code in the braces of a string, with `.end` as the last one.
  public static func tokens(_ source: Source, codeIn span: Span) -> [Token] {
    var lexer = Lexer(source, codeIn: span, isOpen: false)
    lexer.run()
    return lexer.tokens
  }
}
