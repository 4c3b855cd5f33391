import Interpreter
import LinearAlgebra
import Text
import Plotting
import SVMEngine

/// The drawings of the engine's catalogs in `help`: most entries with their defaults, and with
/// their derivatives.
enum TopicDrawings {
  /// φ and φ′ over the margin; for a loss of the whole score row, the loss over s_y − s_j.
  static func of(_ entry: CatalogEntry<LossForm>) -> HelpTopic.Drawing? {
    guard let form = try? entry.make(given: [:]) else { return nil }
    let given = numbers(entry.options.map { ($0.name, $0.defaultValue ?? 0) })
    if case .margin(let loss) = form {
      let curve = Curve(
        from: min(-3, (loss.breakpoints.min() ?? 0) - 0.75),
        to: max(3, (loss.breakpoints.max() ?? 0) + 0.75), kinks: loss.kinks,
        value: { loss.value($0) }, slope: { loss.derivative($0) })
      var caption = "φ and φ′" + (given.isEmpty ? "" : " for \(given)") + "."
      if !loss.kinks.isEmpty {
        let places = list(loss.kinks.sorted().map { NumberText.short($0) })
        caption += " At a = \(places) φ has no derivative, and φ′ is taken to be 0."
      }
      return drawing(
        Plot(LineChart(curve.series("φ(a)", "φ′(a)")), xLabel: "margin a"), caption)
    }
    let loss: any ScoreLoss
    var condition = given.isEmpty ? "" : ", for \(given)"
    switch form {
    case .scores(let made): loss = made
    case .costs(let make):
      let cost = Matrix(rows: 3, columns: 3, [0, 1, 1, 1, 0, 1, 1, 1, 0])
      guard let made = try? make(cost) else { return nil }
      loss = made
      condition = ", where every confusion costs 1"
    case .margin: return nil
    }
    let curve = Curve(along: { [$0, 0, 0] }, loss)
    return drawing(
      Plot(LineChart(curve.series("L", "∂L/∂s_y")), xLabel: "s_y − s_j"),
      "The loss of three classes, the two wrong ones with the same score s_j"
        + condition + ".")
  }

  /// The loss of a row of scores, with the hinge, as the score of the true class changes.
  static func of(_ entry: CatalogEntry<any Reduction>) -> HelpTopic.Drawing? {
    guard let reduction = try? entry.make(given: [:]) else { return nil }
    let loss = ReducedLoss(Hinge(), reduction)
    if reduction.isBinary {
      let sides = [1, 0].map { label in
        Curve(along: { [$0] }, label: label, loss)
          .series(label == 1 ? "L for y = +1" : "L for y = −1", "")[0]
      }
      return drawing(
        Plot(LineChart(sides), xLabel: "score f"),
        "The loss of the score f, with the hinge and delta = 1.")
    }
    let curve = Curve(along: { [$0, 0, 0.5] }, loss)
    return drawing(
      Plot(LineChart(curve.series("L", "∂L/∂s_y")), xLabel: "score s_y of the true class"),
      "The loss of three scores as that of the true class moves; the wrong classes have 0 and 0.5. "
        + "With the hinge and delta = 1.")
  }

  /// R and R′ of one weight. Strengths that default to 0 are drawn as 1.
  static func of(_ entry: CatalogEntry<any Penalty>) -> HelpTopic.Drawing? {
    let strengths = entry.options.map { option in
      (option.name, (option.defaultValue ?? 0) == 0 ? 1 : option.defaultValue ?? 1)
    }
    guard !strengths.isEmpty,
      let penalty = try? entry.make(
        given: Dictionary(strengths, uniquingKeysWith: { first, _ in first }))
    else { return nil }
    let both = { (w: Double) -> (value: Double, slope: Double) in
      var slope = [0.0]
      let value = [w].withUnsafeBufferPointer { weights in
        slope.withUnsafeMutableBufferPointer { penalty.value(weights, addingGradientTo: $0) }
      }
      return (value, slope[0])
    }
    // |w| has a kink at 0; without one, the break in the line is not visible.
    let curve = Curve(
      from: -2, to: 2, kinks: [0], value: { both($0).value }, slope: { both($0).slope })
    return drawing(
      Plot(LineChart(curve.series("R(w)", "R′(w)")), xLabel: "weight w"),
      "R and R′ of one weight, for \(numbers(strengths)).")
  }

