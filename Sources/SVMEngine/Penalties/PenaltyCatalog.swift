/// The penalties by name. A new one is one file and one line here.
package enum PenaltyCatalog {
  /// All of them, in the order of help; the first is the default.
  package static let catalog = Catalog<any Penalty>(
    "penalty",
    [
      L2.entry,
      HalfL2.entry,
      L1.entry,
      ElasticNet.entry,
      NoPenalty.entry,
    ])
}

extension OptionDescription {
  /// `reg`, the strength λ; the caller has a default.
  static let strength = OptionDescription("reg", "strength λ", default: nil, .nonNegative)
}
