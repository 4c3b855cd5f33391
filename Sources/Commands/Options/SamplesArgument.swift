import Interpreter
import SVMEngine

/// `samples=`: a number, or `all`.
struct SamplesArgument: CommandArgument {
  let samples: GradientCheck.Samples

  static var typeName: String { "whole number" }
  static var choices: [String] { ["all"] }

  init(_ samples: GradientCheck.Samples) { self.samples = samples }

  init(argument value: Value, card: ParameterCard) throws {
    if case .string(let box) = value {
      guard box.text == "all" else { throw Signature.notAChoice(box.text, card) }
      samples = .all
    } else {
      var card = card
      card.range = .atLeastOne
      samples = .count(try Int(argument: value, card: card))
    }
  }

  var argumentText: String? {
    switch samples {
    case .all: "all"
    case .count(let count): String(count)
    }
  }
}
