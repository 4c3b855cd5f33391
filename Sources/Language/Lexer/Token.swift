/// The smallest piece of a text that means something.
public struct Token: Sendable, Equatable {
  /// What it is.
  public enum Kind: Sendable, Equatable {
    /// `49_000`, `2.5e4`, `.5`.
    case number(Double)
    /// `"text {x:.3f}"`, apart into its pieces.
    case string([StringPiece])
    /// `"""…"""`: the text between the quotes, as it is.
    case rawString(String)
    /// `svm_loss`.
    case name(String)
    case keyword(Keyword)
    case symbol(Symbol)
    /// From `#` to the end of the line; the `#!` line too.
    case comment
    /// A line end that no `\` takes back. Those inside brackets are for the parser to skip.
    case newline
    /// What the cursor touches: a word or an open string that is not typed to its end, or nothing.
    case cursor
    /// What can't be part of any line; a diagnostic says why.
    case invalid
    /// The end of the text; always the last token.
    case end
  }

  /// What it is.
  public var kind: Kind
  /// Where it stands.
  public var span: Span
  /// True where a blank, a line end or the start of the text stands before it.
  public var followsBlank: Bool
}

/// A piece of a `"…"` string, before what is in its braces is parsed.
public enum StringPiece: Sendable, Equatable {
  /// Text with its escapes resolved.
  case text(String)
  /// `{code:format}`: where the code stands, and the format with its place where there is one.
  case code(Span, format: String?, formatSpan: Span?)
}

/// Words that can't be names.
public enum Keyword: String, Sendable, CaseIterable {
  case fn
  case `if`
  case `else`
  case `for`
  case `in`
  case `while`
  case `break`
  case `continue`
  case `return`
  case and
  case or
  case not
  case `true`
  case `false`
  case none
}

/// Everything else that a line is made of, by spelling.
public enum Symbol: String, Sendable, CaseIterable {
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case leftBrace = "{"
  case rightBrace = "}"
  case comma = ","
  case semicolon = ";"
  case dot = "."
  case colon = ":"
  case assign = "="
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case about = "~="
  case plus = "+"
  case minus = "-"
  case times = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case matrixProduct = "@"
  case power = "**"
  case addAssign = "+="
  case subtractAssign = "-="
  case multiplyAssign = "*="
  case divideAssign = "/="
  // No operators of the language, but known, so that the error can say what to write.
  case floorDivideAssign = "//="
  case remainderAssign = "%="
  case powerAssign = "**="
  case matrixProductAssign = "@="
}
