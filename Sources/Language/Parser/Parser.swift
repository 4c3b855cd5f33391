/// What the parser makes of a text.
public struct ParseResult: Sendable {
  /// The statements that could be read; all of them where there is no diagnostic.
  public var script: Script
  /// What is wrong, in the order of the text.
  public var diagnostics: [Diagnostic]
  /// Verbs and keys, in the order of the text; statements that could not be read have them, too.
  public var words: [CommandWord]
  /// True where the text is right as far as it goes, but an open bracket, block or string, or a
  /// final `\`, says that more is to come. `diagnostics` then says what is missing.
  public var isIncomplete: Bool
}

/// Reads a text into its syntax tree: recursive descent, one function to a production.
///
/// A production that meets an error reports it and throws `Abandoned`; the statement around it is
/// given up, and reading goes on after its end, so that several errors come together.
public struct Parser {
  /// How deep brackets, blocks and operators may nest.
  public static let nestingLimit = 500
  /// The number of errors after which reading ends.
  static let diagnosticLimit = 20

  let source: Source
  let verbs: Set<String>
  /// The tokens but for comments.
  var input: TokenReader
  var marks: MarkReader
  var nesting = Nesting()
  var found = Findings()
  /// True where the parser stands already at what follows the statement that was given up.
  var isRecovered = false
  /// Where the statement that is being read starts.
  var statementStart = 0
  /// Where the operands stand that were read of the current command.
  var operandSpans: [Span] = []

  /// The statements of `source`. A statement whose first word is one of `verbs` is a command;
  /// nothing else of the catalog is known here. The verbs of the special forms are always known.
  public static func parse(_ source: Source, verbs: Set<String>) -> ParseResult {
    var lexer = Lexer(source)
    lexer.run()
    var parser = Parser(lexer, verbs: verbs)
    let script = parser.script()
    return parser.result(script, lexer)
  }

  /// What may stand at an offset of `source`, which is read up to there: every alternative that
  /// the parser tries where the cursor is. Empty in comments, after an error of the same statement,
  /// and where only an operator may follow.
  public static func continuations(
    of source: Source, at cursor: Int, verbs: Set<String>
  ) -> [Continuation] {
    var lexer = Lexer(source, cursor: cursor)
    lexer.run()
    var parser = Parser(lexer, verbs: verbs)
    _ = parser.script()
    return parser.found.continuations
  }

  private init(_ lexer: Lexer, verbs: Set<String>) {
    source = lexer.source
    self.verbs = verbs.union(SpecialForm.allCases.map(\.rawValue))
    var tokens: [Token] = []
    tokens.reserveCapacity(lexer.tokens.count)
    marks = MarkReader()
    for token in lexer.tokens {
      if token.kind == .comment {
        marks.take(token, before: tokens.count, in: source)
      } else {
        tokens.append(token)
      }
    }
    input = TokenReader(tokens)
  }

  /// Puts together what lexer and parser found.
  private func result(_ script: Script, _ lexer: Lexer) -> ParseResult {
    var wrong = lexer.diagnostics + found.diagnostics
    let isOpen = found.endsInside || lexer.endsInRawString || lexer.endsWithContinuation
    if lexer.endsWithContinuation {
      let end = source.bytes.lastIndex(of: UInt8(ascii: "\\")) ?? 0
      wrong.append(
        Diagnostic(
          "nothing follows the final '\\'", category: .usage, source: source,
          span: Span(end, end + 1), help: "a '\\' joins a line with the next one"))
    } else if !lexer.endsInRawString {
      wrong += found.atEnd
    }
    let ordered = wrong.enumerated().sorted { a, b in
      (a.element.span?.lower ?? 0, a.offset) < (b.element.span?.lower ?? 0, b.offset)
    }.map(\.element)
    return ParseResult(
      script: script, diagnostics: Array(ordered.prefix(Self.diagnosticLimit)), words: found.words,
      isIncomplete: isOpen && wrong.count == 1)
  }

  // MARK: - Tokens

  var current: Token { input.current }

  var previous: Token { input.previous }

  var following: Token { input.following }

  mutating func advance() { input.advance() }

  func isAt(_ symbol: Symbol) -> Bool { current.kind == .symbol(symbol) }

  func isAt(_ keyword: Keyword) -> Bool { current.kind == .keyword(keyword) }

  /// True at a line end, `;`, `}` or the end of the text.
  var isAtStatementEnd: Bool { current.endsStatement }

  /// Reads the symbol where it stands.
  mutating func accept(_ symbol: Symbol) -> Bool {
    guard isAt(symbol) else { return false }
    advance()
    return true
  }

  /// The text at a place.
  func text(_ span: Span) -> String { source.text(in: span) }

  // MARK: - Nesting

  /// Reads a production that may contain itself, unless it is too deep.
  mutating func nested<Result>(
    _ production: (inout Parser) throws -> Result
  ) throws -> Result {
    guard nesting.depth < Self.nestingLimit + 2, nesting.stack.hasRoom else { throw tooDeep() }
    nesting.depth += 1
    defer { nesting.depth -= 1 }
    return try production(&self)
  }

  /// Notes that the tree of an expression has grown above its parts.
  mutating func grow(above parts: Int) throws {
    nesting.height = parts + 1
    if nesting.height > Self.nestingLimit + 2 { throw tooDeep() }
  }

  mutating func tooDeep() -> Abandoned {
    fail(
      "this is nested more than \(Self.nestingLimit) deep", at: visible(current.span),
      help: "give a part of it a name first")
  }
}

/// A statement was given up, and the reason reported.
struct Abandoned: Error {}

/// What is open where the parser stands.
struct Nesting {
  /// Productions.
  var depth = 0
  /// How deep the tree of the expression is that was read last.
  var height = 0
  /// Blocks, the bodies of functions included.
  var blocks = 0
  var functions = 0
  /// Loops of the function that is being read.
  var loops = 0
  let stack = StackLimit()
}

/// What the parser finds beside the tree.
struct Findings {
  var diagnostics: [Diagnostic] = []
  /// What was found wrong at the end of the text: it may only go on.
  var atEnd: [Diagnostic] = []
  /// True where the text ends inside something.
  var endsInside = false
  var words: [CommandWord] = []
  var continuations: [Continuation] = []
}
