// The syntax tree, which is all that later stages see of a text.

/// An expression with its place.
public struct Expression: Sendable {
  /// The production, with its parts.
  public var kind: Kind
  /// Where it stands.
  public var span: Span

  /// An expression at a place.
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  /// The productions of the expression grammar.
  public indirect enum Kind: Sendable {
    /// `49_000`, `2.5e4`, `inf`, `nan`.
    case number(Double)
    /// `"text {x:.3f}"`; one literal part where nothing is interpolated.
    case string([StringPart])
    /// `true`, `false`.
    case bool(Bool)
    /// `none`.
    case none
    /// A name of a variable or function.
    case name(String)
    /// `[a, b, c]`.
    case list([Expression])
    /// `[x * 2 for x in values if x > 0]`.
    case comprehension(Comprehension)
    /// `{"lr": 1e-7, (1, 2): x}`.
    case dictionary([DictionaryEntry])
    /// `a, b`: several values.
    case tuple([Expression])
    /// `fn(x) => x * 2`.
    case function(FunctionExpression)
    /// `-x`, `+x`, `not x`.
    case unary(UnaryOperator, Expression)
    /// `a + b`, comparisons, `@`, and the short-circuit `and` and `or`.
    case binary(BinaryOperator, Span, Expression, Expression)
    /// `f(x, reg=1)`.
    case call(Expression, [Argument])
    /// `d.train`; the span is the name's.
    case field(Expression, String, Span)
    /// `W[0:5, :]`.
    case index(Expression, [Subscript])
    /// A bare word, which may be one of a parameter's choices (`hinge`, `squared-hinge`, `none`).
    /// Only operands of commands have them, alone or in a bracketed list. `orElse` is its reading
    /// where it is no choice: a name, a literal, or in a list a subtraction; nil where there is
    /// none.
    case word(String, orElse: Expression?)
  }
}

/// A key of a dictionary with its value.
public struct DictionaryEntry: Sendable {
  /// The key.
  public var key: Expression
  /// The value.
  public var value: Expression
}

/// The items of a bracket, made by a loop.
public struct Comprehension: Sendable {
  /// The item; it sees the targets.
  public var element: Expression
  /// The names that each of the values goes to.
  public var targets: [LoopTarget]
  /// What the loop goes over.
  public var values: Expression
  /// The condition of an item, where there is one; it sees the targets.
  public var condition: Expression?
}

/// `fn(parameters) => value`.
public struct FunctionExpression: Sendable {
  /// Parameters in order.
  public var parameters: [FunctionParameter]
  /// The value of a call.
  public var body: Expression
}

/// What stands between `for` and `in`.
public indirect enum LoopTarget: Sendable {
  /// `x`.
  case name(NameSyntax)
  /// `(a, b)`: the parts of one value.
  case several([LoopTarget], Span)

  /// The names in it, in order.
  public var names: [NameSyntax] {
    switch self {
    case .name(let name): [name]
    case .several(let targets, _): targets.flatMap(\.names)
    }
  }
}

/// A piece of a string literal.
public enum StringPart: Sendable {
  /// Text with its escapes resolved.
  case text(String)
  /// `{expression:format}`; the format is as in Python, nil where there is none.
  case interpolation(Expression, format: String?, formatSpan: Span?)
}

/// `-`, `+` and `not`.
public enum UnaryOperator: String, Sendable {
  case negate = "-"
  case plus = "+"
  case not = "not"
}

/// The infix operators, by spelling.
public enum BinaryOperator: String, Sendable, CaseIterable {
  case or, and
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case `in`
  case notIn = "not in"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case matrixProduct = "@"
  case power = "**"
}

/// One argument of a call.
public struct Argument: Sendable {
  /// The name before `=`, where there is one.
  public var name: String?
  /// Where that name stands.
  public var nameSpan: Span?
  /// The value.
  public var value: Expression
}

/// One entry between the brackets of an index.
public enum Subscript: Sendable {
  /// A number, vector of numbers or mask.
  case at(Expression)
  /// `start:stop:step`, each of them optional; the span covers all of it.
  case slice(Expression?, Expression?, Expression?, Span)

  /// Where it stands.
  public var span: Span {
    switch self {
    case .at(let expression): return expression.span
    case .slice(_, _, _, let span): return span
    }
  }
}

/// `verb operand… key=operand…`.
public struct CommandSyntax: Sendable {
  /// The verb.
  public var verb: String
  /// Where the verb stands.
  public var verbSpan: Span
  /// Operands in order.
  public var operands: [Expression]
  /// Options in the order they were written; the parser refuses a key twice.
  public var options: [OptionSyntax]
  /// The whole command.
  public var span: Span
}

/// `key=operand`.
public struct OptionSyntax: Sendable {
  /// The key, hyphens included.
  public var key: String
  /// Where the key stands.
  public var keySpan: Span
  /// The operand after `=`.
  public var value: Expression
}

