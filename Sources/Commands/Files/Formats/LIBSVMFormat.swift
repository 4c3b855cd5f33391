import Datasets
import Interpreter
import Text

/// `.libsvm`, the text of LIBSVM and LIBLINEAR.
enum LIBSVMFormat: SavedFormat {
  static let ending = "libsvm"
  static let holds = "a dataset"

  static func write(_ value: Value, to path: String) throws -> String? {
    guard let data = object(of: value) as? Dataset else {
      throw Unfit(help: object(of: value) is Split ? "name a part of it: .train" : nil)
    }
    try LIBSVMFile.write(dataset: data, to: path)
    return try data.textRemark(isNamed: LIBSVMFile.keepsNames(of: data))
  }

  private static func object(of value: Value) -> (any ObjectValue)? {
    if case .object(let box) = value { box.object } else { nil }
  }
}
