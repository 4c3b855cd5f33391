/// One of the things that may stand at the cursor.
public struct Continuation: Sendable {
  /// What it is.
  public enum Kind: Sendable {
    /// A verb of the catalog, or of one of these forms.
    case verb([SpecialForm])
    /// One of these words of the language.
    case keywords([Keyword])
    /// An expression.
    case value
    /// A field of the value before the dot.
    case field(Expression)
    /// An operand of a command, and how many stand before it.
    case operand(verb: String, number: Int)
    /// A key of a command or special form; `given` are those that it has.
    case key(verb: String, given: Set<String>)
    /// The value of a command's key.
    case optionValue(verb: String, key: String)
    /// A name that has a value.
    case variable
  }

  /// What it is.
  public var kind: Kind
  /// The word before the cursor whose place it would take: empty where nothing of it is typed; a
  /// string that is not closed begins with its quote.
  public var word: Span
}

extension Parser {
  /// Notes what may stand here, where the cursor does. With `isWord`, it may be in a later part of
  /// the word with hyphens that begins here.
  mutating func offer(isWord: Bool = false, _ kinds: (Parser) -> [Continuation.Kind]) {
    guard let cursor = input.cursor, input.index <= cursor,
      input.index == cursor || isWord && input.wordEnd(from: input.index) == cursor + 1
    else { return }
    let word = Span(current.span.lower, input[cursor].span.upper)
    found.continuations += kinds(self).map { Continuation(kind: $0, word: word) }
  }
}
