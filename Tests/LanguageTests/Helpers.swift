import TestSupport
import Testing

@testable import Language

/// The verbs of the catalog; special forms are not among them, since the parser knows these itself.
let verbs: Set<String> = [
  "load", "split", "center", "standardize", "rescale", "add-bias", "describe", "synth", "save",
  "train", "resume", "tune", "gradcheck", "evaluate", "predict-file", "explain", "answer",
  "plot-ascii", "plot-file", "help", "vars", "history", "seed", "set", "run", "save-session",
  "load-session", "export", "undo", "edit", "quit",
]

/// A text as the parser reads it with the verbs of the catalog.
func parse(_ text: String) -> ParseResult {
  Parser.parse(Source(text, name: "t.svm"), verbs: verbs)
}

/// The messages of a text's errors, in order.
func messages(_ text: String) -> [String] {
  parse(text).diagnostics.map(\.message)
}

/// A text with its places taken out: `a ⟦b⟧` is `a b` and the place of `b`.
struct Marked {
  var text = ""
  var spans: [Span] = []

  init(_ marked: String) {
    var starts: [Int] = []
    for character in marked {
      switch character {
      case "⟦": starts.append(text.utf8.count)
      case "⟧": spans.append(Span(starts.removeLast(), text.utf8.count))
      default: text.append(character)
      }
    }
    spans.sort { ($0.lower, $0.upper) < ($1.lower, $1.upper) }
  }
}

/// A wrong text with the place of its error marked, and parts of what must be said.
struct Wrong: Sendable, CustomTestStringConvertible {
  var marked: String
  var message: String
  var help: String?

  init(_ marked: String, _ message: String, help: String? = nil) {
    self.marked = marked
    self.message = message
    self.help = help
  }

  var testDescription: String { marked }
}

/// The rows of a table of wrong texts: `MARKED → MESSAGE → HELP`, the help where one is checked.
/// `⏎` is a line end, and a line that begins with `→` goes on with the row.
func wrongTexts(_ table: String) -> [Wrong] {
  table.replacing("\n  →", with: " →").split(separator: "\n").map { row in
    let cells = row.replacing("⏎", with: "\n").split(separator: " → ").map { String($0) }
    return Wrong(cells[0], cells[1], help: cells.count > 2 ? cells[2] : nil)
  }
}

/// Deletes, doubles, swaps, puts in or overwrites bytes, those that are no text among them.
func change(_ bytes: inout [UInt8], _ numbers: inout SeededNumbers) {
  guard !bytes.isEmpty else { return }
  let at = Int.random(in: 0..<bytes.count, using: &numbers)
  let end = min(at + Int.random(in: 1...6, using: &numbers), bytes.count)
  switch Int.random(in: 0..<7, using: &numbers) {
  case 0: bytes.removeSubrange(at..<end)
  case 1: bytes.insert(contentsOf: bytes[at..<end], at: at)
  case 2: bytes.swapAt(at, Int.random(in: 0..<bytes.count, using: &numbers))
  case 3: bytes.insert(UInt8.random(in: .min ... .max, using: &numbers), at: at)
  case 4: bytes[at] = UInt8.random(in: .min ... .max, using: &numbers)
  case 5:
    let symbols = Array("()[]{}\"\\#;:,.=-+*/'\n \t".utf8)
    bytes.insert(symbols.randomElement(using: &numbers) ?? 32, at: at)
  default: bytes.removeLast(Int.random(in: 0...min(3, bytes.count - 1), using: &numbers))
  }
}

// MARK: - Trees as text

/// The tree as `(+ a (* b c))`, without places.
func tree(_ expression: Expression) -> String {
  switch expression.kind {
  case .number(let number): return "\(number)"
  case .string(let parts):
    let inner = parts.map { part in
      switch part {
      case .text(let text): return "'\(text)'"
      case .interpolation(let value, let format, _):
        return "{\(tree(value))\(format.map { ":" + $0 } ?? "")}"
      }
    }
    return "\"" + inner.joined() + "\""
  case .bool(let value): return "\(value)"
  case .none: return "none"
  case .name(let name): return name
  case .list(let items): return "[" + items.map(tree).joined(separator: ", ") + "]"
  case .comprehension(let loop):
    return "[\(tree(loop.element)) for \(loop.targets.map(tree).joined(separator: ", "))"
      + " in \(tree(loop.values))\(loop.condition.map { " if " + tree($0) } ?? "")]"
  case .dictionary(let entries):
    return "{" + entries.map { "\(tree($0.key)): \(tree($0.value))" }.joined(separator: ", ") + "}"
  case .function(let function):
    let parameters = function.parameters.map {
      $0.name + ($0.defaultValue.map { "=" + tree($0) } ?? "")
    }
    return "(fn \(parameters.joined(separator: " ")) => \(tree(function.body)))"
  case .tuple(let items): return "(tuple " + items.map(tree).joined(separator: " ") + ")"
  case .unary(let operation, let operand): return "(\(operation.rawValue) \(tree(operand)))"
  case .binary(let operation, _, let left, let right):
    return "(\(operation.rawValue) \(tree(left)) \(tree(right)))"
  case .call(let function, let arguments):
    let inner = arguments.map { ($0.name.map { $0 + "=" } ?? "") + tree($0.value) }
    return "\(tree(function))(\(inner.joined(separator: ", ")))"
  case .field(let value, let name, _): return "\(tree(value)).\(name)"
  case .index(let value, let subscripts):
    return "\(tree(value))[\(subscripts.map(tree).joined(separator: ", "))]"
  case .word(let word, let other): return "'\(word)'" + (other.map { "|" + tree($0) } ?? "")
  }
}

