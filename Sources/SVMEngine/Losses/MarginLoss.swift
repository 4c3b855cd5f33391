/// A margin function φ, the loss at margin a. Every reduction makes a loss of a score row from it.
///
/// At a point where φ has no derivative, `derivative` is 0 (for the hinge: the strict indicator).
public protocol MarginLoss: Sendable {
  /// Its name in the catalog.
  var name: String { get }
  /// φ(a); NaN for NaN, so that bad scores are noticed.
  func value(_ a: Double) -> Double
  /// φ′(a), and 0 where there is none.
  func derivative(_ a: Double) -> Double
  /// The form of its conjugate, where that is a parabola on a box; nil otherwise. The properties
  /// below follow from it by default.
  var dualForm: DualForm? { get }
  /// The margins at which φ has no derivative, all finite.
  var kinks: [Double] { get }
  /// The margins at which φ changes its formula: the kinks, and the jumps of φ″. All finite.
  var breakpoints: [Double] { get }
  /// Whether φ is convex. Proofs of optimality rely on it.
  var isConvex: Bool { get }
  /// Whether φ is non-increasing.
  var neverRises: Bool { get }
  /// Replaces each margin by φ′. Returns the sum of φ over the margins, in order.
  func replaceByDerivatives(_ margins: UnsafeMutableBufferPointer<Double>) -> Double
}

extension MarginLoss {
  /// Nil by default.
  public var dualForm: DualForm? { nil }
  /// Those of the dual form, or none.
  public var kinks: [Double] { dualForm?.kinks ?? [] }
  /// Those of the dual form, else the kinks.
  public var breakpoints: [Double] { dualForm?.breakpoints ?? kinks }
  /// True where there is a dual form, which is a maximum of lines; else false by default.
  public var isConvex: Bool { dualForm != nil }
  /// Whether the dual form has only β ≥ 0; without a dual form false by default.
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
