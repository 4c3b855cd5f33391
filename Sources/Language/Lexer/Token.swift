/// A token of a source text.
public struct Token: Sendable, Equatable {
  /// The kinds of tokens, with their values.
  public enum Kind: Sendable, Equatable {
    /// `49_000`, `2.5e4`, `.5`.
    case number(Double)
    /// `"text {x:.3f}"`, split into its pieces.
    case string([StringPiece])
    /// `"""…"""`: the text between the quotes, as it is.
    case rawString(String)
    /// `svm_loss`.
    case name(String)
    case keyword(Keyword)
    case symbol(Symbol)
    /// From `#` to the end of the line; the `#!` line too.
    case comment
    /// A line end without a `\` before it. The parser skips those inside brackets.
    case newline
    /// The unfinished word or open string that the cursor touches; empty where it touches none.
    case cursor
    /// Text that belongs to no token; a diagnostic says why.
    case invalid
    /// The end of the text; always the last token.
    case end
  }

  /// Its kind and value.
  public var kind: Kind
  /// Where it stands.
  public var span: Span
  /// True where a blank, a line end or the start of the text precedes it.
  public var followsBlank: Bool
}

/// A piece of a `"…"` string; the code in its braces is not parsed yet.
public enum StringPiece: Sendable, Equatable {
  /// Text with its escapes resolved.
  case text(String)
  /// `{code:format}`: the span of the code, and the format, where there is one, with its span.
  case code(Span, format: String?, formatSpan: Span?)
}

/// The reserved words.
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
  case `try`
  case `catch`
  case and
  case or
  case not
  case `true`
  case `false`
  case none
}

/// Operators and punctuation, by spelling.
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
  case floorDivideAssign = "//="
  case remainderAssign = "%="
  case powerAssign = "**="
  /// Between the parameters of a function expression and its value.
  case arrow = "=>"
  // Not an operator of the language; known so that the error can say what to write.
  case matrixProductAssign = "@="
}

// An entry is read anew at each key, so that spellings are looked up, and not tried one by one.

extension Keyword {
  static let bySpelling = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
}

extension Symbol {
  /// For each ASCII character, the symbols that begin with it, longest first.
  static let byFirstByte: [[(spelling: [UInt8], symbol: Symbol)]] = {
    var table = [[(spelling: [UInt8], symbol: Symbol)]](repeating: [], count: 128)
    for symbol in allCases.sorted(by: { $0.rawValue.utf8.count > $1.rawValue.utf8.count }) {
      let spelling = Array(symbol.rawValue.utf8)
      table[Int(spelling[0])].append((spelling, symbol))
    }
    return table
  }()
}
