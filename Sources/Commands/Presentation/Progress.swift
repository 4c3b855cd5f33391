import Interpreter
import SVMEngine

extension Session {
  /// Begins to show the progress of a command, which must end it. Nil where nothing shows it.
  func progressing(_ title: String, total: Int) -> TrainingProgress? {
    guard let progress else { return nil }
    progress.begin(title, total: total)
    return { step, _, loss in progress.update(step: step, loss: loss) }
  }
}