  /// η over the updates of a run.
  static func of(_ entry: CatalogEntry<any Schedule>) -> HelpTopic.Drawing? {
    guard let schedule = try? entry.make(given: [:]), !schedule.isConstant else { return nil }
    let (base, total) = (1e-3, 500)
    let rates = (0..<total).map { schedule.rate($0, base: base, total: total) }
    var given = [("iters", Double(total))]
    given.insert(schedule is PegasosSchedule ? ("μ", 1) : ("lr", base), at: 0)
    given += entry.options.map { ($0.name, $0.defaultValue ?? 0) }
    // On a linear axis, a rate that falls like 1/t would show as a corner.
    let isSteep = rates[total / 2] < rates[0] / 20
    return drawing(
      Plot(
        LineChart([Series(x: rates.indices.map(Double.init), y: rates)]), xLabel: "update t",
        yLabel: "η", logY: isSteep), "η of each update, for \(numbers(given)).")
  }

  private static func drawing(_ plot: Plot, _ caption: String) -> HelpTopic.Drawing {
    HelpTopic.Drawing(
      caption: caption,
      shown: { display in
        var plot = plot
        plot.width = min(display.width, 76)
        plot.height = 16
        return StyledText(plot, on: display)
      }, svg: { plot.drawing(width: 640, height: 320).svg })
  }

  /// `delta = 1 and tau = 0.5`.
  private static func numbers(_ options: [(name: String, value: Double)]) -> String {
    list(options.map { "\($0.name) = \(NumberText.short($0.value))" })
  }

  /// `a, b and c`.
  static func list(_ words: [String]) -> String {
    words.count < 2
      ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
  }
}

/// A function of one number and its derivative, over a range.
private struct Curve {
  let from: Double
  let to: Double
  /// Where there is no derivative: its line is interrupted there.
  let kinks: [Double]
  let value: (Double) -> Double
  let slope: (Double) -> Double

  init(
    from: Double, to: Double, kinks: [Double], value: @escaping (Double) -> Double,
    slope: @escaping (Double) -> Double
  ) {
    self.from = from
    self.to = to
    self.kinks = kinks
    self.value = value
    self.slope = slope
  }

  /// The loss along a line of score rows, and its slope in the score of the true class.
  init(along row: @escaping (Double) -> [Double], label: Int = 0, _ loss: any ScoreLoss) {
    // Every margin is linear along the line, so that two rows tell where it passes a kink.
    let kinks = zip(loss.terms(row(0), label: label), loss.terms(row(1), label: label))
      .filter { $0.margin != $1.margin }
      .flatMap { a, b in loss.kinks.map { ($0 - a.margin) / (b.margin - a.margin) } }
    self.init(
      from: -3, to: 3, kinks: kinks, value: { loss.textbook(row($0), label: label).loss },
      slope: { loss.textbook(row($0), label: label).subgradient[label < row($0).count ? label : 0] }
    )
  }

  /// The function and its derivative as lines of a chart.
  func series(_ valueName: String, _ slopeName: String) -> [Series] {
    let edges = [from] + Set(kinks).filter { $0 > from && $0 < to }.sorted() + [to]
    var x: [Double] = []
    var breaks: [Int] = []
    for (left, right) in zip(edges, edges.dropFirst()) {
      breaks.append(x.count)
      // About as many points as a chart has columns: more would not be visible.
      let count = max(2, Int((80 * (right - left) / (to - from)).rounded()))
      // Just inside the range: at the kink itself, the slope belongs to neither side.
      let hair = 1e-9 * (right - left)
      for i in 0...count {
        x.append(left + hair + (right - left - 2 * hair) * Double(i) / Double(count))
      }
    }
    return [
      Series(name: valueName, x: x, y: x.map(value)),
      Series(name: slopeName, x: x, y: x.map(slope), breaks: breaks),
    ]
  }
}
