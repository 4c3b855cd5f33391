/// The reductions by name. A new one is one file and one line here.
public enum ReductionCatalog {
  /// All of them, in the order of help; the first is the default.
  public static let catalog = Catalog<any Reduction>(
    "reduction",
    [
      WestonWatkins.entry,
      CrammerSinger.entry,
      OneVsRest.entry,
      Binary.entry,
    ])
}
