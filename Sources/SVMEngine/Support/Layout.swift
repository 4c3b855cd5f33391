import LinearAlgebra

/// The layout in which W and X are passed.
public enum Layout: String, Sendable, CaseIterable {
  /// X is N×D and W is D×K, as in this engine.
  case rows
  /// X is D×N and W is K×D, the other convention of CS231n.
  case columns

  /// Converts a matrix between this layout and the engine's, in either direction: transposed for
  /// `columns`.
  public func convert(_ matrix: Matrix) -> Matrix {
    self == .rows ? matrix : matrix.transposed
  }
}
