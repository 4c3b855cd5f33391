import LinearAlgebra

/// How a run moves its weights, which stand in the run's parameters: W row by row, then b where it
/// is trained apart.
protocol RunMode: AnyObject {
  /// Starts from the weights in the parameters, or goes on with them.
  ///
  /// - Parameter state: what it remembered when it stopped; nil at first, and where that is not
  ///   known.
  /// - Returns: what is known of the objective at these weights; nil where nothing new is.
  /// - Throws: `StateMismatch` where the state is of another run.
  func begin(from state: SavedState?) throws -> Certificate?
  /// Update t of a run that has its pass over the data to itself.
  ///
  /// - Parameter rows: the batch; nil for all rows.
  /// - Throws: `Interrupted`; the run stands as before.
  func update(_ t: Int, rows: [Int]?) throws -> Update
  /// Brings the parameters up to date, where updates leave that for later.
  func settle()
  /// What is known of the weights that a run ends with, where its last update did not look.
  func conclude() throws -> Certificate?
  /// What it remembers besides the weights.
  var state: SavedState? { get }
  /// The steps that gradients of a pass shared with other runs can be given to; nil where the mode
  /// makes passes of its own.
  var sharedSteps: GradientSteps? { get }
}

/// What an update found.
enum Update {
  /// J of its batch, before its step; where that is not finite, nothing was changed.
  case step(loss: Double)
  /// What is known of J after it.
  case iteration(Certificate)
}

extension RunMode {
  func settle() {}
  func conclude() throws -> Certificate? { nil }
  var sharedSteps: GradientSteps? { nil }
}