/// The right side of `=` and `return`: an expression, a command, or `timeit`.
public indirect enum RightSide: Sendable {
  case expression(Expression)
  case command(CommandSyntax)
  /// `seconds = timeit STATEMENT`.
  case timeit(Timeit)

  /// Where it stands.
  public var span: Span {
    switch self {
    case .expression(let expression): return expression.span
    case .command(let command): return command.span
    case .timeit(let timeit): return timeit.span
    }
  }
}

/// `timeit STATEMENT`, `timeit repeat=10 STATEMENT`.
public struct Timeit: Sendable {
  /// The number of runs; nil without `repeat=`.
  public var repeats: Expression?
  /// The timed statement.
  public var statement: Statement
  /// The whole form.
  public var span: Span
}

/// `expect EXPR`, `expect EXPR ~= EXPR within=1e-6`, then a message and `points=`.
public struct Expect: Sendable {
  /// The condition, or the left side of `~=`.
  public var left: Expression
  /// The right side of `~=`.
  public var right: Expression?
  /// `within=`: absolute, per entry; 1e-6 where nil.
  public var within: Expression?
  /// The message string.
  public var message: Expression?
  /// `points=`.
  public var points: Expression?
}

/// `fn NAME(parameters) { … }`.
public struct FunctionSyntax: Sendable {
  /// Its name.
  public var name: String
  /// Where the name stands.
  public var nameSpan: Span
  /// Parameters in order.
  public var parameters: [FunctionParameter]
  /// Its statements.
  public var body: [Statement]
}

/// A parameter of a function; its default is evaluated once, when the function is defined.
public struct FunctionParameter: Sendable {
  /// Its name.
  public var name: String
  /// Where the name stands.
  public var span: Span
  /// The default, where it has one.
  public var defaultValue: Expression?
}

/// The left side of an assignment.
public enum Target: Sendable {
  /// `x = …`.
  case name(String, Span)
  /// `x[i] = …`, `x["a"][i] = …`: the name, the subscripts of each bracket, and the whole target's
  /// span.
  case index(String, Span, [[Subscript]], Span)

  /// The name that is assigned.
  public var name: String {
    switch self {
    case .name(let name, _): return name
    case .index(let name, _, _, _): return name
    }
  }
}

/// A name with its place, as in `forget` and `for`.
public struct NameSyntax: Sendable {
  /// The name.
  public var name: String
  /// Where it stands.
  public var span: Span

  /// A name at a place.
  public init(_ name: String, _ span: Span) {
    self.name = name
    self.span = span
  }
}

/// A statement with its place.
public struct Statement: Sendable {
  /// The production, with its parts.
  public var kind: Kind
  /// Where it stands, without the `;` that may end it.
  public var span: Span

  /// The productions of the statement grammar.
  public indirect enum Kind: Sendable {
    case expression(Expression)
    case command(CommandSyntax)
    /// `a = …`, `a, b = …`; with an operator, `a += …`, and there is one target.
    case assign([Target], BinaryOperator?, RightSide)
    /// Conditions with their blocks, in order, and the block of `else`.
    case `if`([Branch], otherwise: [Statement]?)
    case `for`([LoopTarget], in: Expression, body: [Statement])
    case `while`(Expression, body: [Statement])
    /// `try { } catch name { }`.
    case `try`([Statement], name: NameSyntax, handler: [Statement])
    case `break`
    case `continue`
    case `return`(RightSide?)
    case function(FunctionSyntax)
    /// `param NAME = LITERAL`.
    case parameter(NameSyntax, Expression)
    case expect(Expect)
    case timeit(Timeit)
    /// `print a b`, `print(a, b)`.
    case print([Expression])
    case forget([NameSyntax])
  }
}

/// A condition of `if` with its block.
public struct Branch: Sendable {
  /// The condition.
  public var condition: Expression
  /// The statements that run where it holds.
  public var body: [Statement]
}

/// The tree of a whole text.
public struct Script: Sendable {
  /// Statements, prose and cell titles, in order.
  public var items: [ScriptItem]

  /// The statements alone.
  public var statements: [TopLevelStatement] {
    items.compactMap { if case .statement(let statement) = $0 { statement } else { nil } }
  }
}

/// One item of a text at top level.
public enum ScriptItem: Sendable {
  case statement(TopLevelStatement)
  /// Consecutive `##` lines, the marks removed: one Markdown cell.
  case prose(String, Span)
  /// `# %% title`.
  case cell(title: String, Span)
}

/// A statement at top level, with how its result is shown and what was recorded.
public struct TopLevelStatement: Sendable {
  /// The statement.
  public var statement: Statement
  /// True where a `;` ends its line: the result is not shown.
  public var isSilent: Bool
  /// The `#>` lines below it, marks removed; nil where there is none.
  public var recorded: [String]?
  /// The `#~` lines above it, marks removed.
  public var comparison: [String]
  /// The lines of `recorded` in the source, from the first `#` to the end of the last line.
  public var recordedSpan: Span?
}
