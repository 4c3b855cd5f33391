import Datasets
import Interpreter
import LinearAlgebra
import SVMEngine
import Text

extension Session {
  /// The layout of W and X, as `set layout=` has it.
  var layout: Layout {
    noteSettings(["layout"])
    guard case .string(let box)? = settings["layout"] else { return .rows }
    return Layout(rawValue: box.text) ?? .rows
  }
}

extension Display {
  /// The layout that W and X are shown in.
  var layout: Layout { samplesAreColumns ? .columns : .rows }
}

extension Layout {
  /// The shape of a matrix as the user sees it.
  func shapeText(rows: Int, columns: Int) -> String {
    self == .rows ? "\(rows)×\(columns)" : "\(columns)×\(rows)"
  }
}

extension Features {
  /// Checks that the product X W exists; the message has the shapes of the layout.
  ///
  /// - Throws: `EngineError`, `Failure`.
  func checkShape(of W: Matrix, in layout: Layout) throws {
    guard layout == .columns, W.rows != columns else { return try checkShape(of: W) }
    throw Failure(
      "W is \(layout.shapeText(rows: W.rows, columns: W.columns)), and X is "
        + "\(layout.shapeText(rows: rows, columns: columns)) in layout=columns",
      help: W.columns == columns ? "transpose the weights: W.T" : nil)
  }
}

extension Dataset {
  /// Checks that W has a column for each class.
  ///
  /// - Throws: `Failure` where it does not.
  func checkColumns(of W: Matrix, in layout: Layout) throws {
    guard W.columns != classCount, W.rows == features.columns else { return }
    throw Failure(
      "W is \(layout.shapeText(rows: W.rows, columns: W.columns)), and the data have "
        + "\(classCount) classes",
      help: "it needs a \(layout == .rows ? "column" : "row") for each class: "
        + "\(layout.shapeText(rows: features.columns, columns: classCount))")
  }
}
