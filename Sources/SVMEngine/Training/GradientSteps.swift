import LinearAlgebra

/// A run with one gradient step for each batch: an update rule with its step sizes.
final class GradientSteps: RunMode {
  // Copies of what every update reads: access through the plan would cost too much with small
  // batches.
  private let objective: Objective
  private let features: Features
  private let labels: [Int]
  private let precision: Precision
  private let schedule: any Schedule
  private let learningRate: Double
  /// The number of updates that the schedule is for.
  private let planned: Int
  /// D and K.
  private let rows, columns: Int
  private var rule: any UpdateRule
  private let parameters: Buffer
  /// The number of entries of W, and of those that R covers, which come first.
  private let count, penalized: Int
  /// The gradient, where a pass is shared with other runs.
  private lazy var ownGradient = Buffer(uninitialized: count)

  init(_ rule: any UpdateRule, _ plan: TrainingPlan, _ parameters: Buffer) {
    self.rule = rule
    self.parameters = parameters
    objective = plan.objective
    features = plan.data.features
    labels = plan.data.labels
    precision = plan.options.precision
    schedule = plan.schedule
    learningRate = plan.options.learningRate
    planned = plan.options.totalIterations
    (rows, columns) = (plan.rows, plan.columns)
    count = rows * columns
    penalized = objective.sparesLastRow ? max(count - columns, 0) : count
  }

  func begin(from state: SavedState?) throws -> Certificate? {
    if let state { try rule.restore(state, count: parameters.count) }
    return nil
  }

  var state: SavedState? { rule.state }
  var sharedSteps: GradientSteps? { self }

  /// As in `UpdateRule`; nil for rules on the whole data set.
  var plainStepRadius: Double? { rule.usesWholeSet ? nil : rule.plainStepRadius }

  /// η of update t.
  func rate(_ t: Int) -> Double {
    schedule.rate(t, base: learningRate, total: planned)
  }

  private var bias: Double { parameters.count > count ? parameters.pointer[count] : 0 }

  /// Loss, gradient and step in one pass over the batch.
  func update(_ t: Int, rows: [Int]?) throws -> Update {
    let part = FusedEngine.Part(
      objective: objective, columns: 0..<columns, bias: bias)
    let step = step(t, batch: rows?.count ?? features.rows)
    let sums = try FusedEngine.sums(
      [part], Matrix(rows: self.rows, columns: columns, sharing: parameters),
      features, labels, rows: rows, precision: precision,
      finish: step.take)
    return finish(step, lossSum: sums.losses[0], biasSum: sums.biasGradients[0])
  }

  /// An update from sums of a shared pass, in the columns from `offset` on of `width`.
  func update(
    _ t: Int, lossSum: Double, _ sums: UnsafeBufferPointer<Double>, width: Int, offset: Int,
    biasSum: Double, batch: Int
  ) -> Update {
    let g = ownGradient.pointer
    let K = columns
    for d in 0..<self.rows {
      for j in 0..<K { g[d * K + j] = sums[d * width + offset + j] }
    }
    let step = step(t, batch: batch)
    step.take(0..<count, g)
    return finish(step, lossSum: lossSum, biasSum: biasSum)
  }

  /// The step of an update. Any thread can take it for any entries of W once their sums are final
  /// and still in its cache. The gradient replaces the sums.
  struct Step: Sendable {
    /// The factor of sums over the batch.
    let scale: Double
    /// R before the step.
    let penalty: Double
    /// Takes the step for some entries of W.
    let take: @Sendable (Range<Int>, UnsafeMutablePointer<Double>) -> Void
    /// Takes the step for b.
    let takeBias: @Sendable (_ sum: Double) -> Void
  }

  /// The step of update t, for a batch of `batch` rows.
  ///
  ///     ∇ = scale · sum + ∇R
  private func step(_ t: Int, batch: Int) -> Step {
    let scale = objective.dataScale(batch: batch, total: features.rows)
    let (parameters, count, penalized) = (parameters, count, penalized)
    let penalty = objective.penalty
    let step = rule.step(count: parameters.count, rate: rate(t))
    return Step(
      scale: scale,
      penalty: penalty.value(UnsafeBufferPointer(start: parameters.pointer, count: penalized))
    ) { entries, g in
      // In parts that fit in the first-level cache.
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

  /// Ends an update, after the step of W.
  private func finish(_ step: Step, lossSum: Double, biasSum: Double) -> Update {
    let loss = lossSum * step.scale + step.penalty
    if loss.isFinite {
      step.takeBias(biasSum)
      rule.finish(parameters)
    }
    return .step(loss: loss)
  }
}
