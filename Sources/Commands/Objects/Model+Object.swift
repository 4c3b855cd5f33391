import Datasets
import Interpreter
import Language
import Text
import SVMEngine

extension LinearClassifier: ObjectValue {
  public var typeName: String { "model" }
  public var shapeText: String { "\(weights.rows)×\(weights.columns)" }
  /// K×D where samples are columns; w of a binary model is a vector either way.
  public func shapeText(on display: Display) -> String {
    isBinary
      ? shapeText : display.layout.shapeText(rows: weights.rows, columns: weights.columns)
  }
  /// The bytes of weights, history and preparation.
  public var memoryBytes: Int {
    let prepared = [
      preparation.mean?.count, preparation.scale?.count, preparation.fill?.count,
      preparation.selection?.columns.count,
    ].reduce(0) { $0 + ($1 ?? 0) }
    return 8 * (weights.count + prepared) + history.memoryBytes
  }
  /// `b` only of a binary model, where it is not a row of W.
  public var fieldNames: [String] { isBinary ? Self.binaryFields : Self.fields }

  private static let fields = ["W", "classes", "history", "options", "preparation", "support"]
  private static let binaryFields = [
    "W", "b", "classes", "history", "options", "preparation", "support",
  ]

  /// Of several classes, unless the reduction says that there are two.
  static let outline = Outline("model", fields: fields, parts: ["history": History.outline])
  /// Only the history.
  public var objectFieldNames: [String] { ["history"] }

  public func field(_ name: String) throws -> Value {
    switch name {
    case "W":
      let array = NumericArray(weights)
      return .array(isBinary ? array.reshaped(rank: 1, rows: 1, columns: weights.rows) : array)
    case "b": return .number(bias)
    case "classes": return Dataset.classValues(classes)
    case "history": return .object(history)
    case "options":
      return .object(
        Record(
          typeName: "options",
          fields: TrainingParameters.texts(of: options).map { ($0.name.replacingDashes, $0.value) })
      )
    case "preparation":
      return .object(
        Record(
          typeName: "preparation",
          fields: [
            (
              "columns",
              preparation.selection.map { .vector($0.columns.map { Double($0) }) } ?? .none
            ),
            ("fill", preparation.fill.map { .vector($0) } ?? .none),
            ("mean", preparation.mean.map { .vector($0) } ?? .none),
            ("scale", preparation.scale.map { .vector($0) } ?? .none),
            ("bias", .bool(preparation.hasBias)),
          ]))
    case "support": return .vector(try supportVectors().map { Double($0) })
    default: return .none
    }
  }

  /// W is K×D where the layout is columns.
  public func field(_ name: String, in session: Session) throws -> Value {
    guard name == "W", !isBinary, session.layout == .columns else { return try field(name) }
    return .array(NumericArray(session.layout.convert(weights)))
  }

  /// W is K×D where samples are columns. The support vectors are not searched.
  public func describedField(_ name: String, on display: Display) -> DescribedField {
    switch name {
    case "W" where !isBinary && display.samplesAreColumns:
      .value(.array(NumericArray(display.layout.convert(weights))))
    case "support": .dear(type: "vector", shape: nil)
    default: .value((try? field(name)) ?? .none)
    }
  }

  /// The objective, shape, classes, run and proof.
  public func report(on display: Display) -> Report {
    var text = Report("model: \(objectiveText)")
    text.appendLine(
      TextLayout.labeled(
        "  W \(shapeText(on: display)), classes ", NameList.text(classes), width: display.width)
    )
    text.appendLine("  \(runText)")
    if let proofText { text.appendLine("  \(proofText)") }
    return text
  }

  /// The loss and penalty in force: `hinge, weston-watkins; l2 (λ = 25000)`.
  var objectiveText: String { options.objective.formText }

  /// `primal 3994.1, dual 3991.8, gap 2.3 (relative 0.000576)`, or another bound of the distance
  /// from the optimum; nil where nothing is proven.
  var proofText: String? {
    guard let certificate, let objective = certificate.objective, let gap = certificate.gap else {
      return nil
    }
    let share = objective > 0 ? " (relative \(NumberText.short(gap / objective, digits: 3)))" : ""
    if options.solver.provesByDuality(for: options.objective.loss) {
      return "primal \(NumberText.short(objective, digits: 8)), dual "
        + "\(NumberText.short(objective - gap, digits: 8)), "
        + "gap \(NumberText.short(gap, digits: 3))\(share)"
    }
    return "objective \(NumberText.short(objective, digits: 8)), at most "
      + "\(NumberText.short(gap, digits: 3)) above the optimum\(share)"
  }

  /// The margin of a binary model, and how its training samples lie to it, if they are known; nil
  /// where there is no margin.
  func marginText() throws -> String? {
    guard let data, let geometry = try MarginGeometry(self, data) else {
      return MarginGeometry(self).map { "  margin    \($0.widthText)" }
    }
    return """
        margin    \(geometry.widthText)
        support   \(NumberText.grouped(geometry.supportVectorCount)) of \
      \(Quantity.count(geometry.count, "sample")): \
      \(NumberText.grouped(geometry.slackCount)) with slack \
      (\(NumberText.grouped(geometry.wrongCount)) on the wrong side), \
      \(NumberText.grouped(geometry.edgeCount)) on the margin
      """
  }

  /// `sgd lr=1e-07, 1500 iterations of 200; loss 774.2 → 2.913`.
  var runText: String {
    guard iteration > 0 else { return "not trained here" }
    var text = options.solver.name
    if options.solver.takesSteps { text += " lr=\(NumberText.short(options.learningRate))" }
    text += ", \(Quantity.count(iteration, "iteration"))"
    if !options.solver.usesWholeSet, options.batches == nil { text += " of \(options.batchSize)" }
    if let first = history.loss.first, let last = certificate?.objective ?? history.loss.last {
      text +=
        "; loss \(NumberText.short(first, digits: 4)) "
        + "→ \(NumberText.short(last, digits: 4))"
      // Interrupted between two evaluations.
      if !options.solver.takesSteps, certificate == nil, let at = history.iteration.last,
        at < iteration
      {
        text += " after \(NumberText.grouped(at))"
      }
    }
    return text
  }
}

extension LinearClassifier: CommandArgument {
  /// A model. A table of `tune` is refused; the help names its `.model`.
  public init(argument value: Value, card: ParameterCard) throws {
    guard case .object(let box) = value else { throw Self.mismatch(value, card) }
    if let model = box.object as? LinearClassifier {
      self = model
    } else if box.object is TuningTable {
      throw Failure("'\(card.name)' must be a model, not a table", help: "the best one is .model")
    } else {
      throw Self.mismatch(value, card)
    }
  }
  public static var typeName: String { "model" }
}

extension ObjectiveOptions {
  /// The loss and penalty, or LIBLINEAR's form with C.
  var formText: String {
    if let sumWeight { return "\(loss.name); ½‖W‖² + \(NumberText.short(sumWeight)) Σ L" }
    return "\(loss.name); \(penalty.description)"
  }
}

extension String {
  /// The spelling as a field: `class-weights` → `class_weights`.
  var replacingDashes: String { split(separator: "-").joined(separator: "_") }

  /// The spelling as an option: `class_weights` → `class-weights`.
  var replacingUnderscores: String { split(separator: "_").joined(separator: "-") }
}

extension MarginGeometry {
  /// `2/‖w‖ = 0.832`.
  var widthText: String {
    let numerator = delta == 1 ? "2" : "2·\(NumberText.short(delta))"
    return "\(numerator)/‖w‖ = \(NumberText.short(width))"
  }
}
