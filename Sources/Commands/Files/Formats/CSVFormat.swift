import Datasets
import Interpreter
import LinearAlgebra
import SVMEngine
import Text

/// `.csv`, a table of text.
enum CSVFormat: SavedFormat {
  static let ending = "csv"
  static let holds = "a matrix, dataset, history or table"

  static func write(_ value: Value, to path: String) throws -> String? {
    switch value {
    case .array(let array):
      try CSVFile.write(matrix: array.csvMatrix, to: path)
      return "`load` would take its last column for labels; "
        + "`loadtxt(\(JSONText.quoted(path)), delimiter=\",\")` reads it back"
    case .object(let box):
      switch box.object {
      case let data as Dataset:
        try CSVFile.write(dataset: data, to: path)
        return try data.textRemark(isNamed: true)
      case let history as History:
        try CSVFile.write(columns: columns(of: history), to: path)
        return nil
      case let table as TuningTable:
        try CSVFile.write(columns: try table.csvColumns, to: path)
        return "`load` would take it for data"
      case is LinearClassifier:
        throw Unfit(help: "`.json` and `.npz` hold a model; `save m.W to=…` writes its weights")
      default: throw Unfit()
      }
    default: throw Unfit()
    }
  }

  private static let historyColumns = [
    "iteration", "loss", "gap", "val_iteration", "val_accuracy",
  ]

  private static func columns(of history: History) -> [CSVFile.Column] {
    zip(
      historyColumns,
      [
        history.iteration.map { Double($0) }, history.loss, history.gap,
        history.validationIteration.map { Double($0) }, history.validationAccuracy,
      ]
    ).map { CSVFile.Column(name: $0, numbers: $1) }
  }

  /// A history, known by its columns.
  static func read(_ path: String) throws -> Value? {
    guard let columns = try CSVFile.columns(of: path, named: historyColumns) else { return nil }
    func numbers(_ i: Int) -> [Double]? {
      let cells = columns[i].values.prefix { !$0.isEmpty }
      let numbers = cells.compactMap { Double($0) }
      return numbers.count == cells.count ? numbers : nil
    }
    func counts(_ i: Int) -> [Int]? {
      numbers(i).flatMap { numbers in
        let counts = numbers.compactMap { Int(exactly: $0) }
        return counts.count == numbers.count ? counts : nil
      }
    }
    var history = History()
    guard let iteration = counts(0), let loss = numbers(1), let gap = numbers(2),
      let validated = counts(3), let accuracy = numbers(4), iteration.count == loss.count,
      gap.isEmpty || gap.count == loss.count, validated.count == accuracy.count
    else { return nil }
    (history.iteration, history.loss, history.gap) = (iteration, loss, gap)
    (history.validationIteration, history.validationAccuracy) = (validated, accuracy)
    return .object(history)
  }
}

extension NumericArray {
  /// The array as a matrix whose rows are the lines of a file; a vector is one column.
  var csvMatrix: Matrix {
    get throws { try (rank == 1 ? reshaped(rank: 2, rows: count, columns: 1) : self).matrix }
  }
}
