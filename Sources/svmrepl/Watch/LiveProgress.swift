import EventServer
import Interpreter
import Text

/// The progress of commands, as events for the pages that are open.
final class LiveProgress: ProgressDisplay {
  /// Where events go, once there is a server.
  var server: EventServer?
  private var count: ProgressCount?
  private static let interval = 0.1

  func begin(_ title: String, total: Int, unit: ProgressUnit) {
    count = ProgressCount(title, total: total, unit: unit)
  }

  func update(step: Int, loss: Double?) {
    count?.update(step: step, loss: loss)
    guard count?.isDue(every: Self.interval, after: Self.interval) == true, let count else {
      return
    }
    let parts = [count.stepText, count.lossText, count.remainingText].filter { !$0.isEmpty }
    server?.publish(
      "progress",
      JSONValue.object([
        ("text", .string("\(count.title): \(parts.joined(separator: ", "))")),
        ("fraction", count.total > 0 ? .number(count.fraction) : .null),
      ]).text)
  }

  func end() { count = nil }
}
