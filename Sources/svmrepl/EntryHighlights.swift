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
    let tokens = TokenHighlights(parsed.tokens, of: source)
    let brackets = tokens.lists.flatMap { BracketPair(in: $0, at: cursor)?.spans ?? [] }
    let words = parsed.words.map { CodeHighlight($0.span, CodeHighlight.Kind($0.role)) }
    all = CodeHighlight.apart(
      unknown.spans.map { Highlight($0, .unknown) }
        + (words + tokens.found).map { Highlight($0.span, Highlight.Style($0.kind)) }
        + brackets.map { Highlight($0, .bracket) },
      by: { Span($0.range.lowerBound, $0.range.upperBound) })
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
  fileprivate init(_ kind: CodeHighlight.Kind) {
    switch kind {
    case .keyword: self = .keyword
    case .verb: self = .verb
    case .option: self = .option
    case .string: self = .string
    case .number: self = .number
    case .comment: self = .comment
    case .unknownVerb: self = .unknown
    }
  }
}
