import Language
import Text

/// `A.mean(axis=0)`: the function of that name with the value as its first argument, or the
/// function in a field.
final class MethodCallNode: Node, @unchecked Sendable {
  private let base: Node
  private let name: String
  private let nameSpan: Span
  /// The call; its first argument is the value, which waits in a slot of the frame.
  private let call: CallNode
  /// The call of a field, which has no such argument.
  private let fieldCall: CallNode
  private let slot: Int

  init(
    _ base: Node, _ name: String, _ nameSpan: Span, slot: Int, _ arguments: [CallNode.Argument],
    _ span: Span
  ) {
    self.base = base
    self.name = name
    self.nameSpan = nameSpan
    self.slot = slot
    let receiver = LocalName(name, slot: slot, base.span)
    call = CallNode(
      receiver, [CallNode.Argument(name: nil, nameSpan: nil, value: receiver)] + arguments, span)
    fieldCall = CallNode(receiver, arguments, span)
    super.init(span)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let value = try base.evaluate(frame)
    if let method = Methods.method(name, of: value, frame.session) {
      frame.slots[slot] = value
      defer { frame.slots[slot] = .undefined }
      return try method.called(by: call, frame)
    }
    do {
      if case .function(let function)? = try fieldIfAny(value) {
        return try function.called(by: fieldCall, frame)
      }
      throw Methods.missing(name, of: value, frame.session)
    } catch {
      throw frame.located(error, nameSpan)
    }
  }

  private func fieldIfAny(_ value: Value) throws -> Value? {
    value.fieldNames.contains(name) ? try value.field(name) : nil
  }
}

/// The functions that are also written as methods.
enum Methods {
  /// Those that numpy's arrays have.
  static let ofArrays: Set<String> = [
    "all", "any", "argmax", "argmin", "argsort", "clip", "cumprod", "cumsum", "diag", "dot", "max",
    "mean", "min", "nonzero", "prod", "ravel", "repeat", "reshape", "round", "searchsorted", "std",
    "sum", "trace", "transpose", "var",
  ]

  /// Methods that change their value in Python; here values are values.
  private static let changing: Set<String> = [
    "append", "sort", "remove", "extend", "insert", "pop", "fill", "update", "reverse",
  ]

  /// The function that the method is; nil where the value has no such method.
  static func method(_ name: String, of value: Value, _ session: Session) -> BuiltinFunction? {
    switch value {
    case .array where name == "flatten": session.catalog.function(named: "ravel")
    case .array where ofArrays.contains(name): session.catalog.function(named: name)
    case .dictionary: DictionaryMethods.all[name]
    case .string: StringMethods.method(name)
    default: nil
    }
  }

  /// The names of the methods of a value.
  static func names(of value: Value, _ session: Session) -> [String] {
    switch value {
    case .array: ofArrays.filter { session.catalog.function(named: $0) != nil }.sorted()
    case .dictionary: DictionaryMethods.all.keys.sorted()
    case .string: StringMethods.all.map(\.name).sorted()
    default: []
    }
  }

  /// What to write instead of a method that the value has not.
  static func missing(_ name: String, of value: Value, _ session: Session) -> Failure {
    let type = article(value.typeName)
    if value.fieldNames.contains(name) {
      return Failure(
        "'.\(name)' of \(type) is a value, and can't be called", help: "write `.\(name)`")
    }
    let message = "\(type) has no method '\(name)'"
    if changing.contains(name) {
      let write =
        switch (name, value) {
        case ("append", _), ("extend", _): "x = append(x, item)"
        case ("sort", _): "x = sort(x)"
        case ("remove", _), ("pop", _): "d = remove(d, key)"
        case ("fill", _), ("update", _): "x[:] = value"
        default: "x = x[::-1]"
        }
      return Failure(message, help: "no call changes a value: write `\(write)`")
    }
    if session.catalog.function(named: name) != nil {
      return Failure(message, help: "it is a function: `\(name)(x)`")
    }
    let names = names(of: value, session)
    if let near = Spelling.nearest(to: name, in: names) {
      return Failure(message, help: "did you mean '\(near)'?")
    }
    let list = names.isEmpty ? nil : "methods: " + names.joined(separator: " ")
    return Failure(message, help: list)
  }
}
