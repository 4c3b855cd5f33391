import Text
import Interpreter
import SVMEngine

/// `init=`: a scale for normal draws, or the weights.
struct InitialWeightsArgument: CommandArgument {
  /// As they were given; a vector is one column.
  private let weights: InitialWeights
  private let isVector: Bool

  static var typeName: String { "number or matrix" }

  init(_ weights: InitialWeights) {
    self.weights = weights
    isVector = false
  }

  /// The weights, D×K, that are given in a layout.
  func weights(in layout: Layout) -> InitialWeights {
    guard case .matrix(let matrix) = weights, !isVector else { return weights }
    return .matrix(layout.convert(matrix))
  }

  init(argument value: Value, card: ParameterCard) throws {
    switch value {
    case .number(let scale):
      guard scale.isFinite, scale >= 0 else {
        throw Failure("'\(card.name)' must be at least 0, not \(NumberText.shortest(scale))")
      }
      weights = .normal(scale)
      isVector = false
    case .array(let array) where !array.isMask:
      // A vector is one column: the weights of the binary reduction.
      let matrix = array.rank == 1 ? array.reshaped(rank: 2, rows: array.count, columns: 1) : array
      weights = .matrix(try matrix.matrix)
      isVector = array.rank == 1
    default: throw Self.mismatch(value, card)
    }
  }

  var argumentText: String? {
    if case .normal(let scale) = weights { return NumberText.shortest(scale) }
    return nil
  }
}
