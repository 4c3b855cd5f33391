import LinearAlgebra
import Text

extension Value {
  /// The value as `print` and `{…}` show it: strings without quotes.
  ///
  /// - Throws: `Interrupted`.
  public func text(for display: Display) throws -> String {
    switch self {
    case .list, .tuple, .dictionary:
      var builder = TextBuilder()
      try append(to: &builder, display)
      return try builder.joined()
    case .undefined: return ""
    case .none: return "none"
    case .bool(let flag): return flag ? "true" : "false"
    case .number(let number): return NumberText.shortest(number)
    case .string(let box): return box.text
    case .array(let array): return ArrayText(array, on: display).text
    case .function(let function): return "function \(function.callText)"
    case .object(let box): return try box.object.presentation.text(display).plain
    }
  }

  /// What a statement with this value shows; empty for `none`.
  public var presentation: Presentation {
    switch self {
    case .none, .undefined: Presentation(StyledText())
    case .object(let box): box.object.presentation
    default:
      Presentation { StyledText(try text(for: $0)) }
        .adding(.html) { html(on: $0).map { Array($0.utf8) } }
        .adding(.json) { json(on: $0).map { Array($0.text.utf8) } }
    }
  }

  /// The value for programs; nil where there is none.
  func json(on display: Display) -> JSONValue? {
    switch self {
    case .none, .undefined: nil
    default: ValueJSON.of(self, on: display)
    }
  }

  /// The value on one line; long vectors and lists, matrices and objects by their type and shape.
  package func briefText(for display: Display) -> String {
    switch self {
    case .array(let array) where array.rank == 2 || array.count > 8: return typeAndShape
    case .object: return typeAndShape(on: display)
    case .list(let box) where box.items.count > 12: return typeAndShape
    // Where it is interrupted, it is not shown either.
    default: return (try? text(for: display)) ?? typeAndShape
    }
  }

  private func append(to builder: inout TextBuilder, _ display: Display) throws {
    switch self {
    case .list(let box):
      builder.append("[")
      try Value.append(box.items, to: &builder, display)
      builder.append("]")
    case .tuple(let box): try Value.append(box.items, to: &builder, display)
    case .dictionary(let box):
      builder.append("{")
      try Interruption.forEachRange(of: box.count, costEach: 512) { range in
        for i in range {
          if i > 0 { builder.append(", ") }
          try Value.append([box.keys[i].value], to: &builder, display)
          builder.append(": ")
          try Value.append([box.values[i]], to: &builder, display)
        }
      }
      builder.append("}")
    default: builder.append(try text(for: display))
    }
  }

  /// Items with commas between them.
  private static func append(
    _ items: [Value], to builder: inout TextBuilder, _ display: Display
  ) throws {
    try Interruption.forEachRange(of: items.count, costEach: 512) { range in
      for i in range {
        if i > 0 { builder.append(", ") }
        switch items[i] {
        case .string(let box): builder.append(quoted(box.text))
        case .tuple:
          builder.append("(")
          try items[i].append(to: &builder, display)
          builder.append(")")
        default: try items[i].append(to: &builder, display)
        }
      }
    }
  }

  /// The string as a literal.
  public static func quoted(_ text: String) -> String {
    Escaping.quoted(text.replacing("{", with: "{{").replacing("}", with: "}}"))
  }
}
