import Interpreter
import Text
import SVMEngine

/// The report of `train` and `resume`.
enum TrainingReport {
  /// The model, with a report of its run. `start`: the number of updates before this run.
  /// After a stop that was planned, the statements after it run.
  static func output(
    _ model: LinearClassifier, from start: Int = 0, seconds: Double, of planned: Int,
    isStopPlanned: Bool
  ) -> Output {
    var text = StyledText(model.objectiveText)
    text.appendLine(model.runText)
    let rate = min(Double(model.iteration - start) / max(seconds, 1e-9), 1e12)
    text.append(
      " in \(Quantity.duration(seconds: seconds)) "
        + "(\(NumberText.grouped(Int(rate.rounded())))/s)", .volatile)
    if let proof = model.proofText { text.appendLine(proof) }
    if let best = model.bestIteration, let accuracy = model.history.validationAccuracy.max() {
      text.appendLine(
        "validation accuracy \(NumberText.fixed(accuracy, places: 4)) after "
          + "\(Quantity.count(best, "iteration")): these weights are kept")
    } else if let accuracy = model.history.validationAccuracy.last {
      text.appendLine("validation accuracy \(NumberText.fixed(accuracy, places: 4))")
      if let at = model.history.validationIteration.last, at < model.iteration {
        text.append(" after \(Quantity.count(at, "iteration"))")
      }
    }
    switch model.ending {
    case .complete:
      if case .minimizes(let minimizer) = model.options.solver {
        let faster = minimizer.fasterSolver(for: model.options.objective.loss)
        text.appendLine(
          "not converged after \(Quantity.count(planned, "iteration")): `resume` goes on"
            + (faster.map { "; solver=\($0) may need far fewer" } ?? ""), .bad)
      }
    case .stuck:
      text.appendLine(
        "stopped after \(Quantity.count(model.iteration, "iteration")): no step makes progress in "
          + "\(model.options.precision.rawValue) precision", .good)
    case .converged:
      text.appendLine("converged after \(Quantity.count(model.iteration, "iteration"))", .good)
    case .settled:
      text.appendLine(
        "stopped after \(Quantity.count(model.iteration, "iteration")): the last one changed the "
          + "objective by less than \(NumberText.short(model.options.tolerance ?? 1e-6)) of it; "
          + "how near the optimum is, nothing proves")
    case .patience:
      text.appendLine(
        "stopped after \(NumberText.grouped(model.iteration)) of "
          + "\(Quantity.count(planned, "iteration")): it no longer rose", .good)
    case .interrupted:
      text.appendLine(
        "interrupted after \(NumberText.grouped(model.iteration)) of "
          + Quantity.count(planned, "iteration")
          + (model.bestIteration == nil ? ": `resume` goes on" : ""), .bad)
    }
    return Output(
      .object(model), report: text, isInterrupted: model.wasInterrupted && !isStopPlanned,
      iteration: model.iteration)
  }
}
