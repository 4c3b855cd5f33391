import Datasets
import Interpreter
import Text

/// The work and report that `drop` and `keep` share.
enum ColumnsReport {
  /// The data with some of their features.
  static func output(_ change: ColumnChange, _ data: DataArgument) throws -> Output {
    let before = data.first.features.rawColumns
    func report(_ after: Dataset) -> StyledText {
      var text =
        "\(Quantity.count(after.features.rawColumns, "feature")) of \(NumberText.grouped(before))"
      if let columns = after.columns { text += ": \(NameList.text(columns))" }
      return StyledText(text)
    }
    switch data {
    case .dataset(let dataset):
      let result = try data.copying { try dataset.selecting(columns: change) }
      return Output(.object(result), report: report(result))
    case .split(let split):
      let result = try data.copying { try split.selecting(columns: change) }
      return Output(.object(result), report: report(result.train))
    }
  }
}

extension ColumnsArgument {
  /// The columns, once a mask is known to be as long as there are features.
  ///
  /// - Throws: A `Failure` where it is not.
  func checked(for data: Dataset) throws -> [ColumnReference] {
    let count = data.features.rawColumns
    if let maskLength, maskLength != count {
      // A mask of the prepared features has an entry for the bias column.
      guard maskLength == data.features.columns else {
        throw Failure(
          "the mask has \(maskLength) entries, and there are \(Quantity.count(count, "feature"))",
          parameter: "columns")
      }
      return references.filter { $0 != .number(count) }
    }
    return references
  }
}
