import Interpreter
import Language
import Text

/// `vars`.
struct VarsCommand: Command {
  static let name = "vars"
  static let summary = "List the names that have values, with type, shape and memory."
  static let discussion = """
    A name is stale where something that its value was made from has changed since: a name, a \
    function, a setting, the seed or a file. `refresh` makes it anew, and `how` shows what it was \
    made from.
    """
  static let examples: [Example] = [
    """
    x = [1, 2]
    vars
    → name  type    shape  memory
      x     vector  2        16 B
    """
  ]
  static let group = CommandGroup.session

  func run(in session: Session) throws -> Output {
    session.noteLookAtSession()
    let names = session.assignedNames
    guard !names.isEmpty else { return Output(report: StyledText("nothing is assigned yet")) }
    var table = TextTable([
      .init("name", .left), .init("type", .left), .init("shape", .left), .init("memory"),
      .init("", .left),
    ])
    let stale = Dictionary(uniqueKeysWithValues: session.stale.map { ($0.name, $0.cause) })
    for name in names {
      guard let value = session.peek(name) else { continue }
      let memory = value.memoryBytes
      table.add([
        .init(text: name), .init(text: value.typeName),
        .init(text: value.shapeWords(on: session.display)),
        .init(text: memory > 0 ? Quantity.bytes(memory) : ""),
        .init(text: stale[name].map { "stale: \($0)" } ?? "", style: .bad),
      ])
    }
    return Output(report: Report(table))
  }
}

extension Value {
  /// The shape; of numbers, truth values and strings, the value.
  func shapeWords(on display: Display) -> String {
    switch self {
    case .number(let number): "= \(NumberText.shortest(number))"
    case .bool(let flag): flag ? "= true" : "= false"
    case .string(let box):
      "= " + TextLayout.clipped("\"\(Escaping.visible(box.text))\"", to: 30)
    case .array(let array): array.rank == 1 ? "\(array.columns)" : "\(array.rows)×\(array.columns)"
    case .list(let box), .tuple(let box): "\(box.items.count)"
    case .dictionary(let box): "\(box.count)"
    case .function(let function):
      TextLayout.clipped(
        "(" + function.parameterNames.joined(separator: ", ") + ")", to: 40)
    case .object(let box): box.object.shapeText(on: display)
    case .none, .undefined: ""
    }
  }
}
