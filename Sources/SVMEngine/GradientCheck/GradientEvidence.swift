import LinearAlgebra
import Text

/// The entries of a failed check, with the terms that known mistakes add or drop: the gradient of
/// the penalty, and the effect of each slip in the slopes of the loss.
struct GradientEvidence {
  /// A checked entry, with these terms.
  struct Point {
    let entry: GradientCheck.Entry
    /// ∂R of the loss under test.
    var penalty = 0.0
    /// The same with the bias row as part of R.
    var penaltyWithBias = 0.0
    /// The change of the entry by each slip.
    var shifts = [Double](repeating: 0, count: SlopeSlip.allCases.count)
    /// The numerical slope at the transposed position.
    var mirrored = Double.nan

    /// The change of the entry by one slip.
    func shift(_ slip: SlopeSlip) -> Double { shifts[slip.rawValue] }
  }

  let setting: GradientSetting
  /// The factor of R in the loss under test, relative to the objective: ½ for half-l2 where the
  /// objective has l2.
  private(set) var penaltyScale = 1.0
  private(set) var points: [Point]
  private let isSquare: Bool

  /// The evidence from the checked entries of a gradient at `W`, where the function under test has
  /// the value `loss`; nil where W does not fit the objective and the data.
  init?(
    _ entries: [GradientCheck.Entry], at W: Matrix, loss: Double, _ setting: GradientSetting
  ) throws {
    self.setting = setting
    // Entries with a harmless cause are left out: there the numerical slope is unreliable.
    points =
      Self.some(entries.filter { $0.verdict == .wrong })
      + Self.some(entries.filter { $0.verdict == .ok })
    let (weights, bias) = setting.parts(of: W)
    let objective = setting.objective
    guard
      (try? objective.checkShapes(weights, setting.features, labels: setting.labels, rows: nil))
        != nil
    else { return nil }
    isSquare = W.rows == W.columns
    try addPenalty(weights, bias: bias, loss: loss)
    try addShifts(weights, bias: bias)
  }

  /// At most 400 of the entries, evenly spread. That is enough to find a cause, and each costs a
  /// pass over all slips of all samples.
  private static func some(_ entries: [GradientCheck.Entry]) -> [Point] {
    let step = max(1, (entries.count + 399) / 400)
    return stride(from: 0, to: entries.count, by: step).map { Point(entry: entries[$0]) }
  }

  /// Fills in ∂R. The user's function may have another factor of R than the objective, or leave the
  /// bias out: the first form that reproduces its value is taken.
  private mutating func addPenalty(_ weights: Matrix, bias: Double, loss: Double) throws {
    let data = try setting.objective.value(
      weights, bias: bias, setting.features, labels: setting.labels
    ).dataLoss
    var forms: [(scale: Double, sparesBias: Bool)] = []
    let spares = setting.objective.sparesLastRow
    for scale in [1, 0.5, 2] {
      forms.append((scale, spares))
      if setting.biasRow != nil { forms.append((scale, !spares)) }
    }
    func term(sparesBias: Bool) -> (value: Double, gradient: Matrix) {
      var objective = setting.objective
      objective.sparesLastRow = sparesBias
      var gradient = Matrix(rows: weights.rows, columns: weights.columns)
      let value = gradient.withMutableEntries { gradient in
        weights.withEntries {
          objective.addPenalty($0, columns: weights.columns, gradient: gradient)
        }
      }
      return (value, gradient)
    }
    let form =
      forms.first { form in
        let value = data + form.scale * term(sparesBias: form.sparesBias).value
        return abs(value - loss) <= 1e-9 * max(abs(value), abs(loss))
      } ?? forms[0]
    penaltyScale = form.scale
    let its = term(sparesBias: form.sparesBias).gradient
    let whole = term(sparesBias: false).gradient
    for i in points.indices where points[i].entry.row < weights.rows {
      let (row, column) = (points[i].entry.row, points[i].entry.column)
      points[i].penalty = form.scale * its[row, column]
      points[i].penaltyWithBias = form.scale * whole[row, column]
    }
  }

