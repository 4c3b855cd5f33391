import Text
import Glibc
import Interpreter
import LineEditor

/// A progress display that can be hidden for other output.
protocol ProgressView: ProgressDisplay {
  /// Hides the display until the next update.
  func hide()
}

/// The progress of a command, and the texts about it.
struct ProgressCount {
  let title: String
  let total: Int
  let unit: ProgressUnit
  let watch = Stopwatch()
  private(set) var step = 0
  private(set) var loss: Double?
  private(set) var course = LossCourse()
  private var lastShown = -Double.infinity

  init(_ title: String, total: Int, unit: ProgressUnit = .steps) {
    self.title = title
    self.total = total
    self.unit = unit
  }

  mutating func update(step: Int, loss: Double?) {
    self.step = step
    self.loss = loss
    if let loss { course.add(loss) }
  }

  /// Whether it is to be shown now: for the first time after a delay, and then at intervals.
  mutating func isDue(every interval: Double, after delay: Double) -> Bool {
    let now = watch.seconds
    guard now >= max(delay, lastShown + interval) else { return false }
    lastShown = now
    return true
  }

  var fraction: Double { total > 0 ? min(1, max(0, Double(step) / Double(total))) : 0 }
  var rate: Double {
    let elapsed = watch.seconds
    return elapsed > 0 ? Double(step) / elapsed : 0
  }

  /// `830/1500`, or `1.2 GB/4.0 GB`.
  var stepText: String {
    unit == .steps ? "\(step)/\(total)" : "\(Quantity.bytes(step))/\(Quantity.bytes(total))"
  }

  /// `830/s`, or `2.1 s each` below one step per second; `410 MB/s`.
  var rateText: String {
    if unit == .bytes { return "\(Quantity.bytes(rate))/s" }
    return rate >= 1 || rate == 0
      ? "\(NumberText.fixed(rate, places: rate < 10 ? 1 : 0))/s"
      : "\(Quantity.duration(seconds: 1 / rate, digits: 2)) each"
  }

  var remainingText: String {
    guard rate > 0, step > 0 else { return "" }
    let seconds = Double(total - step) / rate
    return (seconds < 1 ? "<1 s" : Quantity.duration(seconds: seconds, digits: 2)) + " left"
  }

  var lossText: String { loss.map { "loss \(NumberText.compact($0))" } ?? "" }
}

/// The losses so far, averaged in at most 64 bins.
struct LossCourse {
  private var sums: [Double] = []
  private var width = 1
  private var inLast = 0
  private static let capacity = 64

  mutating func add(_ loss: Double) {
    guard loss.isFinite else { return }
    if inLast == 0 { sums.append(0) }
    sums[sums.count - 1] += loss
    inLast += 1
    guard inLast == width else { return }
    inLast = 0
    if sums.count == Self.capacity {
      sums = stride(from: 0, to: sums.count, by: 2).map { sums[$0] + sums[$0 + 1] }
      width *= 2
    }
  }

  /// A line of characters of eight heights; logarithmic where the losses span a factor of over 20.
  func sparkline(columns: Int) -> String {
    let marks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    var means = sums.map { $0 / Double(width) }
    if inLast > 0, !means.isEmpty { means[means.count - 1] *= Double(width) / Double(inLast) }
    guard columns > 0, means.count >= 2 else { return "" }
    let count = min(columns, means.count)
    var points = (0..<count).map { i -> Double in
      let bin = means[(i * means.count / count)..<max((i + 1) * means.count / count, 1)]
      return bin.reduce(0, +) / Double(bin.count)
    }
    guard var low = points.min(), var high = points.max() else { return "" }
    if low > 0, high / low > 20 {
      points = points.map { log($0) }
      low = log(low)
      high = log(high)
    }
    return String(
      points.map { point in
        marks[high > low ? Int(((point - low) / (high - low) * 7).rounded()) : 0]
      })
  }
}

/// A line on the terminal with bar, steps, loss and its course, rate, and time left. It appears
/// after 0.2 s, is drawn at most ten times a second, and is removed at the end.
final class ProgressBar: ProgressView {
  private let display: Display
  private var count: ProgressCount?
  private var isShown = false

  private static let delay = 0.2
  private static let interval = 0.1

  init(_ display: Display) { self.display = display }

  func begin(_ title: String, total: Int, unit: ProgressUnit) {
    hide()
    count = ProgressCount(title, total: total, unit: unit)
  }

  func update(step: Int, loss: Double?) {
    count?.update(step: step, loss: loss)
    guard count?.isDue(every: Self.interval, after: Self.delay) == true, let count else { return }
    let columns = Terminal.size(of: 2)?.columns ?? 80
    FileOutput.write("\r" + line(count, columns: columns) + "\u{1B}[K", to: 2)
    isShown = true
  }

  func end() {
    hide()
    count = nil
  }

  func hide() {
    if isShown { FileOutput.write("\r\u{1B}[K", to: 2) }
    isShown = false
  }

  /// The line for a terminal of `columns` columns. Parts that do not fit are left out; the loss has
  /// priority, then the time left, the rate, and the course.
  func line(_ count: ProgressCount, columns: Int) -> String {
    let steps = count.stepText
    let spark = display.isASCII ? "" : count.course.sparkline(columns: 10)
    let optional = [count.lossText, count.remainingText, count.rateText, spark]
    var room = columns - 1 - count.title.count - 1 - steps.count
    var kept = optional.map { _ in false }
    let barWidth = min(30, max(5, room / 3))
    room -= barWidth + 1
    for (i, text) in optional.enumerated() where !text.isEmpty && room >= text.count + 2 {
      kept[i] = true
      room -= text.count + 2
    }
    var line = "\(count.title) \(bar(count.fraction, columns: barWidth)) \(steps)"
    for i in [0, 3, 2, 1] where kept[i] { line += "  " + optional[i] }
    return line
  }

  private func bar(_ fraction: Double, columns: Int) -> String {
    let filled = Int((fraction * Double(columns)).rounded(.down))
    if display.isASCII {
      return String(repeating: "#", count: filled)
        + String(repeating: ".", count: columns - filled)
    }
    let mark = display.hasColor ? "━" : "█"
    let rest = display.hasColor ? "━" : "░"
    let done = String(repeating: mark, count: filled)
    let open = String(repeating: rest, count: columns - filled)
    return display.hasColor
      ? Rendition.green.applied(to: done) + Rendition.dim.applied(to: open) : done + open
  }
}

/// Lines at intervals of at least 5 s on the error stream, for `--progress`.
final class ProgressLines: ProgressView {
  private var count: ProgressCount?
  private static let interval = 5.0

  func begin(_ title: String, total: Int, unit: ProgressUnit) {
    count = ProgressCount(title, total: total, unit: unit)
  }

  func update(step: Int, loss: Double?) {
    count?.update(step: step, loss: loss)
    guard count?.isDue(every: Self.interval, after: Self.interval) == true, let count else {
      return
    }
    let parts = [count.lossText, count.rateText, count.remainingText].filter { !$0.isEmpty }
    FileOutput.write(
      "\(count.title): \(count.stepText), \(parts.joined(separator: ", "))\n", to: 2)
  }

  func end() { count = nil }

  func hide() {}
}
