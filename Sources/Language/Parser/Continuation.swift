/// A kind of thing that may stand at the cursor; for completion.
public struct Continuation: Sendable {
  /// The kinds of continuations.
  public enum Kind: Sendable {
    /// A verb of the catalog, or of one of these forms.
    case verb([SpecialForm])
    /// One of these words of the language.
    case keywords([Keyword])
    /// An expression.
    case value
    /// A field of the value before the dot.
    case field(Expression)
    /// An operand of a command; `number` operands stand before it.
    case operand(verb: String, number: Int)
    /// A key of a command or special form; `given` are the keys that it has already.
    case key(verb: String, given: Set<String>)
    /// The value of a command's key.
    case optionValue(verb: String, key: String)
    /// The name of a variable.
    case variable
    /// The name of a call's argument, before its `=`; `given` are the names that it has already,
    /// after `positional` arguments without one.
    case argument(of: Expression, positional: Int, given: Set<String>)
  }

  /// Its kind.
  public var kind: Kind
  /// The word at the cursor that a completion replaces; empty where nothing is typed. An open
  /// string includes its quote.
  public var word: Span
  /// The names that the text makes before the cursor; of equal ones, the last is in force.
  public var names: [EntryName]
}

extension Parser {
  /// Notes what may stand at the current token, if the cursor is there. With `isWord`, the cursor
  /// may also be in a later part of the hyphenated word that begins here.
  mutating func offer(isWord: Bool = false, _ kinds: (Parser) -> [Continuation.Kind]) {
    guard let cursor = input.cursor, input.index <= cursor,
      input.index == cursor || isWord && input.wordEnd(from: input.index) == cursor + 1
    else { return }
    let word = Span(current.span.lower, input[cursor].span.upper)
    found.continuations += kinds(self).map {
      Continuation(kind: $0, word: word, names: found.names)
    }
  }
}
