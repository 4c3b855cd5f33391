import Interpreter
import Language
import LineEditor

/// The highlights of an entry: verbs, keys and unknown words as the parser reads them, the tokens
/// between them, and the brackets at the cursor.
struct EntryHighlights {
  /// In the order of the entry, without overlaps.
  let all: [Highlight]

  /// The highlights of `entry`, with the cursor at an offset.
  init(of entry: String, at cursor: Int, in session: Session) {
    let source = Source(entry, name: "")
    let parsed = Parser.parse(source, verbs: session.catalog.verbs)
    let unknown = UnknownWords(in: parsed, at: cursor, of: session)
    var marks = TokenHighlights(source: source, cursor: cursor)
    marks.add(parsed.tokens)
    // Of equal ones, the first counts.
    all = Self.apart(
      unknown.spans.map { Highlight($0, .unknown) }
        + parsed.words.map { Highlight($0.span, Highlight.Style($0.role)) } + marks.found)
  }

  /// The highlights in order. Of two that overlap the first counts, and the longer one where both
  /// begin together: a verb may contain a keyword.
  private static func apart(_ found: [Highlight]) -> [Highlight] {
    let ordered = found.enumerated().sorted { a, b in
      let (one, other) = (a.element.range, b.element.range)
      return (one.lowerBound, -one.upperBound, a.offset)
        < (other.lowerBound, -other.upperBound, b.offset)
    }
    var end = 0
    return ordered.map(\.element).filter { highlight in
      guard highlight.range.lowerBound >= end else { return false }
      end = highlight.range.upperBound
      return true
    }
  }
}

/// The highlights of tokens. The code in the braces of a string is highlighted as code.
private struct TokenHighlights {
  let source: Source
  let cursor: Int
  var found: [Highlight] = []

  init(source: Source, cursor: Int) {
    self.source = source
    self.cursor = cursor
  }

  mutating func add(_ tokens: [Token]) {
    for token in tokens {
      if case .string(let pieces) = token.kind {
        add(pieces, of: token.span)
      } else if let style = Highlight.Style(token.kind) {
        found.append(Highlight(token.span, style))
      }
    }
    for bracket in BracketPair(in: tokens, at: cursor)?.spans ?? [] {
      found.append(Highlight(bracket, .bracket))
    }
  }

  /// A string: the code in its braces, and the text around it.
  private mutating func add(_ pieces: [StringPiece], of string: Span) {
    var start = string.lower
    for case .code(let code, _, _) in pieces {
      found.append(Highlight(Span(start, code.lower), .string))
      add(Lexer.tokens(source, codeIn: code))
      start = code.upper
    }
    if start < string.upper { found.append(Highlight(Span(start, string.upper), .string)) }
  }
}

/// The bracket at the cursor and the one that it belongs to.
private struct BracketPair {
  let spans: [Span]

  /// Nil where the cursor touches no bracket that has another. The one before the cursor counts
  /// before the one after it.
  init?(in tokens: [Token], at cursor: Int) {
    let touched = tokens.filter { token in
      (token.span.upper == cursor || token.span.lower == cursor) && token.bracket != nil
    }
    guard !touched.isEmpty else { return nil }
    let pairs = Self.pairs(of: tokens)
    guard
      let pair = touched.lazy.compactMap({ token in
        pairs.first { $0.contains(token.span) }
      }).first
    else { return nil }
    spans = pair
  }

  /// The opening and the closing bracket of each pair.
  private static func pairs(of tokens: [Token]) -> [[Span]] {
    var pairs: [[Span]] = []
    var open: [(span: Span, closing: Symbol)] = []
    for token in tokens {
      switch token.bracket {
      case .opening(let closing): open.append((token.span, closing))
      case .closing(let symbol):
        guard let last = open.popLast() else { continue }
        if last.closing == symbol { pairs.append([last.span, token.span]) }
      case nil: continue
      }
    }
    return pairs
  }
}

extension Token {
  fileprivate enum Bracket {
    /// With the symbol that closes it.
    case opening(Symbol)
    case closing(Symbol)
  }

  fileprivate var bracket: Bracket? {
    switch kind {
    case .symbol(.leftParenthesis): .opening(.rightParenthesis)
    case .symbol(.leftBracket): .opening(.rightBracket)
    case .symbol(.leftBrace): .opening(.rightBrace)
    case .symbol(let symbol)
    where [.rightParenthesis, .rightBracket, .rightBrace].contains(symbol):
      .closing(symbol)
    default: nil
    }
  }
}

extension Highlight {
  fileprivate init(_ span: Span, _ style: Style) {
    self.init(span.lower..<span.upper, style)
  }
}

extension Highlight.Style {
  fileprivate init(_ role: CommandWord.Role) {
    switch role {
    case .verb: self = .verb
    case .key: self = .option
    case .unknownVerb: self = .unknown
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
