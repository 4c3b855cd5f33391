import Datasets
import Interpreter

/// `columns=`, `drop=`: columns by name or number, or a mask of them.
struct ColumnsArgument: CommandArgument {
  let references: [ColumnReference]
  /// The length of the mask; nil where there was none.
  private(set) var maskLength: Int?

  static var typeName: String { "column name, number, list of them, or mask" }

  init(_ references: [ColumnReference]) { self.references = references }

  init(argument value: Value, card: ParameterCard) throws {
    switch value {
    case .array(let array) where array.rank == 1 && array.isMask:
      references = (0..<array.count).filter { array.pointer[$0] != 0 }.map { .number($0) }
      maskLength = array.count
    case .array(let array) where array.rank == 1:
      references = try array.entries.map { try Self.reference(.number($0), card) }
    case .list(let box), .tuple(let box):
      references = try box.items.map { try Self.reference($0, card) }
    default:
      references = [try Self.reference(value, card)]
    }
  }

  private static func reference(_ value: Value, _ card: ParameterCard) throws -> ColumnReference {
    switch value {
    case .string(let box): .name(box.text)
    case .number: .number(try Int(argument: value, card: card))
    default: throw mismatch(value, card)
    }
  }
}
