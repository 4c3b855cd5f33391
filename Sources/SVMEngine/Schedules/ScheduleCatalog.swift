/// The schedules by name. A new one is one file and one line here.
package enum ScheduleCatalog {
  /// All of them, in the order of help; the first is the default.
  package static let catalog = Catalog<any Schedule>(
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
