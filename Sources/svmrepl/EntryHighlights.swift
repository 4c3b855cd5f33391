import Language
import LineEditor

/// The highlights of an entry: verbs and keys as the parser reads them, and the tokens between
/// them.
struct EntryHighlights {
  /// In the order of the entry, without overlaps.
  let all: [Highlight]

  /// The highlights of `entry`; `verbs` are those of the catalog.
  init(of entry: String, verbs: Set<String>) {
    let source = Source(entry, name: "")
    var found = Parser.parse(source, verbs: verbs).words.map {
      Highlight($0.span.lower..<$0.span.upper, Highlight.Style($0.role))
    }
    found += Lexer.tokens(source).compactMap { token in
      Highlight.Style(token.kind).map { Highlight(token.span.lower..<token.span.upper, $0) }
    }
    // A verb may contain a keyword and comes first then.
    found.sort {
      ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
    }
    var end = 0
    all = found.filter { highlight in
      guard highlight.range.lowerBound >= end else { return false }
      end = highlight.range.upperBound
      return true
    }
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
    case .string, .rawString: self = .string
    case .comment: self = .comment
    case .name, .symbol, .newline, .cursor, .invalid, .end: return nil
    }
  }
}
