/// The result of parsing a text.
public struct ParseResult: Sendable {
  /// The statements that could be read: all of them, unless there are diagnostics.
  public var script: Script
  /// The errors, in the order of the text; at most 20.
  public var diagnostics: [Diagnostic]
  /// The tokens of the text, comments included; the last one is `.end`. A string that is not closed
  /// ends with its line. What can't be read is `.invalid`, or the token that was probably meant.
  public var tokens: [Token]
  /// Verbs and keys, those of statements that could not be read included.
  public var words: [CommandWord]
  /// True where the only error is an open bracket, block or `"""` string, or a final `\`: more text
  /// can complete it. `diagnostics` says what is missing.
  public var isIncomplete: Bool
}

/// A recursive-descent parser, with one function for each production.
///
/// At an error, a production reports it and throws `Abandoned`. Reading goes on after the statement
/// around it, so that all errors are shown together.
public struct Parser {
  /// The greatest nesting depth of brackets, blocks and operators.
  public static let nestingLimit = 500
  /// The number of errors after which reading ends.
  static let diagnosticLimit = 20

  let source: Source
  let verbs: Set<String>
  /// The tokens without comments.
  var input: TokenReader
  var marks: MarkReader
  var nesting = Nesting()
  var found = Findings()
  /// True where the current token already follows the abandoned statement.
  var isRecovered = false
  /// Index of the first token of the current statement.
  var statementStart = 0
  /// True where the text is read up to a cursor.
  let hasCursor: Bool
  /// The spans of the current command's operands read so far.
  var operandSpans: [Span] = []

  /// Parses `source`. A statement whose first word is one of `verbs` is a command. The verbs of the
  /// special forms need not be among them.
  public static func parse(_ source: Source, verbs: Set<String>) -> ParseResult {
    var lexer = Lexer(source)
    lexer.run()
    var parser = Parser(lexer, verbs: verbs)
    let script = parser.script()
    return parser.result(script, lexer)
  }

  /// Everything that may stand at the offset `cursor` of `source`, judged by the text before it.
  /// Empty in comments, after an error in the same statement, and where only an operator may
  /// follow.
  public static func continuations(
    of source: Source, at cursor: Int, verbs: Set<String>
  ) -> [Continuation] {
    read(source, to: cursor, verbs: verbs).found.continuations
  }

  /// A parser that has read the text before the cursor.
  static func read(_ source: Source, to cursor: Int, verbs: Set<String>) -> Parser {
    var lexer = Lexer(source, cursor: cursor)
    lexer.run()
    var parser = Parser(lexer, verbs: verbs)
    _ = parser.script()
    return parser
  }

  private init(_ lexer: Lexer, verbs: Set<String>) {
    source = lexer.source
    hasCursor = lexer.hasCursor
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

  /// Combines the findings of lexer and parser.
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
      script: script, diagnostics: Array(ordered.prefix(Self.diagnosticLimit)),
      tokens: lexer.tokens, words: found.words, isIncomplete: isOpen && wrong.count == 1)
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

  /// Reads the symbol if it is the current token.
  mutating func accept(_ symbol: Symbol) -> Bool {
    guard isAt(symbol) else { return false }
    advance()
    return true
  }

  func text(_ span: Span) -> String { source.text(in: span) }

  // MARK: - Nesting

  /// Reads a production that may contain itself, unless it is nested too deeply.
  mutating func nested<Result>(
    _ production: (inout Parser) throws -> Result
  ) throws -> Result {
    guard nesting.depth < Self.nestingLimit + 2, nesting.stack.hasRoom else { throw tooDeep() }
    nesting.depth += 1
    defer { nesting.depth -= 1 }
    return try production(&self)
  }

  /// Sets the height of an expression's tree above its parts, unless it is too high.
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

/// The statement can't be read; the error has been reported.
struct Abandoned: Error {}

/// The nesting at the current token.
struct Nesting {
  /// Productions that may contain themselves.
  var depth = 0
  /// Height of the tree of the expression read last.
  var height = 0
  /// Blocks, the bodies of functions included.
  var blocks = 0
  var functions = 0
  /// Loops of the function that is being read.
  var loops = 0
  let stack = StackLimit()
}

/// The parser's findings besides the tree.
struct Findings {
  var diagnostics: [Diagnostic] = []
  /// Errors at the end of the text, which more text might mend.
  var atEnd: [Diagnostic] = []
  /// True where the text ends inside a bracket or block.
  var endsInside = false
  var words: [CommandWord] = []
  var continuations: [Continuation] = []
  /// The names that the text makes and that are known at the current token.
  var names: [EntryName] = []
  /// The calls whose brackets are open, outermost first.
  var openCalls: [OpenCall] = []
}
