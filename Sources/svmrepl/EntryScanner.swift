import Interpreter
import Language

/// Follows the tokens of an entry and knows, at each, whether a command may begin there and which one
/// is being written: as much as colours and completion need of the grammar, for text that need not be
/// right.
struct EntryScanner {
  /// A word as commands have them: names joined by hyphens.
  struct Word {
    var text: String
    var span: Span
    /// Index of the first token after it.
    var next: Int
  }

  let text: String
  let bytes: [UInt8]
  let tokens: [Token]
  let catalog: Catalog

  // The state before the token at `index`.
  private(set) var index = 0
  /// True at the start of a statement.
  private(set) var isAtStart = true
  /// True where a verb would make a command: at the start, after `=` and after `return`.
  private(set) var mayBeginCommand = true
  /// The verb of the command that is being written.
  private(set) var verb: Word?
  /// Open parentheses and brackets.
  private(set) var depth = 0
  /// The options that the command has so far.
  private(set) var options: [String] = []
  /// Operands that the command has so far, roughly.
  private(set) var operands = 0
  /// The option whose value is next.
  private(set) var optionBefore: String?

  /// Verbs that the parser knows by itself.
  static let specialForms: Set<String> = ["param", "expect", "timeit", "print", "forget"]

  init(_ text: String, catalog: Catalog) {
    self.text = text
    bytes = Array(text.utf8)
    self.catalog = catalog
    tokens = Lexer.tokens(Source(text, name: ""))
  }

  func isVerb(_ word: String) -> Bool {
    catalog.verbs.contains(word) || Self.specialForms.contains(word)
  }

  /// The declaration of the command being written, where it has one.
  var signature: Signature? { verb.flatMap { catalog.signature(named: $0.text) } }

  /// The word that begins at a token, with the hyphens that touch it; nil where there is none.
  func word(at start: Int) -> Word? {
    guard let first = nameText(at: start) else { return nil }
    var word = Word(text: first, span: tokens[start].span, next: start + 1)
    while word.next + 1 < tokens.count, tokens[word.next].kind == .symbol(.minus),
      !tokens[word.next].followsBlank, !tokens[word.next + 1].followsBlank,
      let more = nameText(at: word.next + 1)
    {
      word.text += "-" + more
      word.span = word.span.joined(tokens[word.next + 1].span)
      word.next += 2
    }
    return word
  }

  private func nameText(at i: Int) -> String? {
    switch tokens[i].kind {
    case .name(let name): name
    case .keyword(let keyword): keyword.rawValue
    default: nil
    }
  }

  /// The verb that begins at `index`, where a command may begin: the longest that there is.
  func verbHere() -> Word? {
    guard mayBeginCommand, case .name(let name) = tokens[index].kind else { return nil }
    if let word = word(at: index), isVerb(word.text) { return word }
    return isVerb(name) ? Word(text: name, span: tokens[index].span, next: index + 1) : nil
  }

  /// The option whose key begins at `index`: a word before a `=`, outside of brackets.
  func optionHere() -> Word? {
    guard verb != nil, depth == 0, let word = word(at: index), word.next < tokens.count,
      tokens[word.next].kind == .symbol(.assign)
    else { return nil }
    return word
  }

  /// Goes past the verb, option or token at `index`.
  mutating func advance() {
    let isValue = optionBefore != nil
    optionBefore = nil
    if let verb = verbHere() {
      isAtStart = false
      self.verb = verb
      options = []
      operands = 0
      index = verb.next
      // What is timed is a statement.
      mayBeginCommand = verb.text == "timeit"
      return
    }
    isAtStart = false
    mayBeginCommand = false
    if let option = optionHere() {
      options.append(option.text)
      optionBefore = option.text
      index = option.next + 1
      return
    }
    switch tokens[index].kind {
    case .newline where depth == 0, .symbol(.semicolon), .symbol(.leftBrace), .symbol(.rightBrace):
      beginStatement()
    case .newline, .comment, .end: break
    case .symbol(.leftParenthesis), .symbol(.leftBracket):
      countOperand(isValue)
      depth += 1
    case .symbol(.rightParenthesis), .symbol(.rightBracket): depth = max(0, depth - 1)
    case .symbol(.assign): mayBeginCommand = depth == 0 && verb == nil
    case .keyword(.return): mayBeginCommand = true
    default: countOperand(isValue)
    }
    index += 1
  }

  private mutating func countOperand(_ isValue: Bool) {
    if depth == 0, verb != nil, !isValue, tokens[index].followsBlank { operands += 1 }
  }

  private mutating func beginStatement() {
    isAtStart = true
    mayBeginCommand = true
    verb = nil
    options = []
    operands = 0
    depth = 0
  }
}
