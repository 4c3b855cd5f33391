/// The reductions by name. A new one is one file and one line here.
package enum ReductionCatalog {
  /// All of them, in the order of help; the first is the default.
  package static let catalog = Catalog<any Reduction>(
    "reduction",
    [
      WestonWatkins.entry,
      CrammerSinger.entry,
      OneVsRest.entry,
      Binary.entry,
    ])
}
