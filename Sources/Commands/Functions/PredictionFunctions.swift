import Text
import Datasets
import Interpreter
import LinearAlgebra
import SVMEngine

extension EngineFunctions {
  static let predictions: [BuiltinFunction] = [
    BuiltinFunction(
      "scores", [.required("M"), .required("X"), .optional("raw")],
      usage: "scores(M, X, raw=false)",
      summary: "Scores X W of a model or of W, N×K (binary: N). A model prepares a dataset itself; "
        + "a matrix is taken as prepared unless raw.",
      examples: ["scores([[1, 0], [0, 1]], [[3, 4]])"],
      result: .array
    ) { arguments, session in
      let predictor = try Predictor(arguments[0], in: session.layout)
      let scores = try predictor.scores(arguments[1], raw: arguments[2])
      let array = NumericArray(
        scores.isBinary ? scores.matrix : session.layout.convert(scores.matrix))
      return .array(
        scores.isBinary ? array.reshaped(rank: 1, rows: 1, columns: array.count) : array)
    },
    BuiltinFunction(
      "predict", [.required("M"), .required("X"), .optional("raw")],
      usage: "predict(M, X, raw=false)",
      summary: "Class numbers: the first largest score (binary: 1 where f > 0).",
      examples: ["predict([[1, 0], [0, 1]], [[3, 4]])"],
      result: .array
    ) { arguments, session in
      let predictor = try Predictor(arguments[0], in: session.layout)
      return .vector(
        try predictor.predict(arguments[1], raw: arguments[2]).map { Double($0) })
    },
    BuiltinFunction(
      "accuracy", [.required("M"), .required("X"), .optional("y"), .optional("raw")],
      usage: "accuracy(M, X, y, raw=false)",
      summary: "The share of rows whose prediction is the label; a dataset has X and y.",
      examples: ["accuracy([[1, 0], [0, 1]], [[3, 4], [2, 1]], [1, 1])"]
    ) { arguments, session in
      let (predicted, labels) = try Predictor(arguments[0], in: session.layout).judged(arguments)
      return .number(try Metrics.accuracy(predicted, labels))
    },
    BuiltinFunction(
      "confusion", [.required("M"), .required("X"), .optional("y"), .optional("raw")],
      usage: "confusion(M, X, y, raw=false)",
      summary: "How often a sample of class i is predicted as class j: K×K, row = true class.",
      examples: ["confusion([[1, 0], [0, 1]], [[3, 4], [2, 1]], [1, 1])"],
      result: .array
    ) { arguments, session in
      let predictor = try Predictor(arguments[0], in: session.layout)
      let (predicted, labels) = try predictor.judged(arguments)
      let classes = try predictor.classes(arguments[1])
      return .array(
        NumericArray(try Metrics.confusion(predicted, labels, classes: classes)))
    },
    BuiltinFunction(
      "dataset", [.required("X"), .required("y"), .optional("classes")],
      usage: "dataset(X, y, classes=none)",
      summary: "Rows of features with labels; `classes` names those that labels 0…K−1 stand for.",
      examples: ["d = dataset([[1, 2], [3, 4]], [0, 1])"],
      result: .object(Dataset.outline)
    ) { arguments, session in
      try makeDataset(arguments, session.layout)
    },
  ]

  private static func makeDataset(_ arguments: [Value], _ layout: Layout) throws -> Value {
    let array = try arguments[0].array("X")
    // A vector is one sample.
    let X = try array.matrix
    let features = try Features.narrowest(array.rank == 1 ? X : layout.convert(X))
    if arguments[2].isMissing {
      return .object(
        try Dataset(features: features, labelTexts: try labelTexts(arguments[1]), name: "data"))
    }
    let classes = try labelTexts(arguments[2], "classes")
    guard Set(classes).count == classes.count else {
      throw Failure("'classes' names a class twice")
    }
    let texts = try labelTexts(arguments[1])
    var labels: [Int] = []
    for (i, text) in texts.enumerated() {
      // In a list, a label may be the name of a class.
      if case .list = arguments[1], let place = classes.firstIndex(of: text) {
        labels.append(place)
        continue
      }
      guard let number = Int(text), number >= 0, number < classes.count else {
        throw Failure(
          "label \(text) of row \(i) is not one of the \(classes.count) classes", category: .data)
      }
      labels.append(number)
    }
    return .object(
      try Dataset(features: features, labels: labels, classes: classes, name: "data"))
  }

