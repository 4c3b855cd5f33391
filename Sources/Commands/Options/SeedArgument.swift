import Interpreter

/// `seed=`: a whole number.
struct SeedArgument: CommandArgument {
  let seed: UInt64

  static var typeName: String { "whole number" }

  init(argument value: Value, card: ParameterCard) throws {
    var card = card
    card.range = .nonNegative
    seed = UInt64(try Int(argument: value, card: card))
  }
}
