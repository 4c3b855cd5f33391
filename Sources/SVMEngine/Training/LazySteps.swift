import LinearAlgebra

/// Plain steps on sparse rows, which cost what a batch has entries: the weights shrink as a whole.
/// The same as the steps of `GradientSteps`, but for rounding.
///
///     W ← (1 − ηc) W − η Σ x gᵀ,   c the penalty's l2Coefficient
///
/// Then W is projected into the ball, where there is one.
final class LazySteps {
  private let steps: GradientSteps
  private let objective: Objective
  private let weights: ShrinkingWeights
  private let radius: Double
  /// The run's parameters, which are behind until `settle`; but b, after W, is here.
  private let parameters: Buffer
  private let biasPlace: Int?
  /// Room for a batch.
  private var subgradient = Buffer(zeros: 0)
  private var losses = Buffer(zeros: 0)

  /// Nil where every step changes all weights: for other rules, penalties and rows, and where the
  /// norm that is kept beside does not know all that a ball is about. Dense rows that are mostly
  /// zeros are worth it where batches are small.
  ///
  /// - Throws: `MemoryRefused`.
  init?(
    _ steps: GradientSteps, _ objective: Objective, _ data: TrainingData, _ parameters: Buffer,
    columns: Int, batchSize: Int
  ) throws {
    guard let radius = steps.plainStepRadius, radius.isInfinite || !objective.sparesLastRow,
      objective.penalty.l1Coefficient == 0,
      data.features.storage is SparseMatrix || batchSize <= 8 && data.features.areSparseRows,
      let weights = try ShrinkingWeights(
        RowAccess(data.features), classes: columns, sparesBias: objective.sparesLastRow)
    else { return nil }
    self.steps = steps
    self.objective = objective
    self.weights = weights
    self.radius = radius
    self.parameters = parameters
    let count = data.features.columns * columns
    biasPlace = parameters.count > count ? count : nil
  }

  /// What going on to the same bits needs.
  var state: [[Double]] {
    get { weights.state }
    set { weights.state = newValue }
  }

  /// Takes the parameters over.
  func begin() { weights.read(from: parameters.pointer) }

  /// Brings the parameters up to date.
  func settle() { weights.write(to: parameters.pointer) }

  /// Update t.
  ///
  /// - Returns: J of the batch before it; where that is not finite, nothing is changed.
  func update(_ t: Int, _ batch: [Int], _ data: TrainingData) -> Double {
    let (K, objective, weights) = (weights.classes, objective, weights)
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
