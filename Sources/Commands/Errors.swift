import Datasets
import Interpreter
import Language
import LinearAlgebra
import SVMEngine

// Errors of the layers below get their place and exit status here, where they meet the language.

extension Advice {
  /// The sentence with options and steps as they are typed.
  var typed: String {
    text { name, value in
      "`\(name)=\(value ?? "")`"
    } step: { step in
      switch step {
      case .addBias: "`add-bias` the data"
      case .prepareWholeSplit: "prepare the whole split: `d = center d`"
      case .mapLabels: "map labels 0 and 1 with `2 * y - 1`"
      case .standardize: "scale the features with `standardize`"
      case .transposeWeights: "W may be transposed: `W.T`"
      }
    }
  }
}

extension EngineError: DescribedError {
  /// The way out as it is typed.
  public var help: String? { advice?.typed }

  /// Data trouble has a status of its own.
  public var category: Diagnostic.Category { kind == .data ? .data : .runtime }
}

extension Diverged: DescribedError {
  /// The way out as it is typed.
  public var help: String? { advice.typed }
  /// The sentence with the numbers.
  public var message: String { description }
}

extension DataError: DescribedError {
  /// The file and the line come first.
  public var sentence: String { description }
  /// Data or file trouble.
  public var category: Diagnostic.Category { .data }
}

extension ShapeMismatch: DescribedError {
  /// Both shapes.
  public var message: String { description }
}
