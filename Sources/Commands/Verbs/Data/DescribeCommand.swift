import Datasets
import Interpreter
import Language
import LinearAlgebra
import Text
import SVMEngine

/// `describe VALUE`.
struct DescribeCommand: Command {
  static let name = "describe"
  static let summary = "Say what a value is: type, shape, fields, memory and statistics."
  static let discussion = """
    Of data it also says how the classes are balanced, and what may surprise: missing values, \
    features with one value only or equal to another one, rows that are there twice, and outliers, \
    which lie more than \(NumberText.short(DataSurvey.outlierDeviations)) deviations from their \
    feature's mean. Features of two values have none, and those of sparse data are not searched.
    """
  static let examples: [Example] = [
    """
    describe [1, 2, 4]
    → vector of 3
        min 1   mean 2.33333   max 4
      …
    """,
    """
    iris = load "iris"
    describe iris
    """,
  ]
  static let group = CommandGroup.data

  @Operand("Anything.") var value: Value

  func run(in session: Session) throws -> Output {
    Output(report: try Self.report(of: value, in: session))
  }

  /// What is said of a value.
  static func report(of value: Value, in session: Session) throws -> Report {
    var text = Report()
    switch value {
    case .object(let box):
      switch box.object {
      case let dataset as Dataset:
        text = try DatasetReport(session.display, showsBars: true)
          .report(dataset, title: "dataset \(dataset.name)")
      case let split as Split:
        text = Report("split of \(Escaping.visible(split.train.name))", .heading)
        for (name, part) in split.parts {
          text.append(
            try DatasetReport(session.display, showsBars: name == "train")
              .report(part, title: name))
        }
        for line in try DatasetReport.sharedRows(of: split) { text.appendLine(line) }
      case let model as LinearClassifier:
        text = model.report(on: session.display)
        if let margin = try model.marginText() { text.appendLine(margin) }
      default:
        text = box.object.report(on: session.display)
      }
      if !box.object.fieldNames.isEmpty {
        text.appendLine(
          "fields: " + box.object.fieldNames.map { "." + $0 }.joined(separator: " "))
      }
    case .array(let array): text = try describe(array)
    case .string(let box):
      text = Report("string of \(Quantity.count(box.text.count, "character"))")
    case .function(let function): text = Report("function \(function.callText)")
    default:
      let display = session.display
      text = Report("\(value.typeAndShape(on: display)): \(value.briefText(for: display))")
    }
    return text
  }

  private static func describe(_ array: NumericArray) throws -> Report {
    var text = Report(Value.array(array).typeAndShape)
    guard array.count > 0 else { return text }
    if array.isMask {
      var count = 0
      try Interruption.forEachRange(of: array.count) { range in
        for i in range where array.pointer[i] != 0 { count += 1 }
      }
      text.appendLine(
        "  true \(NumberText.grouped(count))   false \(NumberText.grouped(array.count - count))")
      return text
    }
    var (low, high, sum, missing, infinite) = (Double.infinity, -Double.infinity, 0.0, 0, 0)
    try Interruption.forEachRange(of: array.count, costEach: 4) { range in
      for i in range {
        let x = array.pointer[i]
        if x.isNaN {
          missing += 1
        } else {
          if x.isInfinite { infinite += 1 }
          low = min(low, x)
          high = max(high, x)
          sum += x
        }
      }
    }
    let known = array.count - missing
    if known > 0 {
      text.appendLine(
        "  min \(NumberText.short(low))   mean \(NumberText.short(sum / Double(known)))   "
          + "max \(NumberText.short(high))")
    }
    if missing > 0 || infinite > 0 {
      text.appendLine(
        "  nan \(NumberText.grouped(missing))   infinite \(NumberText.grouped(infinite))")
    }
    text.appendLine("  memory \(Quantity.bytes(array.count * 8))")
    return text
  }
}
