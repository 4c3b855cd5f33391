/// No penalty.
///
///     R(W) = 0
public struct NoPenalty: Penalty {
  /// No penalty.
  public init() {}

  /// "none".
  public var name: String { "none" }
  /// 0.
  public var l2Coefficient: Double { 0 }
  /// "none".
  public var description: String { "none" }

  /// 0.
  public func value(_ weights: UnsafeBufferPointer<Double>) -> Double {
    0
  }

  /// Adds nothing.
  public func addGradient(
    _ weights: UnsafeBufferPointer<Double>, to gradient: UnsafeMutableBufferPointer<Double>
  ) {}
}

extension NoPenalty {
  static let entry = CatalogEntry<any Penalty>(
    "none", summary: "No penalty.", formula: "R = 0    ∇R = 0"
  ) { _ in NoPenalty() }
}
