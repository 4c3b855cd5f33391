import Datasets
import Interpreter
import SVMEngine

/// `.model`, LIBLINEAR's file of a model.
enum LIBLINEARFormat: SavedFormat {
  static let ending = "model"
  static let holds = "a model"

  static func write(_ value: Value, to path: String) throws -> String? {
    guard case .object(let box) = value, let model = box.object as? LinearClassifier else {
      throw Unfit()
    }
    try LIBLINEARModel.file(of: model).write(to: path)
    return "it holds weights for raw features, and no history or options"
  }

  static func read(_ path: String) throws -> Value? {
    .object(try LIBLINEARModel.model(of: try LIBLINEARFile(path: path)))
  }
}
