import Datasets
import Interpreter
import Language
import LinearAlgebra
import SVMEngine

// Errors of the layers below get their place and exit status here, where they meet the language.

extension EngineError: DescribedError {
  /// Data trouble has a status of its own.
  public var category: Diagnostic.Category { kind == .data ? .data : .runtime }
}

extension Diverged: DescribedError {
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
