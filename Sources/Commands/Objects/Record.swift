import Interpreter
import Text

/// A list of named values: the options of a model, its preparation, the arrays of a file.
struct Record: ObjectValue {
  let typeName: String
  let fields: [(name: String, value: Value)]

  var fieldNames: [String] { fields.map(\.name) }
  var memoryBytes: Int { fields.reduce(0) { $0 + $1.value.memoryBytes } }

  func field(_ name: String) throws -> Value {
    fields.first { $0.name == name }?.value ?? .none
  }

  /// A line for each field; long vectors, matrices and objects by their type and shape.
  func shown(on display: Display) -> StyledText {
    var table = TextTable([.init("", .left), .init("", .left)])
    for (name, value) in fields { table.add([name, value.briefText(for: display)]) }
    var text = StyledText(typeName)
    text.appendLine(table.text(indent: 2, width: display.width))
    return text
  }
}

extension Value {
  /// The value on one line; long vectors and lists, matrices and objects by their type and shape.
  func briefText(for display: Display) -> String {
    switch self {
    case .array(let array) where array.rank == 2 || array.count > 8: return typeAndShape
    case .object: return typeAndShape(on: display)
    case .list(let box) where box.items.count > 12: return typeAndShape
    // Where it is interrupted, it is not shown either.
    default: return (try? text(for: display)) ?? typeAndShape
    }
  }
}
