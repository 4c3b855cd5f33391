import Datasets
import Interpreter
import SVMEngine

/// `.onnx`, a model for other programs.
enum ONNXFormat: SavedFormat {
  static let ending = "onnx"
  static let holds = "a model"

  static func write(_ value: Value, to path: String) throws -> String? {
    guard case .object(let box) = value, let model = box.object as? LinearClassifier else {
      throw Unfit()
    }
    guard let raw = RawWeights(model) else { throw RawWeights.unfit }
    try ONNXFile.write(
      weights: raw.ofEachClass, intercepts: raw.interceptsOfEachClass, classes: model.classes,
      to: path)
    return "it is for other programs, in single precision; `load` reads .npz and .json"
  }
}
