import Interpreter
import LinearAlgebra
import SVMEngine

/// A model, or a matrix of weights.
enum ModelOrWeights: CommandArgument {
  case model(LinearClassifier)
  case weights(Matrix)

  static var typeName: String { "model or matrix" }

  init(argument value: Value, card: ParameterCard) throws {
    switch value {
    case .array(let array): self = .weights(try array.matrix)
    case .object: self = .model(try LinearClassifier(argument: value, card: card))
    default: throw Self.mismatch(value, card)
    }
  }
}
