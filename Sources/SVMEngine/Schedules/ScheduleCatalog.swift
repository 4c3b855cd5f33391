/// The schedules by name. A new one is one file and one line here.
public enum ScheduleCatalog {
  /// All of them, in the order of help; the first is the default.
  public static let catalog = Catalog<any Schedule>(
    "schedule",
    [
      Constant.entry,
      Inverse.entry,
      InverseDecay.entry,
      PegasosSchedule.entry,
      StepDecay.entry,
      Cosine.entry,
    ])
}
