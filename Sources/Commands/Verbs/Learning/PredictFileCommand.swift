import Datasets
import Interpreter
import LinearAlgebra
import SVMEngine
import Text

/// `predict-file "PATH" with=MODEL to="PATH"`.
struct PredictFileCommand: Command {
  static let name = "predict-file"
  static let summary = "Predict the rows of a file, and write labels and scores to another."
  static let discussion = """
    The file is of any format that `load` reads, with labels or without: of a table, the number of \
    its columns decides. The model prepares the rows as those that it learned from. `.csv` has a \
    row for each sample: the label, where the file has one, the prediction, and the score of each \
    class (binary: f); `.npz` has the same as arrays.
    """
  static let examples: [Example] = [
    """
    d = synth blobs n=90 d=2 classes=3 seed=1
    m = train d lr=0.1 iters=50 batch=30
    savetxt("new.csv", d.X, delimiter=",")
    p = predict-file "new.csv" with=m to="out.csv"
    print p.predictions.size
    → 90
    """
  ]
  static let group = CommandGroup.learning

  @Operand("The file of the rows.") var path: String
  @Option(required: "The model.") var with: LinearClassifier
  @Option(required: "The file to write, `.csv` or `.npz`.") var to: String
  @Option("What the file is, as for `load`.", choices: ["auto"] + DataLoader.formats)
  var format = "auto"
  @Option("The column of the labels, as for `load`.") var label = LabelArgument(column: .auto)
  @Option("Whether the first row names the columns.")
  var header = HeaderArgument(isPresent: nil)

  static func outline(operand: Value?, options: Set<String>) -> Value? {
    .object(Outline("predictions", fields: ["predictions", "scores", "accuracy"]))
  }

  func run(in session: Session) throws -> Output {
    let model = with
    let rows = try RawRows(
      path, columns: model.rawColumns, names: model.columns,
      LoadOptions(
        format: format == "auto" ? nil : format, label: label.column, header: header.isPresent))
    if rows.areNamedOtherwise(than: model.columns) {
      session.warn(
        "the file's features have other names than the model's: they are taken in their order",
        help: "the model has \(NameList.text(model.columns ?? [], atMost: 6))")
    }
    let scores = try model.scores(
      rows.areSelected
        ? rows.features.with(Preparation(selection: model.preparation.selection)) : rows.features)
    let predictions = LinearClassifier.decide(scores, isBinary: model.isBinary)
    // Files for prediction have labels of any kind where they must have some.
    var accuracy: Double?
    if let labeled = rows.labeled, labeled.hasOnly(model.classes) {
      let labels = try labeled.numbered(by: model.classes, of: "the model").labels
      accuracy = try Metrics.accuracy(predictions, labels)
    }
    try PredictionFile(
      classes: model.classes, predictions: predictions, scores: scores,
      labels: rows.labeled.map { data in data.labels.map { data.classes[$0] } }
    ).write(to: to)
    return Output(
      .object(
        Record(
          typeName: "predictions",
          fields: [
            ("predictions", .vector(predictions.map { Double($0) })),
            ("scores", .array(NumericArray(scores))),
            ("accuracy", accuracy.map { .number($0) } ?? .none),
          ])), report: report(predictions, rows, accuracy))
  }

  private func report(_ predictions: [Int], _ rows: RawRows, _ accuracy: Double?) -> StyledText {
    var counts = [Int](repeating: 0, count: with.classes.count)
    for prediction in predictions { counts[prediction] += 1 }
    let texts = zip(with.classes, counts).map {
      "\(Escaping.visible($0)): \(NumberText.grouped($1))"
    }
    var text = StyledText(
      "predicted \(Quantity.count(predictions.count, "row")) to \(Escaping.visible(to))")
    text.appendLine("  \(NameList.text(texts))")
    if let accuracy {
      text.appendLine("  accuracy \(NumberText.fixed(accuracy, places: 4)) by the file's labels")
    } else if rows.labeled != nil {
      text.appendLine("  the file's labels are not classes of the model: no accuracy")
    }
    return text
  }
}
