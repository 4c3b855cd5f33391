import Interpreter
import Language
import Text
import SVMEngine

/// The result of `gradcheck`.
struct GradcheckReport: ObjectValue {
  let check: GradientCheck
  let classes: [String]
  /// True for a function of the user, whose kinks are only guessed.
  let isTheirs: Bool
  /// The row of b among the parameters; nil where b is none of them.
  let rowOfB: Int?
  /// Whether the weights are a vector.
  let isVector: Bool
  /// The layout of W that the user sees.
  let layout: Layout
  /// What a function of the user was called with.
  let callText: String?

  var typeName: String { "gradient check" }
  var shapeText: String { "of \(check.entries.count)" }
  var memoryBytes: Int { check.entries.count * 64 }
  var fieldNames: [String] { Self.outline.fieldNames }

  static let outline = Outline(
    "gradient check", fields: ["numerical", "analytic", "relative_error", "passed", "cause"])

  func field(_ name: String) throws -> Value {
    switch name {
    case "numerical": .vector(check.entries.map(\.numerical))
    case "analytic": .vector(check.entries.map(\.analytic))
    case "relative_error": .vector(check.entries.map(\.relativeError))
    case "passed": .bool(check.passed)
    case "cause": check.cause.map { .string($0) } ?? .none
    default: .none
    }
  }

  /// A line for each entry, and the verdict. Of more than 100 entries, only those that miss, up to
  /// 100.
  func report(on display: Display) -> Report {
    let limit = 100
    let listed =
      check.entries.count <= limit
      ? check.entries : Array(check.entries.filter { $0.verdict != .ok }.prefix(limit))
    var text = Report()
    if !listed.isEmpty {
      var lines = StyledText()
      for entry in listed { lines.appendLine(line(entry)) }
      text.append(table(listed), lines: lines)
    }
    if listed.count < check.entries.count {
      text.appendLine(
        "\(NumberText.grouped(listed.count)) of "
          + "\(Quantity.count(check.entries.count, "entry", plural: "entries")) are shown"
      )
    }
    text.appendLine(verdict)
    if let cause = check.cause {
      text.appendLine(
        TextLayout.labeled("suspected cause: ", cause, width: min(display.width, 100)))
    }
    if let callText {
      text.appendLine(TextLayout.labeled("", callText, width: min(display.width, 100)))
    }
    return text
  }

  /// `W[3, 1]`, `w[3]`, or `b`.
  private func place(_ entry: GradientCheck.Entry) -> String {
    if entry.row == rowOfB { return "b" }
    if isVector { return "w[\(entry.row)]" }
    return layout == .rows
      ? "W[\(entry.row), \(entry.column)]" : "W[\(entry.column), \(entry.row)]"
  }

  /// The line of an entry as the assignment prints it, and one that says why it misses.
  private func line(_ entry: GradientCheck.Entry) -> StyledText {
    let (numerical, analytic, error) = numbers(of: entry)
    var text = StyledText("numerical: \(numerical) analytic: \(analytic) relative error: ")
    text.append(error, .volatile)
    if entry.row == rowOfB { text.append(" (b)") }
    if let finding = finding(entry) {
      text.append("\n")
      text.append("  \(place(entry)): \(finding)", entry.verdict == .wrong ? .bad : .plain)
    }
    return text
  }

  /// The same as a table.
  private func table(_ entries: [GradientCheck.Entry]) -> TextTable {
    let hasFindings = entries.contains { $0.verdict != .ok }
    var table = TextTable(
      [.init("entry", .left), .init("numerical"), .init("analytic"), .init("relative error")]
        + (hasFindings ? [.init("", .left)] : []))
    for entry in entries {
      let (numerical, analytic, error) = numbers(of: entry)
      table.add(
        [
          .init(text: place(entry)), .init(text: numerical), .init(text: analytic),
          .init(text: error, style: .volatile),
        ]
          + (hasFindings
            ? [
              .init(
                text: finding(entry) ?? "", style: entry.verdict == .wrong ? .bad : .plain)
            ] : []))
    }
    return table
  }

  private func numbers(
    of entry: GradientCheck.Entry
  ) -> (numerical: String, analytic: String, error: String) {
    (
      NumberText.formatted(entry.numerical, "f", digits: 6),
      NumberText.formatted(entry.analytic, "f", digits: 6),
      NumberText.formatted(entry.relativeError, "e", digits: 6)
    )
  }

  /// Why an entry misses; nil where it does not.
  private func finding(_ entry: GradientCheck.Entry) -> String? {
    switch entry.verdict {
    case .ok: return nil
    case .kink(let kink):
      let name = kink.column < classes.count ? classes[kink.column] : String(kink.column)
      return "\(isTheirs ? "possible kink" : "kink"): the margin of sample \(kink.sample) "
        + "and class \(kink.column)"
        + (name == String(kink.column) ? "" : " (\(Escaping.visible(name)))")
        + " changes sign within ±h"
    case .roundOff: return "round-off: the loss is too large for so small a difference"
    case .longStep: return "the step is too long: with a shorter h both agree"
    case .wrong: return "wrong"
    }
  }

  private var verdict: StyledText {
    let entries = check.entries
    let wrong = entries.count { $0.verdict == .wrong }
    let checked = Quantity.count(entries.count, "entry", plural: "entries")
    if wrong > 0 {
      return StyledText(
        "failed: \(NumberText.grouped(wrong)) of \(checked) \(wrong == 1 ? "is" : "are") wrong",
        .bad)
    }
    var explained: [String] = []
    let kinks = entries.count { if case .kink = $0.verdict { true } else { false } }
    let roundOff = entries.count { $0.verdict == .roundOff }
    let longSteps = entries.count { $0.verdict == .longStep }
    if kinks > 0 { explained.append(Quantity.count(kinks, isTheirs ? "possible kink" : "kink")) }
    if roundOff > 0 { explained.append("\(roundOff) by round-off") }
    if longSteps > 0 { explained.append("\(longSteps) with a step too long") }
    let rest = explained.isEmpty ? "" : " (\(explained.joined(separator: ", ")): harmless)"
    return StyledText("passed: \(checked)\(rest)", .good)
  }
}
