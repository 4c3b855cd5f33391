import Glibc
import Datasets
import Interpreter
import Language
import LinearAlgebra
import Text

/// Writes the files of `save` and reads them for `load`. The ending of a file's name decides its
/// format.
package enum SavedFile {
  /// In the order in which they are listed.
  static let formats: [any SavedFormat.Type] = [
    ArchiveFormat.self, ArrayFormat.self, CSVFormat.self, LIBSVMFormat.self, LIBLINEARFormat.self,
    JSONFormat.self, ONNXFormat.self,
  ]

  /// Writes a value. What comes back says what the file lacks; nil where it lacks nothing.
  ///
  /// - Throws: A `Failure` for an unknown ending and a value that the format can't hold; a
  ///   `DataError` where the file can't be written.
  static func save(_ value: Value, to path: String) throws -> String? {
    let ending = ending(of: path)
    guard let format = formats.first(where: { $0.ending == ending }) else {
      throw Failure(
        ending.isEmpty
          ? "the file's name has no ending"
          : "nothing is written as '.\(Escaping.visible(ending))'",
        help: "endings: " + formats.map { "." + $0.ending }.joined(separator: " "), parameter: "to")
    }
    do {
      return try format.write(value, to: path)
    } catch let unfit as Unfit {
      throw Failure(
        "\(article(value.typeName)) can't be written as .\(ending), which takes \(format.holds)",
        help: unfit.help ?? "`help save` lists the formats", parameter: "to")
    }
  }

  /// The text after the last point of the file's name, in lower case; empty where there is none.
  static func ending(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let point = name.lastIndex(of: "."), point != name.startIndex else { return "" }
    return name[name.index(after: point)...].lowercased()
  }

  /// The value of a file that holds no dataset: a saved model, history, vector, matrix, or several
  /// arrays. Nil for all other files, and where there is no file.
  package static func load(_ path: String, format: String) throws -> Value? {
    let kind = format == "auto" ? ending(of: path) : format
    guard let format = formats.first(where: { $0.ending == kind }), access(path, F_OK) == 0 else {
      return nil
    }
    return try format.read(path)
  }
}
