/// What the parser makes of a text.
public struct ParseResult: Sendable {
  /// The statements that could be read; all of them where there is no diagnostic.
  public var script: Script
  /// What is wrong, in the order of the text.
  public var diagnostics: [Diagnostic]
  /// True where the text is right as far as it goes, but an open bracket, block or string, or a
  /// final `\`, says that more is to come. `diagnostics` then says what is missing.
  public var isIncomplete: Bool

  /// A result.
  public init(script: Script, diagnostics: [Diagnostic], isIncomplete: Bool) {
    self.script = script
    self.diagnostics = diagnostics
    self.isIncomplete = isIncomplete
  }
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
  var tokens: [Token] = []
  /// The comments at the start of a line that mean something at top level, each with the index of
  /// the token after it.
  var marks: [(token: Token, next: Int)] = []
  var nextMark = 0
  /// The current token.
  var index = 0
  /// Brackets that are open in the current statement; line ends inside them mean nothing.
  var brackets = 0
  /// Brackets and blocks that are open, outermost first.
  var openings: [Token] = []
  var diagnostics: [Diagnostic] = []
  /// What was found wrong at the end of the text: it may only go on.
  var atEnd: [Diagnostic] = []
  /// True where the text ends inside something.
  var endsInside = false
  /// True while the code in the braces of a string is read.
  var isInString = false
  /// True where the parser stands already at what follows the statement that was given up.
  var isRecovered = false
  /// Where the statement that is being read starts.
  var statementStart = 0
  /// Where the operands stand that were read of the current command.
  var operandSpans: [Span] = []
  /// Productions that are open.
  var depth = 0
  /// How deep the tree of the expression is that was read last.
  var height = 0
  /// Blocks that are open, functions among them, and loops of the function that is being read.
  var blocks = 0
  var functions = 0
  var loops = 0
  let stack = StackLimit()

  /// The statements of `source`. A statement whose first word is one of `verbs` is a command;
  /// nothing else of the catalog is known here. The verbs of the special forms are always known.
  public static func parse(_ source: Source, verbs: Set<String>) -> ParseResult {
    var lexer = Lexer(source)
    lexer.run()
    var parser = Parser(source: source, verbs: verbs.union(SpecialForm.allCases.map(\.rawValue)))
    parser.take(lexer.tokens)
    let script = parser.script()
    return parser.result(script, lexer)
  }

  private init(source: Source, verbs: Set<String>) {
    self.source = source
    self.verbs = verbs
  }

  /// Sorts the tokens: statements' on one side, comments that mean something on the other.
  private mutating func take(_ all: [Token]) {
    tokens.reserveCapacity(all.count)
    for token in all {
      guard token.kind == .comment else {
        tokens.append(token)
        continue
      }
      let start = token.span.lower
      if start == 0 || source.bytes[start - 1] == UInt8(ascii: "\n"), Mark(token, source) != nil {
        marks.append((token, tokens.count))
      }
    }
  }

  /// Puts together what lexer and parser found.
  private func result(_ script: Script, _ lexer: Lexer) -> ParseResult {
    var found = lexer.diagnostics + diagnostics
    let isOpen = endsInside || lexer.endsInRawString || lexer.endsWithContinuation
    if lexer.endsWithContinuation {
      let end = source.bytes.lastIndex(of: UInt8(ascii: "\\")) ?? 0
      found.append(
        Diagnostic(
          "nothing follows the final '\\'", category: .usage, source: source,
          span: Span(end, end + 1), help: "a '\\' joins a line with the next one"))
    } else if !lexer.endsInRawString {
      found += atEnd
    }
    let ordered = found.enumerated().sorted { a, b in
      (a.element.span?.lower ?? 0, a.offset) < (b.element.span?.lower ?? 0, b.offset)
    }.map(\.element)
    return ParseResult(
      script: script, diagnostics: Array(ordered.prefix(Self.diagnosticLimit)),
      isIncomplete: isOpen && found.count == 1)
  }

  // MARK: - Tokens

  /// The token that is to be read next.
  var current: Token { tokens[index] }

  /// The token that was read last; the first one where none was.
  var previous: Token { tokens[max(index - 1, 0)] }

  /// The token after the current one.
  var following: Token { tokens[min(index + 1, tokens.count - 1)] }

  /// Goes to the next token, and past line ends inside brackets.
  mutating func advance() {
    guard index < tokens.count - 1 else { return }
    index += 1
    if brackets > 0 { skipNewlines() }
  }

  mutating func skipNewlines() {
    while current.kind == .newline { index += 1 }
  }

  func isAt(_ symbol: Symbol) -> Bool { current.kind == .symbol(symbol) }

  func isAt(_ keyword: Keyword) -> Bool { current.kind == .keyword(keyword) }

  /// True at a line end, `;`, `}` or the end of the text.
  var isAtStatementEnd: Bool { Self.endsStatement(current) }

  static func endsStatement(_ token: Token) -> Bool {
    switch token.kind {
    case .newline, .end, .symbol(.semicolon), .symbol(.rightBrace): true
    default: false
    }
  }

  /// Reads the symbol where it stands.
  mutating func accept(_ symbol: Symbol) -> Bool {
    guard isAt(symbol) else { return false }
    advance()
    return true
  }

  /// The text of the tokens between two indices.
  func text(_ span: Span) -> String { source.text(in: span) }

  // MARK: - Nesting

  /// Reads a production that may contain itself, unless it is too deep.
  mutating func nested<Result>(
    _ production: (inout Parser) throws -> Result
  ) throws -> Result {
    guard depth < Self.nestingLimit + 2, stack.hasRoom else { throw tooDeep() }
    depth += 1
    defer { depth -= 1 }
    return try production(&self)
  }

  /// Notes that the tree of an expression has grown above its parts.
  mutating func grow(above parts: Int) throws {
    height = parts + 1
    if height > Self.nestingLimit + 2 { throw tooDeep() }
  }

  mutating func tooDeep() -> Abandoned {
    fail(
      "this is nested more than \(Self.nestingLimit) deep", at: visible(current.span),
      help: "give a part of it a name first")
  }
}

/// A statement was given up, and the reason reported.
struct Abandoned: Error {}

/// The verbs whose operands are expressions or statements.
enum SpecialForm: String, CaseIterable {
  case param, expect, timeit, print, forget
}

/// A comment at the start of a line that means something at top level.
enum Mark: Equatable {
  /// `## text`.
  case prose(String)
  /// `# %% title`.
  case cell(String)
  /// `#> output`.
  case recorded(String)
  /// `#~ setting`.
  case comparison(String)

  /// The mark that a comment is; nil for a plain one.
  init?(_ token: Token, _ source: Source) {
    let text = source.text(in: token.span)
    if text.hasPrefix("##") {
      self = .prose(Self.content(of: text))
    } else if text.hasPrefix("# %%") {
      var title = text.dropFirst(4)
      while title.last == " " || title.last == "\t" { title.removeLast() }
      self = .cell(String(title.drop { $0 == " " || $0 == "\t" }))
    } else if text.hasPrefix("#>") {
      self = .recorded(Self.content(of: text))
    } else if text.hasPrefix("#~") {
      self = .comparison(Self.content(of: text))
    } else {
      return nil
    }
  }

  /// The text without its mark and one blank.
  private static func content(of text: String) -> String {
    let rest = text.dropFirst(2)
    return String(rest.first == " " ? rest.dropFirst() : rest)
  }
}
