import Interpreter
import Text
import Plotting
import SVMEngine

extension History: ObjectValue {
  public var typeName: String { "history" }
  /// `of` and the number of losses.
  public var shapeText: String { "of \(loss.count)" }
  /// The bytes of losses, gaps, validation accuracies, and the iterations of losses and accuracies.
  public var memoryBytes: Int { 8 * (2 * loss.count + gap.count + 2 * validationAccuracy.count) }
  /// The names of its vectors.
  public var fieldNames: [String] { Self.outline.fieldNames }

  static let outline = Outline(
    "history", fields: ["iteration", "loss", "gap", "val_iteration", "val_accuracy"])

  public func field(_ name: String) throws -> Value {
    switch name {
    case "iteration": .vector(iteration.map { Double($0) })
    case "loss": .vector(loss)
    case "gap": .vector(gap)
    case "val_iteration": .vector(validationIteration.map { Double($0) })
    case "val_accuracy": .vector(validationAccuracy)
    default: .none
    }
  }

  /// The first and last loss, and the last validation accuracy.
  public func report(on display: Display) -> Report {
    guard let first = loss.first, let last = loss.last else { return Report("history: empty") }
    var text =
      "history: \(Quantity.count(loss.count, "loss", plural: "losses")), "
      + "\(NumberText.short(first, digits: 4)) → \(NumberText.short(last, digits: 4))"
    if let accuracy = validationAccuracy.last {
      text += "; validation accuracy \(NumberText.fixed(accuracy, places: 4))"
    }
    return Report(text)
  }
}
