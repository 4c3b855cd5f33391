import LinearAlgebra
import SVMEngine

/// A stop of a training run after some updates, as if the user had stopped it there.
final class PlannedStop {
  private let limit: Int?
  private var step: Int
  private let shown: TrainingProgress?
  /// Whether it has come.
  private(set) var hasCome = false

  /// A stop after `limit` updates, nil for none; a run that goes on has made `step` already.
  init(after limit: Int?, from step: Int = 0, _ shown: TrainingProgress?) {
    self.limit = limit
    self.step = step
    self.shown = shown
  }

  /// What a run calls after each update.
  var progress: TrainingProgress? {
    if limit == nil { return shown }
    return { [self] step, total, loss in
      self.step = step
      shown?(step, total, loss)
    }
  }

  /// What a run asks before each update.
  func isDue() -> Bool {
    if let limit, step >= limit {
      hasCome = true
      return true
    }
    return Interruption.isRequested
  }
}
