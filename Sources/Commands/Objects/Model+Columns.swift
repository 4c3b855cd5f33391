import Datasets
import LinearAlgebra
import SVMEngine

extension LinearClassifier {
  /// The features of a dataset, with the columns of the model where both have names and the data
  /// are as they were loaded: in any order, with others besides, and with zeros for texts that are
  /// not in the data.
  ///
  /// - Throws: `DataError` where a feature is missing; `MemoryRefused`, `Interrupted`.
  func features(of data: Dataset) throws -> Features {
    guard let columns, let own = data.columns, own != columns,
      data.features.preparation == Preparation()
    else { return data.features }
    if let selection = preparation.selection, selection.rawColumns == own.count,
      selection.columns.map({ own[$0] }) == columns
    {
      return data.features
    }
    let aligned = try data.aligned(toModel: columns)
    guard aligned.columns == columns else { return data.features }
    return aligned.features.with(Preparation(selection: preparation.selection))
  }
}