/// A subscript as text; a slice is `(slice start stop step)` with `_` for what is left out.
func tree(_ part: Subscript) -> String {
  switch part {
  case .at(let value): return tree(value)
  case .slice(let start, let stop, let step, _):
    return "(slice " + [start, stop, step].map { $0.map(tree) ?? "_" }.joined(separator: " ") + ")"
  }
}

/// A command as `verb operand… key=operand…`.
func tree(_ command: CommandSyntax) -> String {
  ([command.verb] + command.operands.map(tree)
    + command.options.map { "\($0.key)=\(tree($0.value))" }).joined(separator: " ")
}

func tree(_ right: RightSide) -> String {
  switch right {
  case .expression(let value): return tree(value)
  case .command(let command): return tree(command)
  case .timeit(let timeit): return tree(timeit)
  }
}

func tree(_ timeit: Timeit) -> String {
  "timeit \(timeit.repeats.map { "repeat=\(tree($0)) " } ?? "")<\(tree(timeit.statement))>"
}

func tree(_ target: Target) -> String {
  switch target {
  case .name(let name, _): return name
  case .index(let name, _, let path, _):
    return name + path.map { "[\($0.map(tree).joined(separator: ", "))]" }.joined()
  }
}

func tree(_ target: LoopTarget) -> String {
  switch target {
  case .name(let name): name.name
  case .several(let targets, _): "(\(targets.map(tree).joined(separator: ", ")))"
  }
}

func tree(_ statements: [Statement]) -> String {
  "{" + statements.map(tree).joined(separator: "; ") + "}"
}

/// A statement as text, without places.
func tree(_ statement: Statement) -> String {
  switch statement.kind {
  case .expression(let value): return tree(value)
  case .command(let command): return tree(command)
  case .assign(let targets, let operation, let right):
    return targets.map(tree).joined(separator: ", ") + " \(operation?.rawValue ?? "")= "
      + tree(right)
  case .if(let branches, let otherwise):
    let heads = branches.map { "if \(tree($0.condition)) \(tree($0.body))" }
    return (heads + (otherwise.map { [tree($0)] } ?? [])).joined(separator: " else ")
  case .for(let targets, let values, let body):
    return "for \(targets.map(tree).joined(separator: ", ")) in \(tree(values)) \(tree(body))"
  case .try(let body, let name, let handler):
    return "try \(tree(body)) catch \(name.name) \(tree(handler))"
  case .while(let condition, let body): return "while \(tree(condition)) \(tree(body))"
  case .break: return "break"
  case .continue: return "continue"
  case .return(let right): return "return" + (right.map { " " + tree($0) } ?? "")
  case .function(let function):
    let parameters = function.parameters.map {
      $0.name + ($0.defaultValue.map { "=" + tree($0) } ?? "")
    }
    return "fn \(function.name)(\(parameters.joined(separator: ", "))) \(tree(function.body))"
  case .parameter(let name, let value): return "param \(name.name) = \(tree(value))"
  case .expect(let expect):
    var text = "expect \(tree(expect.left))"
    if let right = expect.right { text += " ~= \(tree(right))" }
    if let within = expect.within { text += " within=\(tree(within))" }
    if let message = expect.message { text += " \(tree(message))" }
    if let points = expect.points { text += " points=\(tree(points))" }
    return text
  case .timeit(let timeit): return tree(timeit)
  case .print(let items): return (["print"] + items.map(tree)).joined(separator: " ")
  case .forget(let names): return "forget " + names.map(\.name).joined(separator: " ")
  }
}

/// The trees of a text's statements; the messages of its errors where it has some.
func trees(_ text: String) -> [String] {
  let result = parse(text)
  if !result.diagnostics.isEmpty { return result.diagnostics.map { "error: " + $0.message } }
  return result.script.statements.map { tree($0.statement) }
}

// MARK: - Errors

/// The text has exactly the marked errors: the first with this message and help.
func check(_ wrong: Wrong, sourceLocation: SourceLocation = #_sourceLocation) {
  let marked = Marked(wrong.marked)
  let found = parse(marked.text).diagnostics
  let said = Comment(rawValue: found.map { $0.rendered(color: false) }.joined(separator: "\n"))
  #expect(found.compactMap(\.span) == marked.spans, said, sourceLocation: sourceLocation)
  guard let first = found.first else { return }
  #expect(first.message.contains(wrong.message), said, sourceLocation: sourceLocation)
  if let help = wrong.help {
    #expect(first.help?.contains(help) == true, said, sourceLocation: sourceLocation)
  }
  for diagnostic in found {
    #expect(diagnostic.severity == .error && diagnostic.category == .usage)
  }
}

extension Lexer {
  /// The tokens of a text, without the parser.
  static func tokens(_ source: Source) -> [Token] {
    var lexer = Lexer(source)
    lexer.run()
    return lexer.tokens
  }
}
