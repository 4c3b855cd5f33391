import Interpreter
import Language
import Text
import SVMEngine

/// The result of `explain`.
struct ExplanationReport: ObjectValue {
  let explanation: Explanation
  let sample: Int
  let classes: [String]
  let lossName: String
  /// The structure of the loss; nil where it has no margins.
  let structure: LossStructure?
  /// The margin of a binary model; nil for others.
  var geometry: MarginGeometry?

  var typeName: String { "explanation" }
  var memoryBytes: Int { 8 * (explanation.scores.count + explanation.features.count) }
  var fieldNames: [String] { Self.outline.fieldNames }

  static let outline = Outline(
    "explanation",
    fields: ["scores", "margins", "count", "loss", "slopes", "label", "prediction"])

  func field(_ name: String) throws -> Value {
    switch name {
    case "scores": .vector(explanation.scores)
    case "margins": .vector(margins)
    case "count": .number(Double(explanation.count))
    case "loss": .number(explanation.loss)
    case "slopes": .vector(explanation.subgradient)
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

  func shown(on display: Display) -> StyledText {
    func name(_ k: Int) -> String {
      k < classes.count ? TextLayout.clipped(Escaping.visible(classes[k]), to: 15) : String(k)
    }
    let y = explanation.label
    var text = StyledText("sample \(sample)", .heading)
    text.append(": true class \(name(y)), predicted \(name(explanation.prediction)); \(lossName)")
    if explanation.terms.isEmpty {
      var table = TextTable([.init("class", .left), .init("score s"), .init("∂L/∂s")])
      for j in explanation.scores.indices {
        table.add([
          name(j) + (j == y ? " (true)" : ""), NumberText.short(explanation.scores[j]),
          NumberText.short(explanation.subgradient[j]),
        ])
      }
      text.appendLine(table.text(indent: 2, width: display.width))
    } else {
      var table = TextTable([
        .init("class", .left), .init("score s"), .init("margin term", .left),
        .init("=", isEssential: true),
        .init("1[·]"), .init("dW_j", .left),
      ])
      let isBinary = explanation.scores.count == 1
      for j in explanation.scores.indices {
        let terms = explanation.terms.filter { $0.column == j }
        let title = isBinary ? "f" : name(j)
        guard let term = terms.first else {
          table.add([
            title, number(explanation.scores[j]), j == y ? "– (the true class)" : "–", "", "",
            gradientText(explanation.subgradient[j]),
          ])
          continue
        }
        table.add([
          title, number(explanation.scores[j]), formula(term),
          number(term.value), term.derivative != 0 ? "1" : "0",
          gradientText(explanation.subgradient[j]),
        ])
      }
      text.appendLine(table.text(indent: 2, width: display.width))
      text.appendLine(
        "  count \(explanation.count)"
          + (structure?.countsViolations == true
            ? ": the true class's column gets minus the count" : ""))
    }
    text.appendLine("  loss \(NumberText.short(explanation.loss))")
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

  /// `max(0, −7 − 13 + 10)` for the hinge, `φ(20)` for others.
  private func formula(_ term: LossTerm) -> String {
    let scores = explanation.scores
    guard let structure, structure.isHinge, let delta = explanation.delta else {
      return "φ(\(number(term.margin)))"
    }
    let d = NumberText.short(delta)
    return structure.coupling == .separate
      ? "max(0, \(d) \(minus(term.margin)))"
      : "max(0, \(number(scores[term.column])) \(minus(scores[explanation.label])) + \(d))"
  }

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
