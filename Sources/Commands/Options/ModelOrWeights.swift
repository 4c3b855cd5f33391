import Interpreter
import SVMEngine

/// A model, or a matrix of weights.
enum ModelOrWeights: CommandArgument {
  case model(LinearClassifier)
  case weights(WeightsArgument)

  static var typeName: String { "model or matrix" }

  init(argument value: Value, card: ParameterCard) throws {
    switch value {
    case .array: self = .weights(try WeightsArgument(argument: value, card: card))
    case .object: self = .model(try LinearClassifier(argument: value, card: card))
    default: throw Self.mismatch(value, card)
    }
  }
}
