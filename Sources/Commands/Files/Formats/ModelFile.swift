import Datasets
import Interpreter
import Text
import LinearAlgebra
import SVMEngine

/// A model as named arrays of a `.npz` file, which numpy can read.
///
/// `svmrepl_model` is the version of this format, 1. `W` is D×K, `b` one number, `classes` text;
/// `feature_names` are those of the features that it keeps; `kept_columns` of `raw_columns`,
/// `fill`, `mean`, `scale` and `has_bias` are the preparation. `options` has texts `name=value`, as
/// a user types them; `class_weights` and `cost` are options too. `iteration` counts the updates,
/// and names with `history_` are the history.
enum ModelFile {
  private static let version = 1.0

  /// The arrays of a model.
  static func arrays(of model: LinearClassifier) throws -> [NamedArray] {
    func numbers(_ name: String, _ values: [Double]) throws -> NamedArray {
      NamedArray(name: name, array: try NumPyArray(shape: [values.count], values: values))
    }
    func texts(_ name: String, _ values: [String]) throws -> NamedArray {
      NamedArray(name: name, array: try NumPyArray(shape: [values.count], texts: values))
    }
    var arrays = [
      try numbers("svmrepl_model", [version]),
      NamedArray(name: "W", array: try NumPyArray(NumericArray(model.weights))),
      try numbers("b", [model.bias]),
      try texts("classes", model.classes),
      try numbers("has_bias", [model.preparation.hasBias ? 1 : 0]),
      try numbers("iteration", [Double(model.iteration)]),
      try texts(
        "options",
        TrainingParameters.texts(of: model.options).map {
          "\($0.name)=\(try $0.value.text(for: .init()))"
        }),
    ]
    if let selection = model.preparation.selection {
      arrays.append(try numbers("kept_columns", selection.columns.map { Double($0) }))
      arrays.append(try numbers("raw_columns", [Double(selection.rawColumns)]))
    }
    if let columns = model.columns { arrays.append(try texts("feature_names", columns)) }
    if let fill = model.preparation.fill { arrays.append(try numbers("fill", fill)) }
    if let mean = model.preparation.mean { arrays.append(try numbers("mean", mean)) }
    if let scale = model.preparation.scale { arrays.append(try numbers("scale", scale)) }
    if case .values(let weights) = model.options.objective.classWeights {
      arrays.append(try numbers("class_weights", weights))
    }
    if let cost = model.options.objective.choice.cost {
      arrays.append(NamedArray(name: "cost", array: try NumPyArray(NumericArray(cost))))
    }
    return try arrays + self.arrays(of: model.history)
  }

  /// The arrays of a history.
  static func arrays(of history: History) throws -> [NamedArray] {
    try [
      ("history_iteration", history.iteration.map { Double($0) }),
      ("history_loss", history.loss),
      ("history_gap", history.gap),
      ("history_val_iteration", history.validationIteration.map { Double($0) }),
      ("history_val_accuracy", history.validationAccuracy),
    ].map { NamedArray(name: $0.0, array: try NumPyArray(shape: [$0.1.count], values: $0.1)) }
  }

  /// The model of these arrays; nil where they are not one.
  ///
  /// - Throws: A `DataError` where they are damaged or of another version, and the errors of
  ///   options that do not fit.
  static func model(of arrays: [NamedArray], path: String) throws -> LinearClassifier? {
    let parts = Parts(arrays)
    guard let found = parts.vector("svmrepl_model") else { return nil }
    func broken(_ what: String) -> DataError {
      DataError("the saved model is damaged: \(what)", path: path)
    }
    guard found == [version] else {
      throw DataError("the model was saved by a newer version of svmrepl", path: path)
    }
    // Each of these may be missing, but none may be overlooked.
    for name in [
      "has_bias", "iteration", "kept_columns", "raw_columns", "fill", "mean", "scale",
      "class_weights",
    ] where parts.array(name) != nil && parts.vector(name) == nil {
      throw broken("\"\(name)\" is no vector of numbers")
    }
    for name in ["options", "feature_names"] {
      guard let array = parts.array(name), array.texts == nil else { continue }
      throw broken("\"\(name)\" holds no texts")
    }
    guard let weights = parts.array("W"), weights.shape.count == 2, weights.texts == nil,
      let classes = parts.array("classes")?.texts, let bias = parts.vector("b")?.first
    else { throw broken("W, b or classes are missing") }
    let preparation = Preparation(
      selection: try selection(parts, path: path), fill: parts.vector("fill"),
      mean: parts.vector("mean"), scale: parts.vector("scale"),
      hasBias: parts.vector("has_bias")?.first == 1)
    let options = try options(parts, path: path)
    let (rows, columns) = (weights.shape[0], weights.shape[1])
    let raw = rows - (preparation.hasBias ? 1 : 0)
    guard
      raw >= 1, classes.count >= 1, Set(classes).count == classes.count,
      options.objective.isBinary
        ? columns == 1 && classes.count == 2 : columns == classes.count,
      preparation.mean?.count ?? raw == raw, preparation.scale?.count ?? raw == raw,
      preparation.fill?.count ?? raw == raw, preparation.selection?.columns.count ?? raw == raw
    else { throw broken("its parts don't fit together") }
    var model = LinearClassifier(
      weights: Matrix(rows: rows, columns: columns, weights.values), bias: bias, classes: classes,
      options: options, preparation: preparation)
    if let columns = parts.array("feature_names")?.texts {
      guard columns.count == raw else {
        throw broken("\(columns.count) feature_names for \(raw) features")
      }
      model.columns = columns
    }
    if let history = history(of: arrays) {
      model.history = history
    } else if parts.array("history_loss") != nil {
      throw broken("the numbers of its history don't go together")
    }
    let iteration = parts.vector("iteration")?.first ?? 0
    guard let whole = Int(exactly: iteration), whole >= 0 else {
      throw broken("\"iteration\" is \(NumberText.shortest(iteration))")
    }
    model.iteration = whole
    return model
  }

