import Interpreter
import SVMEngine
import Text

/// The report of `tune`, and of `resume` where that goes on with one.
enum TuningReport {
  /// Goes on with a search, or begins one, and shows its table.
  ///
  /// - Parameters:
  ///   - varied: the options that were listed.
  ///   - title: the verb.
  /// - Throws: as `Tuning.resume`.
  static func output(
    _ state: TuningState, _ varied: [TuningTable.Varied], title: String, in session: Session
  ) throws -> Output {
    let watch = Stopwatch()
    let progress = session.progressing(title, total: state.updatesLeft)
    defer { session.progress?.end() }
    let result = try Tuning.resume(
      state, progress: progress, keeper: session.tuningKeeper(varied))
    session.progress?.end()
    let table = TuningTable(result: result, varied: varied)
    var text = table.report(on: session.display)
    text.appendLine(
      "\(Quantity.count(result.members.count, "run")) in "
        + Quantity.duration(seconds: watch.seconds), .volatile)
    if let stopped = result.state {
      let place = stopped.folds.map { " after \($0.finished) of \($0.count) folds" } ?? ""
      text.appendLine(
        "interrupted\(place): the rows are as far as they got"
          + (result.best == nil && stopped.folds == nil
            ? ", and their accuracies are not known" : "") + "; `resume` goes on", .bad)
    }
    return Output(.object(table), report: text, isInterrupted: result.wasInterrupted)
  }
}
