import Text

/// A common mistake in a gradient: how it changes an entry, and how to fix it.
struct GradientMistake: Sendable {
  typealias Point = GradientEvidence.Point

  /// What is wrong, and how to fix it.
  let sentence: @Sendable (GradientEvidence) -> String
  /// Whether the mistake is possible for the objective and the data.
  let isPossible: @Sendable (GradientEvidence) -> Bool
  /// The entry that a gradient with the mistake has where n is right.
  let makes: @Sendable (_ n: Double, Point, GradientEvidence) -> Double

  init(
    _ sentence: @escaping @Sendable (GradientEvidence) -> String,
    where isPossible: @escaping @Sendable (GradientEvidence) -> Bool = { _ in true },
    makes: @escaping @Sendable (_ n: Double, Point, GradientEvidence) -> Double
  ) {
    self.sentence = sentence
    self.isPossible = isPossible
    self.makes = makes
  }

  /// A slip in the slopes of every sample.
  private init(
    _ slip: SlopeSlip, where isPossible: @escaping @Sendable (GradientEvidence) -> Bool,
    _ sentence: @escaping @Sendable (GradientEvidence) -> String
  ) {
    self.init(sentence, where: isPossible) { n, point, _ in n + point.shift(slip) }
  }

  /// All known mistakes but `transposed`, the most specific first: where two explain all entries,
  /// the first is reported. n − r is the data's part of an entry n, with r the gradient of the
  /// penalty.
  static let all: [GradientMistake] =
    ofTheBiasRow + ofThePenalty + ofTheColumns + ofTheMean + ofTheWhole + ofTheData

  /// It needs numerical slopes at other positions, and so is tried last.
  static let transposed = GradientMistake(
    { _ in "the gradient is transposed: its entry [i, j] stands at [j, i]" },
    makes: { _, point, _ in point.mirrored })

  // MARK: The penalty

  private static let ofTheBiasRow = [
    GradientMistake {
      "the gradient lacks the term of the penalty in the bias row, and the loss has it there: add "
        + "\($0.penaltyTerm()) to that row, too"
    } where: {
      isRightElsewhere($0)
    } makes: { n, point, evidence in
      isBias(point, evidence) ? n - point.penaltyWithBias : n
    },
    GradientMistake {
      "the gradient has the term of the penalty in the bias row, and the loss leaves the bias out: "
        + "add \($0.penaltyTerm()) to the other rows only"
    } where: {
      isRightElsewhere($0)
    } makes: { n, point, evidence in
      isBias(point, evidence) ? n + point.penaltyWithBias : n
    },
  ]

  private static let ofThePenalty = [
    GradientMistake {
      "the gradient lacks the term of the penalty, \($0.penaltyTerm()): add it"
    } makes: { n, point, _ in
      n - point.penalty
    },
    GradientMistake {
      "the gradient has the term of the penalty twice: it is \($0.penaltyTerm()), not "
        + $0.penaltyTerm(times: 2)
    } makes: { n, point, _ in
      n + point.penalty
    },
    GradientMistake {
      "the gradient has half of the term of the penalty: it is \($0.penaltyTerm()), not "
        + $0.penaltyTerm(times: 0.5)
    } makes: { n, point, _ in
      n - point.penalty / 2
    },
    GradientMistake {
      "the term of the penalty has the wrong sign: add \($0.penaltyTerm()), don't subtract it"
    } makes: { n, point, _ in
      n - 2 * point.penalty
    },
    GradientMistake {
      "the term of the penalty is divided by N: divide the data's part by N first, then add "
        + $0.penaltyTerm()
    } where: {
      isMean($0)
    } makes: { n, point, evidence in
      n - point.penalty + point.penalty / samples(evidence)
    },
  ]

  // MARK: The columns of the classes

