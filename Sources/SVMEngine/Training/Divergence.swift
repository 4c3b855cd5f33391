import Text

/// A warning before a run that must diverge on any data: with a constant step, the penalty alone
/// makes the weights grow.
///
/// With ∇R = cW a step multiplies W by 1 − ηc: |1 − ηc| > 1 where ηc > 2. With momentum β the bound
/// is 2(1 + β).
public struct DivergenceWarning: Sendable, Equatable {
  /// η.
  public let rate: Double
  /// c.
  public let l2Coefficient: Double
  /// The bound that η·c exceeds.
  public let bound: Double
  /// The formula of c: "2·reg".
  public let shrinkageText: String

  /// The factor of the weights in a step without momentum: |1 − ηc|.
  public var factor: Double { abs(1 - rate * l2Coefficient) }

  /// One sentence with the numbers.
  public var description: String {
    let product = NumberText.shortest(rounded(rate * l2Coefficient))
    let limit = NumberText.shortest(rounded(bound))
    let must = "this must diverge: lr·\(shrinkageText) = \(product) is above \(limit)"
    return bound == 2
      ? "\(must), so that every step multiplies the weights by "
        + "\(NumberText.shortest(rounded(factor))) or more"
      : must
  }

  /// What helps.
  public var help: String {
    "take lr below \(NumberText.shortest(rounded(bound / l2Coefficient))), or a smaller penalty"
  }

  private func rounded(_ x: Double) -> Double {
    let scaled = (x * 1e6).rounded() / 1e6
    return scaled == 0 || !scaled.isFinite ? x : scaled
  }

  /// A warning from its parts.
  package init(rate: Double, l2Coefficient: Double, bound: Double, shrinkageText: String) {
    self.rate = rate
    self.l2Coefficient = l2Coefficient
    self.bound = bound
    self.shrinkageText = shrinkageText
  }

  /// Nil where no divergence is predicted.
  init?(_ rule: any UpdateRule, _ schedule: any Schedule, rate: Double, _ objective: Objective) {
    let c = objective.penalty.l2Coefficient
    guard schedule.isConstant, rate * c > rule.stabilityBound else { return nil }
    self.rate = rate
    l2Coefficient = c
    bound = rule.stabilityBound
    if objective.sumWeight != nil {
      shrinkageText = "1"
    } else {
      shrinkageText = objective.penalty.squares?.text ?? ""
    }
  }
}

/// A run whose loss is no longer finite.
public struct Diverged: Error, Sendable, CustomStringConvertible {
  /// The cause.
  public enum Reason: Sendable, Equatable {
    /// The step is too long for the penalty.
    case penalty(DivergenceWarning)
    /// A feature of the data is NaN or infinite.
    case data(row: Int, column: Int)
    /// The given initial weights are not finite.
    case initialWeights
    /// The step is too long for the data; its length is the user's choice, or the solver's own.
    case step(hasRate: Bool)
  }

  /// The number of updates before the loss was not finite.
  public let iteration: Int
  /// The last loss that was finite, and its iteration; nil where none was.
  public let lastFinite: (iteration: Int, loss: Double)?
  /// The cause.
  public let reason: Reason

  /// A divergence from its facts.
  package init(iteration: Int, lastFinite: (iteration: Int, loss: Double)?, reason: Reason) {
    self.iteration = iteration
    self.lastFinite = lastFinite
    self.reason = reason
  }

  /// One sentence.
  public var description: String {
    var text = "the loss is no longer finite at iteration \(iteration)"
    if let lastFinite {
      text += " (the last finite one was \(lastFinite.loss) at iteration \(lastFinite.iteration))"
    }
    switch reason {
    case .penalty(let warning): return text + ": \(warning.description)"
    case .data(let row, let column):
      return text + ": the data have a value that is not finite in row \(row), column \(column)"
    case .initialWeights: return text + ": the initial weights are not finite"
    case .step: return text + ": the steps are too long"
    }
  }

  /// What helps.
  public var advice: Advice {
    switch reason {
    case .penalty(let warning): "\(warning.help)"
    case .data: "remove or replace such rows first"
    case .initialWeights: "give finite weights as \(option: "init")"
    case .step(let hasRate):
      hasRate
        ? "take a smaller \(option: "lr"), or \(.standardize)"
        : "\(.standardize), or give the penalty a larger weight"
    }
  }
}
