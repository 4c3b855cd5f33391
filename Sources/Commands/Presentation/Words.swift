import Text
import Glibc
import Interpreter
import Language

/// Numbers, sizes and names as reports write them.
enum Words {
  /// Six significant digits at most, without needless zeros: `0.373`, `2.91304`, `1e-07`.
  static func number(_ x: Double, digits: Int = 6) -> String {
    if !x.isFinite { return NumberText.shortest(x) }
    if x.rounded() == x, abs(x) < 1e15 { return NumberText.shortest(x) }
    return NumberText.formatted(x, "g", digits: digits)
  }

  /// So many digits after the point.
  static func fixed(_ x: Double, _ digits: Int) -> String {
    x.isFinite ? NumberText.formatted(x, "f", digits: digits) : NumberText.shortest(x)
  }

  /// `61.33%`.
  static func percent(_ share: Double) -> String {
    share.isFinite ? NumberText.formatted(share * 100, "f", digits: 2) + "%" : "–"
  }

  /// `512 B`, `3.1 MB`: powers of 1000.
  static func bytes(_ count: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var size = Double(count)
    var unit = 0
    while size >= 999.5, unit + 1 < units.count {
      size /= 1000
      unit += 1
    }
    return NumberText.formatted(size, "f", digits: unit == 0 || size >= 99.95 ? 0 : 1)
      + " " + units[unit]
  }

  /// `1 row`, `2 rows`; large counts in groups of three digits, as in `49 000 rows`.
  static func count(_ n: Int, _ noun: String, plural: String? = nil) -> String {
    "\(grouped(n)) \(n == 1 ? noun : plural ?? noun + "s")"
  }

  /// Digits in groups of three from 10 000 on.
  static func grouped(_ n: Int) -> String {
    let digits = String(n.magnitude)
    guard digits.count > 4 else { return String(n) }
    var result = ""
    for (i, digit) in digits.enumerated() {
      if i > 0 && (digits.count - i) % 3 == 0 { result += " " }
      result.append(digit)
    }
    return (n < 0 ? "-" : "") + result
  }

  /// `0.31 s`, `45 ms`: three significant digits.
  static func seconds(_ seconds: Double) -> String {
    switch seconds {
    case ..<1e-3: NumberText.formatted(seconds * 1e6, "g", digits: 3) + " µs"
    case ..<1: NumberText.formatted(seconds * 1e3, "g", digits: 3) + " ms"
    case ..<100: NumberText.formatted(seconds, "g", digits: 3) + " s"
    default: NumberText.formatted(seconds, "f", digits: 0) + " s"
    }
  }

  /// The first names of a list, and how many more there are.
  static func list(_ names: [String], atMost most: Int = 10) -> String {
    let shown = names.prefix(most).map { Escaping.visible($0) }.joined(separator: ", ")
    return names.count > most ? "\(shown), … (\(names.count) in all)" : shown
  }

  /// A label and a text that goes on under its own beginning where the line ends.
  static func labeled(_ label: String, _ text: String, width: Int) -> String {
    let indent = DisplayWidth.of(label)
    let body = Help.wrapped(text, indent: indent, width: max(width, indent + 20))
    return label + body.dropFirst(indent)
  }

  /// The last part of a path.
  static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

/// Measures how long something takes.
struct Stopwatch {
  private let start = Stopwatch.now()

  /// Seconds since it was made.
  var seconds: Double { Stopwatch.now() - start }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
