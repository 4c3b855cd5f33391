import Interpreter
import SVMEngine

/// `class-weights=balanced`, or a number for each class.
struct ClassWeightsArgument: CommandArgument {
  let weights: ClassWeights

  static var typeName: String { "vector" }
  static var choices: [String] { ["none", "balanced"] }

  init(argument value: Value, card: ParameterCard) throws {
    switch value {
    case .none: weights = .none
    case .string(let box) where box.text == "none": weights = .none
    case .string(let box) where box.text == "balanced": weights = .balanced
    case .string(let box): throw Signature.notAChoice(box.text, card)
    default: weights = .values(try [Double](argument: value, card: card))
    }
  }
}
