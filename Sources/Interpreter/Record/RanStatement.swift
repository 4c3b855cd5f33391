import Language
import Record

/// A statement at top level that runs: its text, and what it takes to run it again.
final class RanStatement: RecordedStatement, @unchecked Sendable {
  let source: Source
  let span: Span
  let node: StatementNode
  /// The slots that it needs.
  let slotCount: Int
  let streamKey: String
  let isSilent: Bool
  /// The names that it may assign itself, in order.
  let assignedNames: [String]
  /// The text in place of its own: of a `param` that got another value.
  let replacement: String?

  init(
    _ source: Source, _ syntax: Statement, node: StatementNode, slotCount: Int, isSilent: Bool
  ) {
    self.source = source
    span = syntax.span
    self.node = node
    self.slotCount = slotCount
    streamKey = syntax.streamKey
    self.isSilent = isSilent
    var names: [String] = []
    syntax.forEachAssignedName { if !names.contains($0) { names.append($0) } }
    if case .forget(let forgotten) = syntax.kind { names += forgotten.map(\.name) }
    assignedNames = names
    if let parameter = node as? ParameterNode, parameter.isReplaced {
      replacement =
        parameter.value.exactLiteral.map { "param \(parameter.place.name) = \($0)" }
        ?? "\(parameter.place.name) = …"
    } else {
      replacement = nil
    }
  }

  var code: String { replacement ?? source.text(in: span) }

  var tokens: String { replacement ?? source.code(in: span) }

  /// The text as an entry of its own, which does the same.
  var entry: String { code + (isSilent ? ";" : "") }

  /// `[12]` for an entry of the prompt, `lesson.svm:7` for a line of a script.
  var place: String {
    if source.name.hasPrefix("svm["), source.name.hasSuffix("]") {
      return String(source.name.dropFirst(3))
    }
    return "\(source.name):\(source.line(at: span.lower))"
  }

  /// Why its value can't be made again from its text; nil where it can.
  var whyUnrepeatable: String? {
    if let parameter = node as? ParameterNode, parameter.isReplaced,
      parameter.value.exactLiteral == nil
    {
      return "its value came from the script that ran its file"
    }
    return nil
  }

  /// Whether it is nothing but a command that runs other statements, which then are recorded on
  /// their own.
  var isRunOfOthers: Bool {
    guard let expression = node as? ExpressionStatement,
      let command = expression.value as? CommandNode
    else { return false }
    return command.signature.command.mayAssignNames
  }
}

extension Value {
  /// The value as a literal that gives the same bits; nil where it has none.
  var exactLiteral: String? {
    func joined(_ items: [Value]) -> String? {
      let texts = items.compactMap(\.exactLiteral)
      return texts.count == items.count ? texts.joined(separator: ", ") : nil
    }
    switch self {
    case .number(let number) where !number.isFinite: return nil
    case .none, .bool, .number: return literalText
    case .string(let box): return Value.quoted(box.text)
    case .array(let array) where array.rank == 1 && !array.isMask && array.count > 0:
      return joined((0..<array.count).map { .number(array.pointer[$0]) }).map { "[\($0)]" }
    case .list(let box): return joined(box.items).map { "[\($0)]" }
    case .tuple(let box):
      return joined(box.items).map { "(\($0)\(box.items.count == 1 ? "," : ""))" }
    default: return nil
    }
  }
}