  /// The columns that the model takes of raw features; nil for all.
  ///
  /// - Throws: A `DataError` where they can't be columns.
  private static func selection(_ parts: Parts, path: String) throws -> ColumnSelection? {
    guard parts.array("kept_columns") != nil else { return nil }
    guard let columns = parts.counts("kept_columns"), let all = parts.counts("raw_columns")?.first,
      let selection = ColumnSelection(columns: columns, of: all)
    else { throw DataError("the saved model is damaged: its columns are wrong", path: path) }
    return selection
  }

  /// The history of these arrays; nil where they have none, or parts that don't go together.
  static func history(of arrays: [NamedArray]) -> History? {
    let parts = Parts(arrays)
    guard let loss = parts.vector("history_loss"),
      let iteration = parts.counts("history_iteration"), iteration.count == loss.count
    else { return nil }
    var history = History()
    history.loss = loss
    history.iteration = iteration
    if let gap = parts.vector("history_gap") {
      // Files written before every loss had a gap lack that of a first loss without a proof.
      let whole = gap.count == loss.count - 1 && !gap.isEmpty ? [.infinity] + gap : gap
      guard whole.isEmpty || whole.count == loss.count else { return nil }
      history.gap = whole
    }
    if let accuracies = parts.vector("history_val_accuracy") {
      guard let iterations = parts.counts("history_val_iteration"),
        iterations.count == accuracies.count
      else { return nil }
      history.validationAccuracy = accuracies
      history.validationIteration = iterations
    }
    return history
  }

  /// The options, read from their texts as `train` reads its options.
  private static func options(_ parts: Parts, path: String) throws -> TrainingOptions {
    let training = TrainingParameters()
    func store(_ name: String, _ value: Value) throws {
      let declared = TrainingParameters.declared
      guard let parameter = declared.first(where: { $0.card.name == name }) else {
        throw DataError(
          "the saved model has the option '\(Escaping.visible(name))', which this version of "
            + "svmrepl does not know", path: path)
      }
      do {
        try parameter.store(value, in: training)
      } catch let failure as Failure {
        throw DataError(
          "the saved model is damaged: its option '\(Escaping.visible(name))': "
            + Escaping.visible(failure.message), path: path)
      }
    }
    for text in parts.array("options")?.texts ?? [] {
      guard let equals = text.firstIndex(of: "=") else {
        throw DataError(
          "the saved model is damaged: its option '\(Escaping.visible(text))' has no value",
          path: path)
      }
      let name = String(text[..<equals])
      let word = String(text[text.index(after: equals)...])
      // Weights of classes are in an array of their own.
      if name == "class-weights", word != "balanced" { continue }
      switch word {
      case "true": try store(name, .bool(true))
      case "false": try store(name, .bool(false))
      default: try store(name, Double(word).map { .number($0) } ?? .string(word))
      }
    }
    if let weights = parts.vector("class_weights") {
      try store("class-weights", .vector(weights))
    }
    if let cost = parts.array("cost"), cost.shape.count == 2, cost.texts == nil {
      try store(
        "cost",
        .array(
          NumericArray(Matrix(rows: cost.shape[0], columns: cost.shape[1], cost.values))))
    }
    do {
      return try training.options(seed: 0, in: .rows)
    } catch let failure as Failure {
      throw DataError(
        "the saved model is damaged: \(Escaping.visible(failure.message))", path: path)
    }
  }

  private struct Parts {
    let byName: [String: NumPyArray]
    init(_ arrays: [NamedArray]) {
      byName = Dictionary(arrays.map { ($0.name, $0.array) }) { first, _ in first }
    }
    func array(_ name: String) -> NumPyArray? { byName[name] }
    func vector(_ name: String) -> [Double]? {
      byName[name].flatMap { $0.texts == nil && $0.shape.count == 1 ? $0.values : nil }
    }
    func counts(_ name: String) -> [Int]? {
      guard let numbers = vector(name) else { return nil }
      let counts = numbers.compactMap { Int(exactly: $0) }
      return counts.count == numbers.count && counts.allSatisfy { $0 >= 0 } ? counts : nil
    }
  }
}
