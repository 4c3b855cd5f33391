import LinearAlgebra
import SVMEngine
import Text

/// A run whose loss has risen: its steps were too long for the data. It is found after the run,
/// since no bound before it is sharp.
struct RisingLoss {
  /// The factor from which a rise is one; below, losses of batches differ by chance.
  private static let factor = 2.0
  /// The samples whose losses are averaged at either end.
  private static let samples = 200

  private let first: Double
  private let last: Double
  /// 1 / ‖x‖², the mean over some rows, to one digit.
  private let rate: Double

  /// Nil where the loss has not risen, or the solver chooses its steps itself.
  init?(_ model: LinearClassifier, on features: Features) throws {
    let losses = model.history.loss
    guard model.options.solver.takesSteps, losses.count >= 10, features.rows > 0 else { return nil }
    let wanted = max(1, Self.samples / max(1, model.options.batchSize))
    let count = min(wanted, losses.count / 5)
    first = losses.prefix(count).reduce(0, +) / Double(count)
    last = losses.suffix(count).reduce(0, +) / Double(count)
    guard last > Self.factor * first, first > 0 else { return nil }
    let looks = min(features.rows, 100)
    var sum = 0.0
    for i in 0..<looks {
      try Interruption.check()
      sum += features.row(features.rows * i / looks).reduce(0) { $0 + $1 * $1 }
    }
    guard sum > 0, sum.isFinite else { return nil }
    let scale = Double(looks) / sum
    rate = Double(NumberText.short(scale, digits: 1)) ?? scale
  }

  /// `the loss rose from 21.89 to 5796: the steps are too long for these data`.
  var message: String {
    "the loss rose from \(NumberText.short(first, digits: 4)) to "
      + "\(NumberText.short(last, digits: 4)): the steps are too long for these data"
  }

  /// What helps.
  var help: String {
    "take a smaller lr, as lr=\(NumberText.short(rate)) (1/‖x‖² of their rows), or `standardize`"
  }
}
