import Interpreter
import Language
import Text
import SVMEngine

/// The result of `explain`.
struct ExplanationReport: ObjectValue {
  let explanation: Explanation
  let sample: Int
  let classes: [String]
  /// The loss.
  let objective: ObjectiveOptions
  /// The names of the features; nil where they have none.
  let featureNames: [String]?
  /// Whether the last feature is the bias.
  let hasBiasRow: Bool
  /// The layout of `.gradient`.
  let layout: Layout
  /// The margin of a binary model; nil for others.
  var geometry: MarginGeometry?

  private var lossName: String { objective.loss.name }
  /// The structure of the loss; nil where it has no margins.
  private var structure: LossStructure? { objective.loss.structure }

  var typeName: String { "explanation" }
  var memoryBytes: Int { 8 * (explanation.scores.count + explanation.features.count) }
  var fieldNames: [String] { Self.outline.fieldNames }

  static let outline = Outline(
    "explanation",
    fields: [
      "scores", "margins", "count", "loss", "slopes", "gradient", "label", "prediction",
    ])

  func field(_ name: String) throws -> Value {
    switch name {
    case "scores": .vector(explanation.scores)
    case "margins": .vector(margins)
    case "count": .number(Double(explanation.count))
    case "loss": .number(explanation.loss)
    case "slopes": .vector(explanation.subgradient)
    case "gradient":
      .array(
        explanation.scores.count == 1
          ? NumericArray(vector: explanation.contribution(toColumn: 0))
          : NumericArray(layout.convert(try explanation.gradient())))
    case "label": .number(Double(explanation.label))
    case "prediction": .number(Double(explanation.prediction))
    default: .none
    }
  }

  /// The sum of each class's terms of the loss.
  private var margins: [Double] {
    var margins = [Double](repeating: 0, count: explanation.scores.count)
    for term in explanation.terms where term.column < margins.count {
      margins[term.column] += term.value
    }
    return margins
  }

  func report(on display: Display) -> Report {
    func name(_ k: Int) -> String {
      k < classes.count ? TextLayout.clipped(Escaping.visible(classes[k]), to: 15) : String(k)
    }
    let y = explanation.label
    var text = Report("sample \(sample)", .heading)
    text.append(": true class \(name(y)), predicted \(name(explanation.prediction)); \(lossName)")
    if explanation.terms.isEmpty {
      var table = TextTable([.init("class", .left), .init("score s"), .init("∂L/∂s")])
      for j in explanation.scores.indices {
        table.add([
          name(j) + (j == y ? " (true)" : ""), NumberText.short(explanation.scores[j]),
          NumberText.short(explanation.subgradient[j]),
        ])
      }
      text.append(table, indent: 2)
    } else {
      text.append(terms(name), indent: 2)
      text.appendLine(
        "  count \(explanation.count)"
          + (structure?.countsViolations == true
            ? ": the true class's column gets minus the count" : ""))
      for j in explanation.scores.indices {
        guard let (low, high) = interval(j) else { continue }
        text.appendLine(
          TextLayout.labeled(
            "  ",
            "\(title(j, name)) stands exactly at the kink: each slope in "
              + "[\(number(low)), \(number(high))] is a subgradient, and "
              + "\(number(slope(j))) is taken",
            width: display.width))
      }
    }
    text.appendLine("  loss \(NumberText.short(explanation.loss))")
    if explanation.classWeight != 1 {
      text.append(", with the class's weight \(NumberText.short(explanation.classWeight))")
    }
    if let gradient = gradient(name) {
      text.append(gradient, indent: 2)
      if explanation.features.count > Self.mostFeatures {
        let rest = explanation.features.count - Self.mostFeatures
        text.appendLine("  and \(NumberText.grouped(rest)) more: `.gradient` has them all")
      }
    }
    if let geometry, let f = explanation.scores.first {
      let margin = explanation.label == 1 ? f : -f
      text.appendLine(
        "  slack ξ = max(0, \(number(geometry.delta)) \(minus(margin))) = "
          + "\(number(max(0, geometry.delta - margin))): \(place(margin, geometry))")
      text.appendLine(
        "  margin \(geometry.widthText); distance from the plane |f|/‖w‖ = "
          + number(abs(f) / geometry.norm))
    }
    return text
  }

  // MARK: The terms of the loss

  /// Whether only the largest of the terms counts, as of a structured loss.
  private var takesMaximum: Bool { structure?.coupling == .maximum && structure?.isHinge == true }

  /// A row for each class.
  private func terms(_ name: (Int) -> String) -> TextTable {
    var table = TextTable([
      .init("class", .left), .init("score s"), .init("margin term", .left),
      .init("=", isEssential: true),
      .init(structure?.isHinge == true ? "1[·]" : "−φ′", isEssential: true),
      .init("dW_j", .left, isEssential: true),
    ])
    let y = explanation.label
    for j in explanation.scores.indices {
      let (score, change) = (
        number(explanation.scores[j]), gradientText(explanation.subgradient[j])
      )
      let term = explanation.terms.first { $0.column == j }
      if takesMaximum, j != y {
        table.add([title(j, name), score, pair(j), number(value(j)), slopeText(j), change])
      } else if let term, !takesMaximum {
        table.add([title(j, name), score, formula(term), number(term.value), slopeText(j), change])
      } else {
        table.add([title(j, name), score, j == y ? "– (the true class)" : "–", "", "", change])
      }
    }
    return table
  }

