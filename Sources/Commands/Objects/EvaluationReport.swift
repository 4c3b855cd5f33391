import Interpreter
import Language
import Text
import Plotting
import SVMEngine

/// The result of `evaluate`.
struct EvaluationReport: ObjectValue {
  let evaluation: Evaluation
  let classes: [String]
  let counts: [Int]

  var typeName: String { "evaluation" }
  var memoryBytes: Int { 8 * (evaluation.confusion.count + 3 * classes.count) }
  var fieldNames: [String] {
    Self.outline.fieldNames
      + (evaluation.rocArea == nil ? [] : ["roc_area", "average_precision"])
  }

  /// Without what only two classes have.
  static let outline = Outline(
    "evaluation", fields: ["accuracy", "precision", "recall", "f1", "confusion"])

  func field(_ name: String) throws -> Value {
    switch name {
    case "accuracy": .number(evaluation.accuracy)
    case "precision": .vector(evaluation.perClass.precision)
    case "recall": .vector(evaluation.perClass.recall)
    case "f1": .vector(evaluation.perClass.f1)
    case "confusion": .array(NumericArray(evaluation.confusion))
    case "roc_area": evaluation.rocArea.map { .number($0) } ?? .none
    case "average_precision": evaluation.averagePrecision.map { .number($0) } ?? .none
    default: .none
    }
  }

  /// The confusion matrix as a chart.
  var chart: ConfusionChart {
    ConfusionChart(counts: evaluation.confusion.entries.map { Int($0) }, classes: classes)
  }

  func report(on display: Display) -> Report {
    var report = Report(heading)
    report.append(table)
    let matrix = confusion
    report.append(drawing: StyledText("\n") + StyledText(matrix, on: display)) {
      matrix.drawing().svg
    }
    return report
  }

  /// The matrix without its accuracy, which the heading has.
  private var confusion: Plot {
    var matrix = chart
    matrix.showsAccuracy = false
    return Plot(matrix, title: "confusion (row: true class)")
  }

  private var heading: StyledText {
    let rows = counts.reduce(0, +)
    let right = (0..<classes.count).reduce(0.0) { $0 + evaluation.confusion[$1, $1] }
    var text = StyledText("accuracy \(NumberText.fixed(evaluation.accuracy, places: 4))", .heading)
    text.append(" (\(NumberText.grouped(Int(right))) of \(NumberText.grouped(rows)))")
    if let area = evaluation.rocArea, let precision = evaluation.averagePrecision {
      text.appendLine(
        "ROC area \(NumberText.fixed(area, places: 4)), "
          + "average precision \(NumberText.fixed(precision, places: 4)) "
          + "(positive: \(Escaping.visible(classes.last ?? "")))")
    }
    return text
  }

  private var table: TextTable {
    var table = TextTable([
      .init("", .left), .init("precision"), .init("recall"), .init("F1"), .init("rows"),
    ])
    for (k, name) in classes.enumerated() {
      table.add([
        TextLayout.clipped(Escaping.visible(name), to: 30),
        NumberText.fixed(evaluation.perClass.precision[k], places: 3),
        NumberText.fixed(evaluation.perClass.recall[k], places: 3),
        NumberText.fixed(evaluation.perClass.f1[k], places: 3), NumberText.grouped(counts[k]),
      ])
    }
    return table
  }
}
