import Text

/// An objective before the data are known: a loss, a penalty and class weights.
///
///     J(W) = (1/N) Σ_i c_{y_i} L(s_i, y_i) + R(W)
///
/// ```swift
/// let usual = ObjectiveOptions(Hinge(), WestonWatkins(), penalty: L2(0.1))
/// let liblinear = ObjectiveOptions(SquaredHinge(), OneVsRest(), sumWeight: 1)
/// ```
public struct ObjectiveOptions: Sendable {
  /// L.
  public let loss: any ScoreLoss
  /// R.
  public let penalty: any Penalty
  /// C of LIBLINEAR's form ½‖W‖² + C Σ L; nil for the mean.
  public let sumWeight: Double?
  /// The factor of each sample's loss, by its class.
  public var classWeights = ClassWeights.none
  /// Whether R covers the bias row, where the data have one. It never covers the separate b of the
  /// binary reduction.
  public var regularizesBias = true
  /// The names and numbers behind it, for reports and files.
  package let choice: NamedObjective

  /// A margin function with a reduction, and a penalty.
  public init(
    _ margin: any MarginLoss = Hinge(), _ reduction: any Reduction = WestonWatkins(),
    penalty: any Penalty = L2(1e-5)
  ) {
    self.init(ReducedLoss(margin, reduction), penalty: penalty)
  }

  /// A loss of the whole score row, and a penalty.
  public init(_ loss: any ScoreLoss, penalty: any Penalty = L2(1e-5)) {
    self.init(loss, penalty: penalty, sumWeight: nil, choice: NamedObjective(loss, penalty))
  }

  /// LIBLINEAR's form ½‖W‖² + C Σ L of a margin function with a reduction, C = `sumWeight`.
  ///
  /// - Throws: `EngineError` where C is not above 0 and finite.
  public init(
    _ margin: any MarginLoss, _ reduction: any Reduction = OneVsRest(), sumWeight: Double
  ) throws {
    let loss = ReducedLoss(margin, reduction)
    try Self.check(sumWeight: sumWeight)
    self.init(
      loss, penalty: HalfL2(1), sumWeight: sumWeight, choice: NamedObjective(loss, nil))
  }

  init(
    _ loss: any ScoreLoss, penalty: any Penalty, sumWeight: Double?, choice: NamedObjective
  ) {
    self.loss = loss
    self.penalty = penalty
    self.sumWeight = sumWeight
    self.choice = choice
  }

  static func check(sumWeight: Double) throws {
    guard sumWeight > 0 && sumWeight.isFinite else {
      throw EngineError(.option, "'C' must be above 0, not \(NumberText.shortest(sumWeight))")
    }
  }

  /// Whether W has one column for two classes.
  public var isBinary: Bool { loss.isBinary }

  /// The objective for data of `classes` classes.
  ///
  /// - Parameters:
  ///   - labels: the class of each row, counted for balanced class weights.
  ///   - hasBiasRow: whether the last row of W is the bias.
  /// - Throws: `EngineError` where the loss or the class weights don't fit the number of classes.
  public func objective(
    classes: Int, labels: [Int], hasBiasRow: Bool
  ) throws -> Objective {
    try loss.check(classes: classes)
    return Objective(
      loss: loss, penalty: penalty,
      classWeights: try classWeights.resolved(classes: classes, labels: labels),
      sparesLastRow: !regularizesBias && hasBiasRow, sumWeight: sumWeight)
  }

  /// The objective for these data.
  ///
  /// - Throws: `EngineError` where the loss or the class weights don't fit the number of classes.
  public func objective(of data: TrainingData) throws -> Objective {
    try objective(
      classes: data.classCount, labels: data.labels,
      hasBiasRow: data.features.preparation.hasBias)
  }
}
