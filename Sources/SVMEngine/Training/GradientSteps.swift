import LinearAlgebra

/// How gradients of batches move a run's weights: a rule, with its step sizes.
final class GradientSteps {
  private let objective: Objective
  private let options: TrainingOptions
  private let schedule: any Schedule
  private var rule: any UpdateRule
  /// The run's W row by row, then b where it is trained.
  private let parameters: Buffer
  /// Entries of W, and how many of them R covers; those come first.
  private let count, penalized: Int
  /// N.
  private let total: Int
  /// The length that schedules know.
  private let planned: Int

  /// For weights of so many columns.
  ///
  /// - Throws: `EngineError` where the objective or the schedule is nothing for the rule.
  init(
    _ rule: any UpdateRule, _ options: TrainingOptions, _ objective: Objective,
    _ data: TrainingData, _ parameters: Buffer, columns: Int, planned: Int
  ) throws {
    var rule = rule
    try rule.prepare(for: objective, data)
    schedule = try options.stepSchedule(rule, objective)
    self.rule = rule
    self.options = options
    self.objective = objective
    self.parameters = parameters
    self.planned = planned
    total = data.features.rows
    count = data.features.columns * columns
    penalized = objective.sparesLastRow ? max(count - columns, 0) : count
  }

  /// What the rule remembers.
  var memory: [[Double]] {
    get { rule.memory }
    set { rule.memory = newValue }
  }

  /// See `UpdateRule`.
  var plainStepRadius: Double? { rule.usesWholeSet ? nil : rule.plainStepRadius }

  /// Why the steps are too long for the penalty, where they are.
  var warning: DivergenceWarning? {
    DivergenceWarning(rule, schedule, rate: options.learningRate, objective)
  }

  /// η of update t.
  func rate(_ t: Int) -> Double {
    schedule.rate(t, base: options.learningRate, total: planned)
  }

  /// The step of an update, which any thread can take for any entries of W once their sums are
  /// final, while those are in its cache; the gradient takes their place.
  struct Step: Sendable {
    /// What sums over the batch are multiplied by.
    let scale: Double
    /// R at the weights before.
    let penalty: Double
    /// Takes the step of some entries of W.
    let take: @Sendable (Range<Int>, UnsafeMutablePointer<Double>) -> Void
    /// Takes that of b.
    let takeBias: @Sendable (_ sum: Double) -> Void
  }

  /// The step of update t, with a batch of so many rows.
  ///
  ///     ∇ = scale · sum + ∇R
  func step(_ t: Int, batch: Int) -> Step {
    let scale = objective.dataScale(batch: batch, total: total)
    let (parameters, count, penalized) = (parameters, count, penalized)
    let penalty = objective.penalty
    let step = rule.step(count: parameters.count, rate: rate(t))
    return Step(
      scale: scale,
      penalty: penalty.value(UnsafeBufferPointer(start: parameters.pointer, count: penalized))
    ) { entries, g in
      // So few at once that they stay in the first-level cache.
      for first in stride(from: entries.lowerBound, to: entries.upperBound, by: 1024) {
        let own = first..<min(first + 1024, entries.upperBound)
        let (w, g) = (parameters.pointer + first, g + first)
        for k in 0..<own.count { g[k] *= scale }
        let covered = min(own.upperBound, penalized) - first
        if covered > 0 {
          penalty.addGradient(
            UnsafeBufferPointer(start: w, count: covered),
            to: UnsafeMutableBufferPointer(start: g, count: covered))
        }
        step(own, w, g)
      }
    } takeBias: { sum in
      guard parameters.count > count else { return }
      withUnsafePointer(to: sum * scale) { step(count..<count + 1, parameters.pointer + count, $0) }
    }
  }

  /// What an update ends with, once its step was taken.
  func finish() { rule.finish(parameters) }
}