  private static let ofTheColumns = [
    GradientMistake(.nothingAtTruth, where: { counts($0) }) { _ in
      "the term −count·x of the true class is missing: for every class that violates the margin, "
        + "subtract x in the true class's column, too"
    },
    GradientMistake(.nothingAtTruth, where: { !counts($0) }) { _ in
      "the true class's column lacks its term: x times the slope at the true class"
    },
    GradientMistake(.minusOneAtTruth, where: { counts($0) }) { minusOne($0) },
    GradientMistake(.minusOneWhereViolated, where: { counts($0) }) { minusOne($0) },
    GradientMistake(.oneLessAtTruth, where: { counts($0) }) { _ in
      "the true class is counted among those that violate the margin: leave it out of the count"
    },
    GradientMistake(.oneMoreAtTruth, where: { $0.setting.objective.loss is Softmax }) { _ in
      "the 1 of the true class is missing: the slopes are p − onehot(y), not p"
    },
    GradientMistake(.nothingElsewhere, where: { counts($0) }) { _ in
      "the columns of the wrong classes lack their terms: add x in the column of every class that "
        + "violates the margin"
    },
    GradientMistake(.nothingElsewhere, where: { !counts($0) }) { _ in
      "the columns of the wrong classes lack their terms: x times the slope at each class"
    },
  ]

  private static func minusOne(_ evidence: GradientEvidence) -> String {
    "the true class's column gets −1·x of a sample, and must get −count·x: subtract x once for "
      + "every class that violates the margin"
  }

  // MARK: Factors

  private static let ofTheMean = [
    GradientMistake {
      "the data's part is not divided by N: divide the sum over the samples by "
        + NumberText.shortest(samples($0))
    } where: {
      isMean($0)
    } makes: { n, point, evidence in
      point.penalty + samples(evidence) * (n - point.penalty)
    },
    GradientMistake {
      "the data's part is divided by N twice: divide the sum over the samples by "
        + "\(NumberText.shortest(samples($0))) once"
    } where: {
      isMean($0)
    } makes: { n, point, evidence in
      point.penalty + (n - point.penalty) / samples(evidence)
    },
  ]

  private static let ofTheWhole = [
    GradientMistake { _ in
      "the whole gradient is twice what it must be: halve it"
    } makes: { n, _, _ in
      2 * n
    },
    GradientMistake { _ in
      "the whole gradient is half of what it must be: double it"
    } makes: { n, _, _ in
      n / 2
    },
    GradientMistake { _ in
      "the whole gradient has the wrong sign: turn it around"
    } makes: { n, _, _ in
      -n
    },
    GradientMistake { _ in
      "the gradient is 0 everywhere: nothing was added to it"
    } makes: { _, _, _ in
      0
    },
  ]

  /// Without a penalty these are mistakes of the whole gradient.
  private static let ofTheData = [
    GradientMistake { _ in
      "the data's part is twice what it must be: halve it"
    } makes: { n, point, _ in
      2 * n - point.penalty
    },
    GradientMistake { _ in
      "the data's part is half of what it must be: double it"
    } makes: { n, point, _ in
      (n + point.penalty) / 2
    },
    GradientMistake { _ in
      "the data's part has the wrong sign: turn it around"
    } makes: { n, point, _ in
      2 * point.penalty - n
    },
    GradientMistake { _ in
      "the gradient has the term of the penalty and nothing else: add the data's part"
    } makes: { _, point, _ in
      point.penalty
    },
  ]

  // MARK: Conditions

  private static func isBias(_ point: Point, _ evidence: GradientEvidence) -> Bool {
    point.entry.row == evidence.setting.biasRow
  }

  /// Whether an entry outside of the bias row is right and has a term of the penalty.
  private static func isRightElsewhere(_ evidence: GradientEvidence) -> Bool {
    evidence.points.contains {
      $0.entry.verdict == .ok && !isBias($0, evidence) && $0.penaltyWithBias != 0
    }
  }

  private static func samples(_ evidence: GradientEvidence) -> Double {
    Double(evidence.setting.features.rows)
  }

  /// Whether the data's part is a mean of more than two samples. With two, dividing by N is
  /// halving.
  private static func isMean(_ evidence: GradientEvidence) -> Bool {
    evidence.setting.objective.sumWeight == nil && samples(evidence) > 2
  }

  /// Whether the slope at the true class is minus the number of classes that violate the margin.
  private static func counts(_ evidence: GradientEvidence) -> Bool {
    evidence.setting.objective.loss.structure?.countsViolations ?? false
  }
}
