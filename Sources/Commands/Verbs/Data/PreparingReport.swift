import Datasets
import Interpreter
import Text

/// What the verbs that prepare features have in common.
struct PreparingReport {
  /// Prepares all parts by the statistics of one of them, and says what was done.
  static func output(
    _ step: PreparationStep, _ data: DataArgument, by part: String, _ session: Session,
    _ sentence: (Dataset) -> String
  ) throws -> Output {
    switch data {
    case .dataset(let dataset):
      let prepared = try dataset.prepared(step)
      warn(of: prepared, session)
      return Output(.object(prepared), report: StyledText(sentence(prepared)))
    case .split(let split):
      guard let source = split.part(part) else {
        throw Failure(
          "there is no part '\(part)'",
          help: "parts: " + split.partNames.joined(separator: " "), parameter: "by")
      }
      let prepared = try split.prepared(step, by: part)
      warn(of: prepared.part(part) ?? source, session)
      return Output(
        .object(prepared), report: StyledText(sentence(prepared.part(part) ?? source)))
    }
  }

  /// Sparse features are centered by algebra, which costs digits where a mean is large.
  private static func warn(of data: Dataset, _ session: Session) {
    guard let column = data.features.cancelingColumn else { return }
    session.warn(
      "feature \(column) has a mean that is large against what is left after centering: sparse "
        + "features lose digits there", help: "scale it first, or leave out centering")
  }

  /// What is said besides, where a dataset has no parts: its own statistics count.
  static func source(_ data: DataArgument, _ part: String) -> String {
    switch data {
    case .dataset: "its own"
    case .split: "\(part)'s"
    }
  }
}
