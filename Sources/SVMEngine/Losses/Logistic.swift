import Glibc

/// The logistic loss: smooth everywhere, never 0.
///
///     φ(a) = log(1 + e^(−a))        φ′(a) = −1 / (1 + e^a)
///
/// It is computed with e^(−|a|), so that nothing overflows.
///
/// Cox, The regression analysis of binary sequences, JRSS B 20 (1958).
public struct Logistic: MarginLoss {
  /// The loss has no options.
  public init() {}

  public var name: String { "logistic" }

  public func value(_ a: Double) -> Double {
    let tail = log1p(exp(-abs(a)))
    return a < 0 ? tail - a : tail
  }

  public func derivative(_ a: Double) -> Double {
    let e = exp(-abs(a))
    return a < 0 ? -1 / (1 + e) : -e / (1 + e)
  }

  /// True: φ″ > 0.
  public var isConvex: Bool { true }

  /// True: φ′ < 0.
  public var neverRises: Bool { true }
}

extension Logistic {
  static let entry = CatalogEntry<LossForm>(
    "logistic", .margin(Logistic()), summary: "Smooth everywhere, never quite 0.",
    formula: "φ(a) = log(1 + e^(−a))    φ′(a) = −1 / (1 + e^a)",
    reference: "Cox, The regression analysis of binary sequences, JRSS B 20 (1958)")
}
