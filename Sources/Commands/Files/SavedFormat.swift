import Datasets
import Interpreter
import LinearAlgebra
import Text

/// A format of `save`, and of `load` for values that are no data. A new one is a file and a line in
/// `SavedFile.formats`.
protocol SavedFormat: SendableMetatype {
  /// The ending of its files' names, without the point.
  static var ending: String { get }
  /// What it can hold, as in messages: `a dataset`.
  static var holds: String { get }
  /// Writes a value. Nil where reading gives the same value again; else a sentence about what the
  /// file does not hold, or how it is read.
  ///
  /// - Throws: `Unfit` where the format can't hold it; `DataError`, `MemoryRefused`, `Interrupted`.
  static func write(_ value: Value, to path: String) throws -> String?
  /// The value of a file; nil where it holds data or arrays, which the readers of data take.
  ///
  /// - Throws: `DataError`, `MemoryRefused`, `Interrupted`.
  static func read(_ path: String) throws -> Value?
}

extension SavedFormat {
  /// Nil: its files hold data or arrays, or are for other programs.
  static func read(_ path: String) throws -> Value? { nil }
}

/// A value that a format can't hold, and another way.
struct Unfit: Error {
  var help: String?
}

extension Dataset {
  /// What a file of text lacks of it; nil where that is nothing.
  ///
  /// - Parameter isNamed: whether labels are written as the names of their classes.
  func textRemark(isNamed: Bool) throws -> String? {
    var remarks: [String] = []
    if features.preparation != Preparation() {
      remarks.append(
        "the features are written as prepared, and a model would prepare them once more")
    }
    if imageShape != nil { remarks.append("the shape of the pictures is not in it") }
    let numbers = classes.indices.map(String.init)
    if !isNamed, classes != numbers {
      remarks.append(
        "its classes are numbers: "
          + NameList.text(zip(numbers, classes).map { "\($0) is \($1)" }))
    } else if try Dataset.orderedClasses(classes) != classes {
      remarks.append("its classes will be in the order of their names")
    }
    if classCounts.contains(0) { remarks.append("classes without rows are not in it") }
    return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
  }
}