  /// Fills in the effect of each slip, in one pass over the samples.
  private mutating func addShifts(_ weights: Matrix, bias: Double) throws {
    let (objective, features) = (setting.objective, setting.features)
    let scores = try Products.scores(features, weights, precision: .double)
    let scale = objective.dataScale(batch: features.rows, total: features.rows)
    let width = weights.columns
    for i in 0..<features.rows {
      try Interruption.check()
      let y = setting.labels[i]
      let weight = scale * (objective.classWeights?[y] ?? 1)
      let row = scores.withEntries { $0[i * width..<(i + 1) * width].map { $0 + bias } }
      let subgradient = objective.loss.textbook(row, label: y).subgradient
      let x = features.row(i)
      for slip in SlopeSlip.allCases {
        guard let changed = slip.applied(to: subgradient, label: y) else { continue }
        for p in points.indices {
          let entry = points[p].entry
          let change = changed[entry.column] - subgradient[entry.column]
          if change == 0 { continue }
          points[p].shifts[slip.rawValue] +=
            weight * change * (entry.row < x.count ? x[entry.row] : 1)
        }
      }
    }
  }

  /// Up to 20 wrong and 20 right points, with the numerical slopes at their transposed positions;
  /// nil where W is not square.
  func mirrored(_ slope: (Int, Int) throws -> Double) rethrows -> GradientEvidence? {
    guard isSquare else { return nil }
    var some = self
    // Every slope costs two calls of the function under test.
    some.points = [GradientCheck.Verdict.wrong, .ok].flatMap { verdict in
      points.filter { $0.entry.verdict == verdict }.prefix(20)
    }
    for i in some.points.indices {
      let entry = some.points[i].entry
      some.points[i].mirrored = try slope(entry.column, entry.row)
    }
    return some
  }

  /// The sentence of the first mistake that explains every entry; nil where none does.
  func cause(among mistakes: [GradientMistake], tolerance: Double) -> String? {
    // Two mistakes may differ by less than the tolerance: a term divided by N is almost a missing
    // one. Most numerical slopes are accurate enough for a tighter one, which is tried first.
    let found =
      first(of: mistakes, tolerance: min(tolerance, 1e-7))
      ?? first(of: mistakes, tolerance: tolerance)
    return found?.sentence(self)
  }

  /// The first mistake that reproduces the gradient at every entry, the right ones included, and
  /// that at least two wrong entries support.
  private func first(of mistakes: [GradientMistake], tolerance: Double) -> GradientMistake? {
    mistakes.first { mistake in
      guard mistake.isPossible(self) else { return false }
      var support = 0
      for point in points {
        let entry = point.entry
        let expected = mistake.makes(entry.numerical, point, self)
        // The error bound of the numerical slope, as the mistake amplifies it.
        let slack = max(
          entry.slack,
          abs(mistake.makes(entry.numerical + entry.slack, point, self) - expected))
        let miss = abs(expected - entry.analytic)
        let allowed = tolerance * (abs(expected) + abs(entry.analytic)) + slack
        guard miss <= allowed else { return false }
        if entry.verdict == .wrong && abs(entry.analytic - entry.numerical) > 8 * slack {
          support += 1
        }
      }
      return support >= 2
    }
  }

  /// The penalty's term in the gradient, times a factor, as the user would write it: `2·reg·W`.
  func penaltyTerm(times factor: Double = 1) -> String {
    let penalty = setting.objective.penalty
    let (own, term): (Double, String)
    switch (penalty.magnitudes, penalty.squares) {
    case (nil, let c?) where setting.objective.sumWeight != nil: (own, term) = (c.factor, "W")
    case (nil, let c?): (own, term) = (c.factor, "\(c.option)·W")
    case (let a?, nil): (own, term) = (a.factor, "\(a.option)·sign(W)")
    case (let a?, let c?): (own, term) = (1, "(\(a.text)·sign(W) + \(c.text)·W)")
    case (nil, nil): (own, term) = (1, "∇R")
    }
    let product = own * factor * penaltyScale
    return switch product {
    case 1: term
    case 0.5: "½·" + term
    case 0.25: "¼·" + term
    default: NumberText.shortest(product) + "·" + term
    }
  }
}
