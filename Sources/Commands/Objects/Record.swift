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
  func report(on display: Display) -> Report {
    var table = TextTable([.init("", .left), .init("", .left)])
    for (name, value) in fields { table.add([name, value.briefText(for: display)]) }
    var text = Report(typeName)
    text.append(table, indent: 2)
    return text
  }
}
