import LinearAlgebra

/// Which way round W and X are handed over.
public enum Layout: String, Sendable, CaseIterable {
  /// X is N×D and W is D×K, as in this engine.
  case rows
  /// X is D×N and W is K×D, the other convention of the course's starter code.
  case columns

  /// A matrix that came in this layout as the engine has it, and the other way round: transposed
  /// for `columns`.
  public func convert(_ matrix: Matrix) -> Matrix {
    self == .rows ? matrix : matrix.transposed
  }
}
