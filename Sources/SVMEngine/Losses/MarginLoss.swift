/// A margin function φ: what a margin a costs. Every reduction makes a loss of a score row from it.
///
/// At a point where φ has no derivative, `derivative` is 0 (for the hinge: the strict indicator).
public protocol MarginLoss: Sendable {
  /// Its name in the catalog.
  var name: String { get }
  /// φ(a). NaN for NaN, so that a bad score can't hide.
  func value(_ a: Double) -> Double
  /// φ′(a), and 0 where there is none.
  func derivative(_ a: Double) -> Double
  /// What its conjugate is, where that is a parabola on a box; nil for others. Everything below
  /// follows from it, where there is one.
  var dualForm: DualForm? { get }
  /// The margins at which φ has no derivative, all of them finite.
  var kinks: [Double] { get }
  /// The margins at which φ changes its formula: the kinks, and where φ″ jumps. All of them finite.
  var breakpoints: [Double] { get }
  /// Whether φ is convex: proofs of an optimum rest on it.
  var isConvex: Bool { get }
  /// Whether φ never rises: a larger margin never costs more.
  var neverRises: Bool { get }
  /// Puts φ′ in the place of each margin, and returns the sum of φ over them, added in order.
  func replaceByDerivatives(_ margins: UnsafeMutableBufferPointer<Double>) -> Double
}

extension MarginLoss {
  /// Nil, where a loss does not say otherwise.
  public var dualForm: DualForm? { nil }
  /// Those of the dual form; none where there is no dual form.
  public var kinks: [Double] { dualForm?.kinks ?? [] }
  /// Those of the dual form, else the kinks.
  public var breakpoints: [Double] { dualForm?.breakpoints ?? kinks }
  /// True of a loss with a dual form, which is a maximum of lines; false unless a loss says
  /// otherwise.
  public var isConvex: Bool { dualForm != nil }
  /// Whether the dual form has only β ≥ 0; false unless a loss says otherwise.
  public var neverRises: Bool { dualForm.map { $0.lower >= 0 } ?? false }
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
