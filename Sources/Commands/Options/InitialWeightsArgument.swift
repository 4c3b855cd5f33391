import Text
import Interpreter
import SVMEngine

/// `init=`: a scale for normal draws, or the weights.
struct InitialWeightsArgument: CommandArgument {
  let weights: InitialWeights

  static var typeName: String { "number or matrix" }

  init(_ weights: InitialWeights) { self.weights = weights }

  init(argument value: Value, card: ParameterCard) throws {
    switch value {
    case .number(let scale):
      guard scale.isFinite, scale >= 0 else {
        throw Failure("'\(card.name)' must be at least 0, not \(NumberText.shortest(scale))")
      }
      weights = .normal(scale)
    case .array(let array) where !array.isMask:
      // A vector is one column: the weights of the binary reduction.
      let matrix = array.rank == 1 ? array.reshaped(rank: 2, rows: array.count, columns: 1) : array
      weights = .matrix(try matrix.matrix)
    default: throw Self.mismatch(value, card)
    }
  }

  var argumentText: String? {
    if case .normal(let scale) = weights { return NumberText.shortest(scale) }
    return nil
  }
}
