import LinearAlgebra

/// The way in which a run moves its parameters: W row by row, D×K, and then b where it is separate.
protocol RunMode: AnyObject {
  /// Starts from the parameters, or resumes with them.
  ///
  /// - Parameter state: the state in which it stopped; nil for a new run, and where it is not
  ///   known.
  /// - Returns: the certificate of these parameters; nil where nothing new is known.
  /// - Throws: `StateMismatch` where the state is of another run; `EngineError` where a minimizer
  ///   can't start from the parameters; `MemoryRefused`, `Interrupted`.
  func begin(from state: SavedState?) throws -> Certificate?
  /// Update t of a run that has its pass over the data to itself.
  ///
  /// - Parameter rows: the batch; nil for all rows.
  /// - Throws: `MemoryRefused`, `Interrupted`. The parameters are then as before the update.
  func update(_ t: Int, rows: [Int]?) throws -> Update
  /// Updates the parameters, where updates leave that for later.
  func settle()
  /// Whether the last certificate is that of the present weights.
  var isEvaluated: Bool { get }
  /// The certificate of the final weights, where the last update did not evaluate them.
  func conclude() throws -> Certificate?
  /// What it stores besides the parameters.
  var state: SavedState? { get }
  /// Takes the sums of passes that are shared with other runs; nil where the mode makes passes of
  /// its own.
  var sharedSteps: GradientSteps? { get }
}

/// The result of an update.
enum Update {
  /// J of its batch before its step. Where that is not finite, the run has diverged: its weights
  /// may have moved, and are read no more.
  case step(loss: Double)
  /// The certificate of the weights after it.
  case iteration(Certificate)
}

extension RunMode {
  func settle() {}
  var isEvaluated: Bool { true }
  func conclude() throws -> Certificate? { nil }
  var sharedSteps: GradientSteps? { nil }
}
