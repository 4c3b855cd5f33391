import Datasets
import Interpreter
import LinearAlgebra
import Plotting
import Text

/// Writes plots to files. The ending of a file's name decides its format.
enum PlotFile {
  /// What plots are written as.
  enum Format: String, CaseIterable {
    case svg, png
  }

  /// The format of a file of this name.
  ///
  /// - Throws: A `Failure` for an ending that is none.
  static func format(of path: String) throws -> Format {
    let ending = SavedFile.ending(of: path)
    if let format = Format(rawValue: ending) { return format }
    throw Failure(
      ending.isEmpty
        ? "the file's name has no ending"
        : "no plot is written as '.\(Escaping.visible(ending))'",
      help: "endings: " + Format.allCases.map { "." + $0.rawValue }.joined(separator: " "),
      parameter: "to")
  }

  /// Writes a plot; returns the size of the drawing in pixels.
  ///
  /// - Throws: A `DataError` where the file can't be written; `Interrupted`.
  static func write(
    _ plot: Plot, as format: Format, width: Int?, height: Int?, to path: String
  ) throws -> (width: Int, height: Int) {
    let (drawing, bytes) = try Abandonable.run {
      let drawing = plot.drawing(width: width, height: height)
      return (drawing, format == .svg ? Array(drawing.svg.utf8) : drawing.png)
    }
    guard let bytes else {
      throw Failure(
        "there are no pixels without the library cairo (libcairo.so.2)",
        help: "install it (Debian's libcairo2), or write an .svg", parameter: "to")
    }
    try AtomicFile.write(bytes, to: path)
    return (Int(drawing.width.rounded(.up)), Int(drawing.height.rounded(.up)))
  }
}
