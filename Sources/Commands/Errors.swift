import Datasets
import Interpreter
import Language
import LinearAlgebra
import SVMEngine

// Conformances that give errors of lower layers their help and exit status.

extension Advice {
  /// The sentence, with options and steps as a user types them.
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

  /// `data` for errors of the data, else `runtime`.
  public var category: Diagnostic.Category { kind == .data ? .data : .runtime }
}

extension Diverged: DescribedError {
  /// The way out as it is typed; where steps are too long, also that of a loop over many.
  public var help: String? {
    switch reason {
    case .data, .initialWeights: advice.typed
    case .penalty, .step:
      advice.typed
        + "; a loop goes on with `try { … } catch problem { … }`, and `tune` with the other "
        + "combinations by itself"
    }
  }
  /// The description, with its numbers.
  public var message: String { description }
}

extension DataError: DescribedError {
  /// The description, which begins with the file and the line.
  public var sentence: String { description }
  /// `data`: an error of data or files.
  public var category: Diagnostic.Category { .data }
}

extension ShapeMismatch: DescribedError {
  /// The description, with both shapes.
  public var message: String { description }
}
