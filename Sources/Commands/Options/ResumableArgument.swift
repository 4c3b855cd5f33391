import Interpreter
import SVMEngine

/// What `resume` goes on with: a model, or the table of a `tune` that was interrupted.
enum ResumableArgument: CommandArgument {
  case model(LinearClassifier)
  case search(TuningTable, TuningState)

  static var typeName: String { "model or table" }

  init(argument value: Value, card: ParameterCard) throws {
    guard case .object(let box) = value else { throw Self.mismatch(value, card) }
    switch box.object {
    case let model as LinearClassifier: self = .model(model)
    case let table as TuningTable:
      guard let state = table.result.state else {
        throw Failure(
          "the table is complete: there is nothing to go on with",
          help: "its best model is .model, which can be trained further")
      }
      self = .search(table, state)
    default: throw Self.mismatch(value, card)
    }
  }
}
