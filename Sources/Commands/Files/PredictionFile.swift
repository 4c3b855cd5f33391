import Datasets
import Interpreter
import LinearAlgebra
import SVMEngine
import Text

/// Predictions and scores as a file: `.csv` with a row for each sample, or `.npz`.
struct PredictionFile {
  let classes: [String]
  /// The class numbers.
  let predictions: [Int]
  /// N×K; N×1 for a binary model.
  let scores: Matrix
  /// The labels of the rows; nil where they have none.
  let labels: [String]?

  /// Writes the file that the ending says.
  ///
  /// - Throws: A `Failure` for another ending; `DataError`, `Interrupted`.
  func write(to path: String) throws {
    switch SavedFile.ending(of: path) {
    case "csv": try writeTable(to: path)
    case "npz": try writeArrays(to: path)
    case let other:
      throw Failure(
        other.isEmpty
          ? "the file's name has no ending" : "no predictions are written as '.\(other)'",
        help: "endings: .csv .npz", parameter: "to")
    }
  }

  private func writeTable(to path: String) throws {
    let names = scores.columns == 1 ? ["score"] : classes.map { "score \($0)" }
    try CSVFile.write(
      header: (labels == nil ? [] : ["label"]) + ["prediction"] + names, rows: predictions.count,
      to: path
    ) { i in
      (labels.map { [$0[i]] } ?? []) + [classes[predictions[i]]]
        + (0..<scores.columns).map { NumberText.shortest(scores[i, $0]) }
    }
  }

  private func writeArrays(to path: String) throws {
    func texts(_ name: String, _ texts: [String]) throws -> NamedArray {
      NamedArray(name: name, array: try NumPyArray(shape: [texts.count], texts: texts))
    }
    var arrays = [
      try texts("prediction", predictions.map { classes[$0] }),
      NamedArray(name: "scores", array: try NumPyArray(NumericArray(scores))),
      try texts("classes", classes),
    ]
    if let labels { arrays.append(try texts("label", labels)) }
    try NumPyFile.writeArchive(arrays, to: path)
  }
}
