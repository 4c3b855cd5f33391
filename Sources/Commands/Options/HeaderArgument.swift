import Interpreter

/// `header=`: true, false, or nil for auto.
struct HeaderArgument: CommandArgument {
  let isPresent: Bool?

  static var typeName: String { "bool" }
  static var choices: [String] { ["auto", "true", "false"] }

  init(isPresent: Bool?) { self.isPresent = isPresent }

  init(argument value: Value, card: ParameterCard) throws {
    switch value {
    case .bool(let flag): isPresent = flag
    case .string(let box) where box.text == "auto": isPresent = nil
    case .string(let box) where box.text == "true": isPresent = true
    case .string(let box) where box.text == "false": isPresent = false
    case .string(let box): throw Signature.notAChoice(box.text, card)
    default: throw Self.mismatch(value, card)
    }
  }

  var argumentText: String? { "auto" }
}
