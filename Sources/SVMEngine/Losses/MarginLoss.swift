/// A margin function φ: what a margin a costs. Every reduction makes a loss of a score row from it.
///
/// At a point where φ has no derivative, `slope` is 0 (for the hinge: the strict indicator).
public protocol MarginLoss: Sendable {
  /// Its name in the catalog.
  var name: String { get }
  /// φ(a). NaN for NaN, so that a bad score can't hide.
  func value(_ a: Double) -> Double
  /// φ′(a), and 0 where there is none.
  func derivative(_ a: Double) -> Double
  /// The margins at which φ has no derivative.
  var kinks: [Double] { get }
  /// The margins at which φ changes its formula: the kinks, and where φ″ jumps.
  var breakpoints: [Double] { get }
  /// Whether φ is convex.
  var isConvex: Bool { get }
  /// Whether φ never rises: a larger margin never costs more.
  var neverRises: Bool { get }
  /// What its conjugate is, where that is a parabola on a box; nil for others.
  var dualForm: DualForm? { get }
  /// Puts φ′ in the place of each margin, and returns the sum of φ over them, added in order.
  func replaceByDerivatives(_ margins: UnsafeMutableBufferPointer<Double>) -> Double
}

extension MarginLoss {
  /// The kinks, where a loss names no others.
  public var breakpoints: [Double] { kinks }
  /// True, where a loss does not say otherwise.
  public var isConvex: Bool { true }
  /// True, where a loss does not say otherwise.
  public var neverRises: Bool { true }
  /// Nil, where a loss does not say otherwise.
  public var dualForm: DualForm? { nil }
  /// Whether φ has a derivative everywhere.
  public var isSmooth: Bool { kinks.isEmpty }

  /// One margin after the other.
  public func replaceByDerivatives(_ margins: UnsafeMutableBufferPointer<Double>) -> Double {
    var sum = 0.0
    for j in 0..<margins.count {
      let a = margins[j]
      sum += value(a)
      margins[j] = derivative(a)
    }
    return sum
  }
}
