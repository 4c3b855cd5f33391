import Text
import LinearAlgebra

/// The text format of LIBSVM and LIBLINEAR.
public enum LIBSVMFile {
  /// Whether the names of the classes are numbers, and so are written as they are.
  public static func keepsNames(of dataset: Dataset) -> Bool {
    dataset.classes.allSatisfy { DecimalParser.parse($0).map { !$0.isNaN } ?? false }
  }

  /// Writes a dataset, prepared, without zeros. Labels that are not numbers are written as class
  /// numbers, from 0.
  ///
  /// - Throws: `DataError`, `MemoryRefused`, `Interrupted`.
  public static func write(dataset: Dataset, to path: String) throws {
    let features = dataset.features
    let labels =
      keepsNames(of: dataset) ? dataset.classes : dataset.classes.indices.map(String.init)
    try AtomicFile.write(to: path) { output in
      let rows = try DatasetRows(features)
      var width = 0
      for i in 0..<features.rows {
        if i % 64 == 0 { try Interruption.check() }
        var line = labels[dataset.labels[i]].split(separator: " ").joined()
        rows.forEachEntry(ofRow: i) { j, value in
          line += " \(j + 1):\(NumberText.shortest(value))"
          width = max(width, j + 1)
        }
        // The last column is written at least once, so that none is lost.
        if i == features.rows - 1 && width < features.columns { line += " \(features.columns):0" }
        try output.append(line + "\n")
      }
    }
  }
}
