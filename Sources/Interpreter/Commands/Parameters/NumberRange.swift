import Text

/// An interval of numbers, each end open or closed.
public struct NumberRange: Sendable, Equatable {
  /// The lower end.
  public var lower: Double
  /// The upper end.
  public var upper: Double
  /// Whether `lower` itself is left out.
  public var isLowerOpen: Bool
  /// Whether `upper` itself is left out.
  public var isUpperOpen: Bool

  /// An interval.
  public init(
    _ lower: Double, _ upper: Double, isLowerOpen: Bool = false, isUpperOpen: Bool = false
  ) {
    self.lower = lower
    self.upper = upper
    self.isLowerOpen = isLowerOpen
    self.isUpperOpen = isUpperOpen
  }

  /// Any number, infinities included, but not nan.
  public static let any = NumberRange(-.infinity, .infinity)
  /// Above 0.
  public static let positive = NumberRange(
    0, .infinity, isLowerOpen: true, isUpperOpen: true)
  /// 0 or above.
  public static let nonNegative = NumberRange(0, .infinity, isUpperOpen: true)
  /// Finite numbers.
  public static let finite = NumberRange(
    -.infinity, .infinity, isLowerOpen: true, isUpperOpen: true)
  /// Whole numbers from 1 on (for whole-number types).
  public static let atLeastOne = NumberRange(1, .infinity)

  /// Whether `x` is in the interval; nan never is.
  public func contains(_ x: Double) -> Bool {
    (isLowerOpen ? x > lower : x >= lower) && (isUpperOpen ? x < upper : x <= upper)
  }

  /// `above 0`, `at least 1`, `from 0 to 1`; nil where any number is allowed.
  public var text: String? {
    let low = NumberText.shortest(lower)
    let high = NumberText.shortest(upper)
    switch (lower > -.infinity, upper < .infinity) {
    case (false, false): return isUpperOpen ? "finite" : nil
    case (true, false):
      return isLowerOpen ? "above \(low)\(isUpperOpen ? "" : ", or inf")" : "at least \(low)"
    case (false, true): return isUpperOpen ? "below \(high)" : "at most \(high)"
    case (true, true):
      return "\(isLowerOpen ? "above" : "from") \(low) \(isUpperOpen ? "to below" : "to") \(high)"
    }
  }
}