  /// The texts of labels or names, from a vector, or from a list of strings and numbers.
  private static func labelTexts(_ value: Value, _ name: String = "y") throws -> [String] {
    switch value {
    case .array, .number, .bool:
      let labels = try value.vector(name)
      return try Interruption.map(labels.count, costEach: 128) { i in
        let label = labels.pointer[i]
        guard label.isFinite else {
          throw Failure("label \(i) of '\(name)' is \(NumberText.shortest(label))", category: .data)
        }
        return NumberText.shortest(label)
      }
    case .list(let box):
      return try box.items.map { item in
        switch item {
        case .string(let text): return text.text
        case .number(let number): return NumberText.shortest(number)
        default:
          throw Failure("'\(name)' must be labels, and it has \(article(item.typeAndShape))")
        }
      }
    default:
      throw Failure("'\(name)' must be a vector or list, not \(article(value.typeAndShape))")
    }
  }
}

/// A model or a matrix of weights as a predictor. A vector or single column of weights is binary.
private struct Predictor {
  enum Kind {
    case model(LinearClassifier)
    case weights(Matrix, isBinary: Bool)
  }

  let kind: Kind
  private let layout: Layout

  init(_ value: Value, in layout: Layout) throws {
    self.layout = layout
    switch value {
    case .array(let array):
      if array.rank == 1 {
        kind = .weights(
          try array.reshaped(rank: 2, rows: array.count, columns: 1).matrix, isBinary: true)
      } else {
        let W = layout.convert(try array.matrix)
        kind = .weights(W, isBinary: W.columns == 1)
      }
    case .object(let box):
      if let model = box.object as? LinearClassifier {
        kind = .model(model)
      } else if box.object is TuningTable {
        throw Failure("'M' must be a model, not a table", help: "the best one is .model")
      } else {
        fallthrough
      }
    default:
      throw Failure("'M' must be a model or a matrix, not \(article(value.typeAndShape))")
    }
  }

  var isBinary: Bool {
    switch kind {
    case .model(let model): model.isBinary
    case .weights(_, let isBinary): isBinary
    }
  }

  func scores(_ X: Value, raw: Value) throws -> (matrix: Matrix, isBinary: Bool) {
    let isRaw = try raw.flag("raw", orElse: false)
    if case .object(let box) = X {
      guard let data = box.object as? Dataset else {
        throw Failure(
          "'X' must be a dataset or matrix, not \(article(X.typeAndShape))",
          help: box.object is Split ? "name one of its parts: .train .val .dev .test" : nil)
      }
      switch kind {
      case .model(let model): return (try model.scores(model.features(of: data)), isBinary)
      case .weights(let W, _):
        if !isBinary { try data.checkColumns(of: W, in: layout) }
        return (try product(data.features, W), isBinary)
      }
    }
    let array = try X.array("X")
    let matrix = array.rank == 1 ? try array.matrix : layout.convert(try array.matrix)
    switch kind {
    case .model(let model): return (try model.scores(matrix, raw: isRaw), isBinary)
    case .weights(let W, _):
      return (try product(Features(DoubleMatrix(matrix)), W), isBinary)
    }
  }

  /// Predictions and labels for the arguments M, X, y and raw.
  func judged(_ arguments: [Value]) throws -> (predicted: [Int], labels: [Int]) {
    (try predict(arguments[1], raw: arguments[3]), try labels(arguments[1], arguments[2]))
  }

  private func product(_ X: Features, _ W: Matrix) throws -> Matrix {
    try X.checkShape(of: W, in: layout)
    return try Products.scores(X, W, precision: .double)
  }

  func predict(_ X: Value, raw: Value) throws -> [Int] {
    let scores = try scores(X, raw: raw)
    return LinearClassifier.decide(scores.matrix, isBinary: scores.isBinary)
  }

  /// The number of classes, K.
  func classes(_ X: Value) throws -> Int {
    switch kind {
    case .model(let model): return model.classCount
    case .weights(let W, let isBinary):
      if case .object(let box) = X, let data = box.object as? Dataset { return data.classCount }
      return isBinary ? 2 : W.columns
    }
  }

  /// The labels of a dataset, or those in `y`: class numbers, or ±1 for two classes.
  func labels(_ X: Value, _ y: Value) throws -> [Int] {
    if case .object(let box) = X, let data = box.object as? Dataset {
      guard y.isMissing else { throw Failure("a dataset has its labels: leave out 'y'") }
      guard case .model(let model) = kind else { return data.labels }
      return try data.numbered(by: model.classes, of: "the model").labels
    }
    guard !y.isMissing else { throw Failure("labels are needed: give 'y', or a dataset") }
    let count = try classes(X)
    if isBinary, try y.vector("y").entries.contains(where: { $0 < 0 }) {
      return try Labels.signs(try y.vector("y").entries)
    }
    return try EngineFunctions.labels(y, classes: count)
  }
}
