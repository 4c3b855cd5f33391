import Datasets
import Interpreter
import LinearAlgebra
import SVMEngine

/// Converts models to and from LIBLINEAR's files, which have no preparation and no class names.
enum LIBLINEARModel {
  /// The file of a model. Classes are numbered from 0, unless their names are different whole
  /// numbers.
  ///
  /// - Throws: A `Failure` where weights are not finite.
  static func file(of model: LinearClassifier) throws -> LIBLINEARFile {
    let preparation = model.preparation
    guard model.weights.entries.allSatisfy(\.isFinite), model.bias.isFinite else {
      throw Failure("the weights are not all finite, and LIBLINEAR could not read them")
    }
    guard let raw = RawWeights(model) else { throw RawWeights.unfit }
    let (D, K) = (raw.weights.rows, raw.weights.columns)
    let needsBias = preparation.hasBias || model.isBinary || preparation.mean != nil
    var weights = Matrix(rows: D + (needsBias ? 1 : 0), columns: K)
    for j in 0..<K {
      for d in 0..<D { weights[d, j] = raw.weights[d, j] }
      if needsBias { weights[D, j] = raw.intercepts[j] }
    }
    let numbers = model.classes.compactMap { Int32($0).map { Int($0) } }
    // "1" and "01" are two classes and one number.
    let areNumbers = Set(numbers).count == model.classes.count
    let labels = areNumbers ? numbers : Array(model.classes.indices)
    return LIBLINEARFile(
      solver: solver(of: model), labels: model.isBinary ? labels.reversed() : labels,
      bias: needsBias ? 1 : -1, weights: weights)
  }

  /// The name of LIBLINEAR's nearest solver. Of two classes, only `MCSVM_CS` has a column for each.
  private static func solver(of model: LinearClassifier) -> String {
    let objective = model.options.objective
    let isSeparate = objective.loss.structure?.coupling == .separate
    if !model.isBinary && (model.classCount <= 2 || !isSeparate) { return "MCSVM_CS" }
    let isSparse = objective.penalty.magnitudes != nil && objective.penalty.squares == nil
    switch objective.choice.loss {
    case "logistic": return isSparse ? "L1R_LR" : "L2R_LR"
    case "hinge": return "L2R_L1LOSS_SVC_DUAL"
    default: return isSparse ? "L1R_L2LOSS_SVC" : "L2R_L2LOSS_SVC"
    }
  }

  /// The model of a file, its classes in the order of their numbers, as in datasets.
  static func model(of file: LIBLINEARFile) throws -> LinearClassifier {
    let order = file.labels.indices.sorted { file.labels[$0] < file.labels[$1] }
    let classes = order.map { String(file.labels[$0]) }
    let (rows, K) = (file.weights.rows, file.weights.columns)
    let hasBias = file.bias >= 0
    var options = NamedOptions()
    options.objective.loss =
      file.solver.contains("LR") && !file.solver.contains("LOSS")
      ? "logistic" : file.solver.contains("L2LOSS") ? "squared-hinge" : "hinge"
    if file.solver.hasPrefix("L1R") { options.objective.penalty = "l1" }
    if K == 1, classes.count == 2 {
      // Positive scores mean the first label in the file, and class 1 here.
      let sign: Double = order[0] == 0 ? -1 : 1
      let raw = rows - (hasBias ? 1 : 0)
      var weights = Matrix(rows: raw, columns: 1)
      for d in 0..<raw { weights[d, 0] = sign * file.weights[d, 0] }
      options.objective.reduction = "binary"
      return LinearClassifier(
        weights: weights, bias: hasBias ? sign * file.weights[raw, 0] * file.bias : 0,
        classes: classes, options: try options.made(), preparation: Preparation())
    }
    options.objective.reduction =
      file.solver == "MCSVM_CS" ? "crammer-singer" : "one-vs-rest"
    var weights = Matrix(rows: rows, columns: K)
    for d in 0..<rows {
      let factor = hasBias && d == rows - 1 ? file.bias : 1
      for (j, place) in order.enumerated() { weights[d, j] = factor * file.weights[d, place] }
    }
    return LinearClassifier(
      weights: weights, classes: classes, options: try options.made(),
      preparation: Preparation(hasBias: hasBias))
  }
}
