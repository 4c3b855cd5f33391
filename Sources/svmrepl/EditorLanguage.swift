import Interpreter
import Language
import LineEditor

/// What the editor is told about the language: when an entry is complete, what may stand at the
/// cursor, and what the words are.
struct EditorLanguage {
  let session: Session

  var assistance: EditorAssistance {
    EditorAssistance(
      isIncomplete: isIncomplete,
      completions: { Completer(session: session).completions($0, cursor: $1) },
      highlights: highlights)
  }

  func isIncomplete(_ entry: String) -> Bool {
    Parser.parse(Source(entry, name: ""), verbs: session.catalog.verbs).isIncomplete
  }

  /// Verbs, options, keywords, strings, numbers and comments; words that nobody knows underlined.
  func highlights(_ entry: String) -> [Highlight] {
    // Past this, a repaint at every key would be felt.
    guard entry.utf8.count <= 20_000 else { return [] }
    var scanner = EntryScanner(entry, catalog: session.catalog)
    var highlights: [Highlight] = []
    func mark(_ span: Span, _ style: Highlight.Style) {
      guard span.lower < span.upper else { return }
      highlights.append(Highlight(span.lower..<span.upper, style))
    }
    while scanner.index < scanner.tokens.count {
      let token = scanner.tokens[scanner.index]
      if let verb = scanner.verbHere() {
        mark(verb.span, .verb)
      } else if let option = scanner.optionHere() {
        let isKnown = scanner.signature.map { $0.option(option.text) != nil } ?? true
        mark(option.span, isKnown ? .option : .unknown)
      } else {
        switch token.kind {
        case .number: mark(token.span, .number)
        case .string, .rawString: mark(token.span, .string)
        case .comment: mark(token.span, .comment)
        case .keyword: mark(token.span, .keyword)
        case .invalid: mark(token.span, .unknown)
        case .name where scanner.isAtStart && looksLikeCommand(scanner):
          mark(scanner.word(at: scanner.index)?.span ?? token.span, .unknown)
        default: break
        }
      }
      scanner.advance()
    }
    return highlights
  }

  /// True for a word that stands where a verb would, before a word, number or string: nothing but a
  /// command is written so, and this is none.
  private func looksLikeCommand(_ scanner: EntryScanner) -> Bool {
    guard let word = scanner.word(at: scanner.index), word.next < scanner.tokens.count else {
      return false
    }
    let next = scanner.tokens[word.next]
    guard next.followsBlank else { return false }
    switch next.kind {
    case .name, .number, .string, .rawString: return true
    default: return false
    }
  }
}
