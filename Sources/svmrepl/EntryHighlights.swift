import Language
import LineEditor

/// The words of an entry by what they mean, for its colors: seen by the lexer alone, so that every
/// key press is answered at once, whole or not.
struct EntryHighlights {
  private let source: Source
  private let tokens: [Token]
  private let verbs: Set<String>
  private(set) var all: [Highlight] = []

  /// Looks at an entry; `verbs` are the words that begin a command.
  init(of entry: String, verbs: Set<String>) {
    source = Source(entry, name: "")
    tokens = Lexer.tokens(source)
    self.verbs = verbs
    var isAtStart = true
    var isInCommand = false
    var i = 0
    while i < tokens.count {
      let token = tokens[i]
      var next = i + 1
      switch token.kind {
      case .name:
        let end = wordEnd(from: i)
        let word = text(from: i, to: end)
        if isAtStart, verbs.contains(word) {
          add(from: i, to: end, .verb)
          isInCommand = true
          next = end + 1
        } else if isAtStart, end == i, isFollowedByOperand(i) {
          add(from: i, to: i, .unknown)
        } else if isInCommand, isSymbol(end + 1, "="), !isSymbol(end + 2, "=") {
          add(from: i, to: end, .option)
          next = end + 1
        }
      case .keyword: add(from: i, to: i, .keyword)
      case .number: add(from: i, to: i, .number)
      case .string, .rawString: add(from: i, to: i, .string)
      case .comment: add(from: i, to: i, .comment)
      default: break
      }
      if next <= tokens.count {
        isAtStart = beginsStatement(after: next - 1, wasAtStart: isAtStart)
      }
      if endsStatement(next - 1) { isInCommand = false }
      i = next
    }
  }

  /// The last token of a word with hyphens that touch its parts.
  private func wordEnd(from first: Int) -> Int {
    var last = first
    while isSymbol(last + 1, "-"), last + 2 < tokens.count, !tokens[last + 1].followsBlank,
      !tokens[last + 2].followsBlank
    {
      guard isWord(last + 2) else { break }
      last += 2
    }
    return last
  }

  private func isWord(_ i: Int) -> Bool {
    switch tokens[i].kind {
    case .name, .keyword: true
    default: false
    }
  }

  /// Whether a name is followed by another word or a value: then only a verb can be meant.
  private func isFollowedByOperand(_ i: Int) -> Bool {
    guard i + 1 < tokens.count, tokens[i + 1].followsBlank else { return false }
    switch tokens[i + 1].kind {
    case .name, .number, .string, .rawString: return true
    default: return false
    }
  }

  private func isSymbol(_ i: Int, _ text: String) -> Bool {
    guard i < tokens.count, case .symbol = tokens[i].kind else { return false }
    return source.text(in: tokens[i].span) == text
  }

  private func endsStatement(_ i: Int) -> Bool {
    if case .newline = tokens[i].kind { return true }
    return isSymbol(i, ";") || isSymbol(i, "{") || isSymbol(i, "}")
  }

  /// Whether a command may stand after token `i`: at the start of a statement, after the `=` of an
  /// assignment, and after `return`.
  private func beginsStatement(after i: Int, wasAtStart: Bool) -> Bool {
    if endsStatement(i) { return true }
    if case .keyword(.return) = tokens[i].kind { return true }
    if case .comment = tokens[i].kind { return wasAtStart }
    return isSymbol(i, "=") && isAssignment(before: i)
  }

  /// Whether only names and commas stand between the start of the statement and the `=`.
  private func isAssignment(before equals: Int) -> Bool {
    var j = equals - 1
    while j >= 0, !endsStatement(j) {
      guard isWord(j) || isSymbol(j, ",") else { return false }
      if isWord(j), j + 1 < equals, isWord(j + 1) { return false }
      j -= 1
    }
    return true
  }

  private func text(from first: Int, to last: Int) -> String {
    source.text(in: tokens[first].span.joined(tokens[last].span))
  }

  private mutating func add(from first: Int, to last: Int, _ style: Highlight.Style) {
    all.append(Highlight(tokens[first].span.lower..<tokens[last].span.upper, style))
  }
}
