/// A part of a text that is drawn in a color of its own.
public struct CodeHighlight: Sendable, Equatable {
  /// The kinds of words.
  public enum Kind: Sendable, CaseIterable {
    case keyword, verb, option, string, number, comment
    /// A word that stands where only a verb can, but is none.
    case unknownVerb
  }

  /// The part.
  public var span: Span
  /// Its kind.
  public var kind: Kind

  /// A part of a kind.
  public init(_ span: Span, _ kind: Kind) {
    self.span = span
    self.kind = kind
  }
}

extension CodeHighlight {
  /// The highlights of a text that was parsed, in order and without overlaps.
  public static func all(in parsed: ParseResult, of source: Source) -> [CodeHighlight] {
    let words = parsed.words.map { CodeHighlight($0.span, Kind($0.role)) }
    return apart(words + TokenHighlights(parsed.tokens, of: source).found, by: \.span)
  }

  /// Highlights in order. Of two that overlap the first counts, and the longer one where both begin
  /// together: a verb may contain a keyword. Of equal ones, the first of the list counts.
  public static func apart<Highlight>(
    _ found: [Highlight], by span: (Highlight) -> Span
  ) -> [Highlight] {
    let ordered = found.enumerated().sorted { a, b in
      let (one, other) = (span(a.element), span(b.element))
      return (one.lower, -one.upper, a.offset) < (other.lower, -other.upper, b.offset)
    }
    var end = 0
    return ordered.map(\.element).filter { highlight in
      guard span(highlight).lower >= end else { return false }
      end = span(highlight).upper
      return true
    }
  }
}

/// The highlights of tokens. The code in the braces of a string is highlighted as code.
public struct TokenHighlights {
  /// In no order; none overlap.
  public private(set) var found: [CodeHighlight] = []
  /// The tokens of the text, and those of the code in each of its strings.
  public private(set) var lists: [[Token]] = []
  private let source: Source

  /// The highlights of the tokens of a source.
  public init(_ tokens: [Token], of source: Source) {
    self.source = source
    add(tokens)
  }

  private mutating func add(_ tokens: [Token]) {
    lists.append(tokens)
    for token in tokens {
      if case .string(let pieces) = token.kind {
        add(pieces, of: token.span)
      } else if let kind = CodeHighlight.Kind(token.kind) {
        found.append(CodeHighlight(token.span, kind))
      }
    }
  }

  /// A string: the code in its braces, and the text around it.
  private mutating func add(_ pieces: [StringPiece], of string: Span) {
    var start = string.lower
    for case .code(let code, _, _) in pieces {
      found.append(CodeHighlight(Span(start, code.lower), .string))
      add(Lexer.tokens(source, codeIn: code))
      start = code.upper
    }
    if start < string.upper { found.append(CodeHighlight(Span(start, string.upper), .string)) }
  }
}

extension CodeHighlight.Kind {
  /// The kind of a verb or key.
  public init(_ role: CommandWord.Role) {
    switch role {
    case .verb: self = .verb
    case .key: self = .option
    case .unknownVerb: self = .unknownVerb
    }
  }

  fileprivate init?(_ kind: Token.Kind) {
    switch kind {
    case .keyword: self = .keyword
    case .number: self = .number
    case .rawString, .string: self = .string
    case .comment: self = .comment
    case .name, .symbol, .newline, .cursor, .invalid, .end: return nil
    }
  }
}
