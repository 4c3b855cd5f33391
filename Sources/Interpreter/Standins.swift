// Stand-ins for what is about to land elsewhere, so that the rest can be built against already:
// whoever lands the real thing deletes the stand-in with it. Nothing else belongs here.

import Language
import Notebooks

// Arrays, Text and Builtins.

enum Arithmetic {
  static func binary(_ op: BinaryOperator, _ a: Value, _ b: Value) throws -> Value { .none }
  static func unary(_ op: UnaryOperator, _ value: Value) throws -> Value { .none }
  static func transpose(_ array: NumericArray) throws -> Value { .none }
}
enum Indexing {
  enum Subscript {
    case number(Double)
    case value(Value)
    case slice(start: Double?, stop: Double?, step: Double?)
  }
  static func get(_ value: Value, _ subs: [Subscript]) throws -> Value { .none }
  static func set(
    _ target: inout Value, _ subs: [Subscript], _ op: BinaryOperator?, _ new: Value
  ) throws {}
}
struct FormatSpec {
  init(_ text: String) throws {}
  func apply(to value: Value) throws -> String { "" }
}
/// Stand-in.
public enum NumberText {
  /// Stand-in.
  public static func shortest(_ x: Double) -> String { "\(x)" }
}
extension Value {
  /// Stand-in.
  public func text(for display: Display) -> String { literalText }
  /// Stand-in.
  public func shown(on display: Display) -> StyledText { StyledText(literalText) }
}
extension ListBox {
  var depth: Int { 1 }
}
/// Stand-in.
public enum Builtins {
  /// Stand-in.
  public static let all: [BuiltinFunction] = []
}