  private func title(_ j: Int, _ name: (Int) -> String) -> String {
    explanation.scores.count == 1 ? "f" : name(j)
  }

  /// What the score of a class must stay below that of the true one: Δ, or a cost; nil where the
  /// loss has neither.
  private func required(_ j: Int) -> Double? {
    structure?.costs.map { $0[explanation.label, j] } ?? explanation.delta
  }

  /// s_j − s_y + Δ.
  private func value(_ j: Int) -> Double {
    explanation.scores[j] - explanation.scores[explanation.label] + (required(j) ?? 0)
  }

  /// The slope of the term of class j with respect to s_j.
  private func slope(_ j: Int) -> Double {
    let derivative = explanation.terms.first { $0.column == j }?.derivative ?? 0
    return derivative == 0 ? 0 : -derivative
  }

  private func slopeText(_ j: Int) -> String {
    if let (low, high) = interval(j) { return "[\(number(low)), \(number(high))]" }
    return structure?.isHinge == true ? (slope(j) != 0 ? "1" : "0") : number(slope(j))
  }

  /// The slopes that are subgradients of the term of class j, where it stands at a kink; else nil.
  private func interval(_ j: Int) -> (low: Double, high: Double)? {
    let y = explanation.label
    if takesMaximum {
      // Where several are the largest, 0 of the true class among them, any may be taken.
      guard j != y else { return nil }
      let others = explanation.scores.indices.filter { $0 != j && $0 != y }.map(value)
      let rest = max(0, others.max() ?? 0)
      return value(j) == rest ? (0, 1) : nil
    }
    guard let margin = structure?.margin,
      let term = explanation.terms.first(where: { $0.column == j }),
      margin.kinks.contains(term.margin)
    else { return nil }
    let step = 1e-9 * max(1, abs(term.margin))
    let sides = [margin.derivative(term.margin - step), margin.derivative(term.margin + step)]
    let slopes = sides.map { $0 == 0 ? 0 : -$0 }.sorted()
    return (slopes[0], slopes[1])
  }

  /// `−7 − 13 + 10`, of class j and the true one.
  private func pair(_ j: Int) -> String {
    "\(number(explanation.scores[j])) \(minus(explanation.scores[explanation.label]))"
      + (required(j).map { " + \(number($0))" } ?? "")
  }

  /// `max(0, −7 − 13 + 10)` for the hinge, `φ(20)` for others.
  private func formula(_ term: LossTerm) -> String {
    guard let structure, structure.isHinge else { return "φ(\(number(term.margin)))" }
    guard structure.coupling == .separate else { return "max(0, \(pair(term.column)))" }
    return explanation.delta.map { "max(0, \(number($0)) \(minus(term.margin)))" }
      ?? "max(0, \(number(term.margin == 0 ? 0 : -term.margin)))"
  }

  // MARK: The gradient

  /// The features whose part of the gradient is shown.
  private static let mostFeatures = 8

  /// A row for each of the features that count most, a column for each class that gets something;
  /// nil where no class does.
  private func gradient(_ name: (Int) -> String) -> TextTable? {
    let columns = explanation.scores.indices.filter { explanation.subgradient[$0] != 0 }
    let x = explanation.features
    guard !columns.isEmpty, !x.isEmpty else { return nil }
    let largest = x.indices.sorted { (abs(x[$0]), $1) > (abs(x[$1]), $0) }
    var table = TextTable(
      [.init("feature", .left), .init("x")]
        + columns.map { .init(explanation.scores.count == 1 ? "dw" : "dW \(name($0))") })
    for d in largest.prefix(Self.mostFeatures).sorted() {
      table.add(
        [featureName(d), number(x[d])]
          + columns.map { j in
            number(explanation.subgradient[j] * x[d])
          })
    }
    return table
  }

  private func featureName(_ d: Int) -> String {
    if let featureNames, d < featureNames.count {
      return TextLayout.clipped(Escaping.visible(featureNames[d]), to: 30)
    }
    return hasBiasRow && d == explanation.features.count - 1 ? "bias" : String(d)
  }

  // MARK: Texts

  /// The place of a sample with the margin y·f.
  private func place(_ margin: Double, _ geometry: MarginGeometry) -> String {
    if margin <= 0 { return "on the wrong side, a support vector" }
    if abs(margin - geometry.delta) <= geometry.delta * MarginGeometry.edge {
      return "on the margin, a support vector"
    }
    return margin < geometry.delta
      ? "inside of the margin, a support vector" : "beyond the margin, no support vector"
  }

  /// Four digits, since a row of the table may have six numbers.
  private func number(_ x: Double) -> String { NumberText.short(x, digits: 4) }

  /// `− x`, or `+ |x|` where x is negative.
  private func minus(_ x: Double) -> String {
    x < 0 ? "+ \(number(-x))" : "− \(number(x))"
  }

  private func gradientText(_ slope: Double) -> String {
    switch slope {
    case 0: "0"
    case 1: "+x"
    case -1: "−x"
    default: (slope < 0 ? "−" : "+") + "\(number(abs(slope)))x"
    }
  }
}
