import Interpreter
import SVMEngine

extension Session {
  /// Shows a bar for a long command; nil where nobody looks. The command ends it.
  func progressing(_ title: String, total: Int) -> TrainingProgress? {
    guard let progress else { return nil }
    progress.begin(title, total: total)
    return { step, _, loss in progress.update(step: step, loss: loss) }
  }
}
