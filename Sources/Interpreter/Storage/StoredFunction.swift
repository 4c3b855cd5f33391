import Language
import Record

// Functions of the user, as the text that defined them, the place that messages name, and the
// values that they keep.

extension ByteWriter {
  func add(_ function: UserFunction) throws {
    add(function.name)
    add(function.definition ?? "")
    add(optional: function.prose) { add($0) }
    add(function.source.name)
    add(min(function.source.line(at: function.span.lower), StoredText.mostLines))
    add(min(function.source.column(at: function.span.lower), StoredText.mostColumns))
    try add(each: function.defaults) { try add($0) }
    try add(each: function.captured) { try add($0) }
  }
}

extension ValueReader {
  /// A function. Its text is parsed, and nothing is run.
  func userFunction() throws -> UserFunction {
    let name = try bytes.text()
    let text = try StoredText(
      definition: bytes.text(), prose: bytes.optional { try bytes.text() }, name: bytes.text(),
      line: bytes.int(in: 1...StoredText.mostLines),
      column: bytes.int(in: 1...StoredText.mostColumns))
    let defaults = try bytes.each { try value() }
    let captured = try bytes.each { try value() }
    let parsed = try text.function(in: session)
    guard parsed.parameterNames.count == defaults.count, parsed.slots.count == captured.count else {
      throw DamagedBytes("a function has other parameters than its text")
    }
    let depth = captured.reduce(0) { max($0, $1.depth) } + (captured.isEmpty ? 0 : 1)
    guard depth <= ListBox.depthLimit else { throw DamagedBytes("values are nested too deeply") }
    return UserFunction(
      name: name, parameterNames: parsed.parameterNames, defaults: defaults,
      kept: zip(parsed.slots, captured).map { ($0, $1) }, depth: depth,
      slotCount: parsed.slotCount, body: parsed.body, source: text.source, span: text.span)
  }
}

/// The text of a function at the line and column where it stood, with nothing else of its source
/// but the comment above it.
private struct StoredText {
  /// What a function is made of.
  struct Parts {
    let parameterNames: [String]
    /// The slots of the values that it keeps.
    let slots: [Int]
    let slotCount: Int
    let body: Block
  }

  let source: Source
  let span: Span

  /// The last line and column that are kept: further ones would only be in messages, and damaged
  /// bytes must not ask for much memory.
  static let (mostLines, mostColumns) = (1 << 15, 1 << 10)

  init(definition: String, prose: String?, name: String, line: Int, column: Int) {
    let comment = (prose.map { $0.split(separator: "\n", omittingEmptySubsequences: false) } ?? [])
      .map { "# \($0)\n" }
    let blank = String(repeating: "\n", count: max(0, line - 1 - comment.count))
    let before =
      blank + comment.joined() + String(repeating: " ", count: column - 1)
    source = Source(before + definition, name: name)
    span = Span(before.utf8.count, before.utf8.count + definition.utf8.count)
  }

  /// Resolves the text: a statement `fn NAME(…) { … }`, or an expression `fn(…) => …`.
  ///
  /// - Throws: `DamagedBytes` where it is neither.
  func function(in session: Session) throws -> Parts {
    guard var script = parsed(session), let statement = script.statements.first else {
      throw DamagedBytes("the text of a function is none")
    }
    script.items += mentioned()
    var resolver = Resolver(script, source, session: session, isEntry: true)
    let (node, _) = resolver.topLevelStatement(statement.statement)
    guard resolver.diagnostics.isEmpty else {
      throw DamagedBytes("the text of a function is not one of this version")
    }
    switch node {
    case let node as FunctionNode:
      return Parts(
        parameterNames: node.parameters.map(\.name), slots: [], slotCount: node.slotCount,
        body: node.body)
    case let node as ExpressionStatement:
      guard let value = node.value as? FunctionExpressionNode else { break }
      return Parts(
        parameterNames: value.parameters.map(\.name), slots: value.captures.map(\.slot),
        slotCount: value.slotCount, body: value.body)
    default: break
    }
    throw DamagedBytes("the text of a function is none")
  }

  /// The text as a script of one statement. An expression that stood in parentheses may go over
  /// several lines: it gets them here, the first in the place of a blank before it.
  private func parsed(_ session: Session) -> Script? {
    for isInParentheses in [false, true] {
      var bytes = source.bytes
      if isInParentheses {
        guard span.lower > 0, bytes[span.lower - 1] == UInt8(ascii: " ") else { return nil }
        bytes[span.lower - 1] = UInt8(ascii: "(")
        bytes.append(UInt8(ascii: ")"))
      }
      let text = Source(String(decoding: bytes, as: UTF8.self), name: source.name)
      let parsed = Parser.parse(text, verbs: session.catalog.verbs)
      if parsed.diagnostics.isEmpty, parsed.script.statements.count == 1 { return parsed.script }
    }
    return nil
  }

  /// Assignments to all names of the text, so that it may call functions which the session does not
  /// have yet.
  private func mentioned() -> [ScriptItem] {
    let words = source.text(in: span).split { !($0.isLetter || $0.isNumber || $0 == "_") }
    return Set(words).flatMap { word -> [ScriptItem] in
      let parsed = Parser.parse(Source("\(word) = 0", name: ""), verbs: [])
      return parsed.diagnostics.isEmpty ? parsed.script.items : []
    }
  }
}
