import EventServer
import Interpreter
import Text

/// The progress of commands, as events for the pages that are open.
final class LiveProgress: ProgressDisplay {
  /// Where events go, once there is a server.
  var server: EventServer?
  private var count: ProgressCount?
  private var lastPublished = 0.0
  private static let interval = 0.1

  func begin(_ title: String, total: Int, unit: ProgressUnit) {
    count = ProgressCount(title, total: total, unit: unit)
    lastPublished = 0
  }

  func update(step: Int, loss: Double?) {
    count?.update(step: step, loss: loss)
    guard let count, count.watch.seconds - lastPublished >= Self.interval else { return }
    lastPublished = count.watch.seconds
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
