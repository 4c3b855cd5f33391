import LinearAlgebra

/// Plain steps on sparse rows that cost O(entries of the batch · K), since the weights shrink as a
/// whole. Up to rounding they are the steps of `GradientSteps`.
///
///     W ← (1 − ηc) W − η Σ x gᵀ;   then projected onto the ball, where there is one
///
/// where c is the penalty's l2 coefficient.
final class LazySteps: RunMode {
  private let steps: GradientSteps
  private let plan: TrainingPlan
  private let weights: ShrinkingWeights
  private let radius: Double
  /// The run's parameters: W is outdated until `settle`, b after it is current.
  private let parameters: Buffer
  private let biasPlace: Int?
  /// Buffers for a batch.
  private var subgradient = Buffer(zeros: 0)
  private var losses = Buffer(zeros: 0)

  /// Nil where a step changes all weights: for other update rules, an l1 penalty, and dense or
  /// centered rows. Nil also for a ball where the bias is not penalized, since the stored norm
  /// leaves out the bias. Dense rows that are mostly zeros qualify where batches have at most 8
  /// rows.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  init?(_ steps: GradientSteps, _ plan: TrainingPlan, _ parameters: Buffer) throws {
    let (objective, features) = (plan.objective, plan.data.features)
    let batchSize = plan.options.batches?.first?.count ?? plan.options.batchSize
    guard let radius = steps.plainStepRadius, radius.isInfinite || !objective.sparesLastRow,
      objective.penalty.l1Coefficient == 0,
      features.storage is SparseMatrix || batchSize <= 8 && features.areSparseRows,
      let weights = try ShrinkingWeights(
        RowAccess(features), classes: plan.columns, sparesBias: objective.sparesLastRow)
    else { return nil }
    self.steps = steps
    self.plan = plan
    self.weights = weights
    self.radius = radius
    self.parameters = parameters
    biasPlace = plan.hasOwnBias ? plan.rows * plan.columns : nil
  }

  func begin(from state: SavedState?) throws -> Certificate? {
    weights.read(from: parameters.pointer)
    if let state { try weights.restore(state) }
    return nil
  }

  var state: SavedState? { weights.state }

  func settle() { weights.write(to: parameters.pointer) }

  func update(_ t: Int, rows: [Int]?) -> Update {
    .step(loss: update(t, rows ?? Array(0..<plan.data.features.rows)))
  }

  /// - Returns: J of the batch before the update. Where that is not finite, nothing changes.
  private func update(_ t: Int, _ batch: [Int]) -> Double {
    let (K, objective, weights, data) = (weights.classes, plan.objective, weights, plan.data)
    let bias = biasPlace.map { parameters.pointer[$0] } ?? 0
    if losses.count < batch.count {
      subgradient = Buffer(uninitialized: batch.count * K)
      losses = Buffer(uninitialized: batch.count)
    }
    let (subgradient, losses) = (subgradient, losses)
    Parallel.forEachBlock(of: batch.count, costEach: K * weights.meanEntries) { block in
      for r in block {
        let row = UnsafeMutableBufferPointer(start: subgradient.pointer + r * K, count: K)
        weights.scores(batch[r], into: subgradient.pointer + r * K)
        if bias != 0 { row[0] += bias }
        let label = data.labels[batch[r]]
        let c = objective.classWeights?[label] ?? 1
        losses.pointer[r] = c * objective.loss.replaceBySubgradient(row, label: label)
        for j in 0..<K { row[j] *= c }
      }
    }
    var (lossSum, biasSum) = (0.0, 0.0)
    for r in 0..<batch.count {
      lossSum += losses.pointer[r]
      biasSum += subgradient.pointer[r * K]
    }
    let scale = objective.dataScale(batch: batch.count, total: data.features.rows)
    let l2Coefficient = objective.penalty.l2Coefficient
    let loss = lossSum * scale + 0.5 * l2Coefficient * weights.squaredNorm
    guard loss.isFinite else { return loss }
    let rate = steps.rate(t)
    weights.shrink(by: 1 - rate * l2Coefficient)
    for i in 0..<batch.count * K { subgradient.pointer[i] *= -rate * scale }
    weights.add(batch, subgradient.pointer)
    if let biasPlace { parameters.pointer[biasPlace] -= rate * scale * biasSum }
    let norm = weights.squaredNorm.squareRoot()
    if norm > radius { weights.shrink(by: radius / norm) }
    return loss
  }
}
