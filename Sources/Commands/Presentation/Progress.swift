import Datasets
import Interpreter
import SVMEngine

extension Session {
  /// Keeps the model of a long run now and then, where the session has a journal.
  var modelKeeper: TrainingKeeper? {
    guard let checkpoints else { return nil }
    return { [unowned self] model in
      checkpoints.look(in: self) {
        let model = model()
        return (.object(model), model.iteration)
      }
    }
  }

  /// Keeps the table of a long search now and then, where the session has a journal.
  func tuningKeeper(_ varied: [TuningTable.Varied]) -> TuningKeeper? {
    guard let checkpoints else { return nil }
    return { [unowned self] result in
      checkpoints.look(in: self) {
        (.object(TuningTable(result: result(), varied: varied)), nil)
      }
    }
  }

  /// Begins to show the progress of a command, which must end it. Nil where nothing shows it.
  func progressing(_ title: String, total: Int) -> TrainingProgress? {
    guard let progress else { return nil }
    progress.begin(title, total: total, unit: .steps)
    return { step, _, loss in progress.update(step: step, loss: loss) }
  }

  /// Runs what reads files, and shows its progress by their bytes.
  func progressing<R>(reading paths: [String], _ body: () throws -> R) throws -> R {
    guard let progress else { return try body() }
    let total = try ReadProgress.size(of: paths)
    guard total > 0 else { return try body() }
    progress.begin("load", total: total, unit: .bytes)
    defer { progress.end() }
    return try ReadProgress.watching({ progress.update(step: min($0, total), loss: nil) }, body)
  }
}
