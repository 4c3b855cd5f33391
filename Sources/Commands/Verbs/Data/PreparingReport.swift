import Datasets
import Interpreter
import Text

/// The work and report that the verbs that prepare features share.
struct PreparingReport {
  /// Prepares a dataset, or all parts of a split by the statistics of one of them. `sentence` makes
  /// the report from the prepared data.
  static func output(
    _ step: PreparationStep, _ data: DataArgument, by part: String, _ session: Session,
    _ sentence: (Dataset) throws -> String
  ) throws -> Output {
    switch data {
    case .dataset(let dataset):
      let prepared = try dataset.prepared(step)
      warn(of: prepared, session)
      return Output(.object(prepared), report: StyledText(try sentence(prepared)))
    case .split(let split):
      guard let source = split.part(part) else {
        throw Failure(
          "there is no part '\(part)'",
          help: "parts: " + split.partNames.joined(separator: " "), parameter: "by")
      }
      let prepared = try split.prepared(step, by: part)
      warn(of: prepared.part(part) ?? source, session)
      return Output(
        .object(prepared), report: StyledText(try sentence(prepared.part(part) ?? source)))
    }
  }

  /// Warns where centering sparse features loses digits: it is done by algebra, which cancels where
  /// a mean is large.
  private static func warn(of data: Dataset, _ session: Session) {
    guard let column = data.features.cancelingColumn else { return }
    session.warn(
      "feature \(column) has a mean that is large against what is left after centering: sparse "
        + "features lose digits there", help: "scale it first, or leave out centering")
  }

  /// Whose statistics were used: `train's`, or `its own` for a dataset.
  static func source(_ data: DataArgument, _ part: String) -> String {
    switch data {
    case .dataset: "its own"
    case .split: "\(part)'s"
    }
  }
}
