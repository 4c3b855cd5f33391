import Text
import LinearAlgebra

/// Features by their names: selecting columns, and bringing those of two tables together.
extension Dataset {
  /// The names of the prepared features, the bias column's too; nil where they have none.
  public var featureNames: [String]? {
    columns.map { $0 + (features.preparation.hasBias ? ["bias"] : []) }
  }

  /// The name of a raw feature in a message: `city=Berlin`, or `feature 7`.
  public func featureTitle(_ column: Int) -> String {
    columns.map { Escaping.visible($0[column]) } ?? "feature \(column)"
  }

  /// The dataset with names of its raw features.
  ///
  /// - Throws: `DataError` where there are more or fewer of them.
  func naming(_ names: [String], path: String) throws(DataError) -> Dataset {
    guard names.count == features.rawColumns else {
      throw DataError(
        "columns has \(names.count) names, and X has \(features.rawColumns) features", path: path)
    }
    return with(features, columns: names)
  }

  /// The numbers of raw features.
  ///
  /// - Throws: `DataError` where there is no such feature.
  func numbers(of references: [ColumnReference]) throws(DataError) -> [Int] {
    let count = features.rawColumns
    var numbers: [Int] = []
    for reference in references {
      switch reference {
      case .number(let number):
        let place = number < 0 ? number + count : number
        guard (0..<count).contains(place) else {
          throw DataError(
            "there is no feature \(number)",
            help: "there are \(Quantity.count(count, "feature")), from 0 to \(count - 1)")
        }
        numbers.append(place)
      case .name(let name):
        // Features without names are x0, x1, … in tables that are written of them.
        if columns == nil, let number = Int(name.dropFirst()), name == "x\(number)",
          (0..<count).contains(number)
        {
          numbers.append(number)
          continue
        }
        guard let columns else {
          throw DataError(
            "there is no feature \(Escaping.excerpt(name)): these features have no names",
            help: "numbers from 0 to \(count - 1) stand for them, or x0 to x\(count - 1)")
        }
        // A text column stands for all features that it became.
        let encoded = columns.indices.filter { columns[$0].hasPrefix(name + "=") }
        if let found = columns.firstIndex(of: name) {
          numbers.append(found)
        } else if !encoded.isEmpty {
          numbers += encoded
        } else {
          let meant = Spelling.nearest(to: name, in: columns)
          throw DataError(
            "there is no feature \(Escaping.excerpt(name))",
            help: (meant.map { "did you mean \(Escaping.visible($0))? " } ?? "")
              + "features: \(NameList.text(columns))")
        }
      }
    }
    return numbers
  }

  /// The features with these names, in this order. A one-hot feature that is not there is 0, if
  /// another one of its column is there.
  ///
  /// - Throws: `DataError` where another feature is missing; `MemoryRefused`, `Interrupted`.
  func aligned(to names: [String], path: String?, remarks: LoadRemarks?) throws -> Dataset {
    try aligned(to: names, of: "train", "the test part has", path: path, remarks: remarks)
  }

  /// The raw features with the names of a model's, in their order, for data that are not prepared.
  ///
  /// - Throws: `DataError` where one is missing; `MemoryRefused`, `Interrupted`.
  public func aligned(toModel names: [String]) throws -> Dataset {
    try aligned(to: names, of: "the model", "the data have", path: nil, remarks: nil)
  }

  private func aligned(
    to names: [String], of other: String, _ own: String, path: String?, remarks: LoadRemarks?
  ) throws -> Dataset {
    guard let columns else { return self }
    var places: [String: Int] = [:]
    for (j, name) in columns.enumerated() where places[name] == nil { places[name] = j }
    let encoded = Set(columns.compactMap(Self.encodedColumn))
    for name in names where places[name] == nil {
      if let column = Self.encodedColumn(name), encoded.contains(column) { continue }
      // Tables whose names have nothing in common are told apart by their numbers of columns.
      if Set(names).isDisjoint(with: columns), names.count == columns.count { return self }
      throw DataError(
        "\(own) no feature \(Escaping.excerpt(name)), which \(other) has", path: path,
        help: "features: \(NameList.text(columns))")
    }
    let extra = columns.filter { !Set(names).contains($0) }
    if !extra.isEmpty {
      remarks?.warn(
        "the test part has features that train has not, and they are left out: "
          + NameList.text(extra, atMost: 6),
        help: "texts that only the test part holds say nothing to a model")
    }
    return with(try features.arranged(columns: names.map { places[$0] ?? -1 }), columns: names)
  }

  /// The column of texts that a one-hot feature comes from; nil for any other name.
  static func encodedColumn(_ name: String) -> String? {
    name.firstIndex(of: "=").map { String(name[..<$0]) }
  }

  /// The dataset with some of its raw features, in their order.
  ///
  /// - Throws: `DataError` where there is no such feature, none is left, or there is a bias column;
  ///   `MemoryRefused`, `Interrupted`.
  public func selecting(columns change: ColumnChange) throws -> Dataset {
    var copies = StorageCopies(of: [])
    return try selecting(change, &copies)
  }

  fileprivate func selecting(
    _ change: ColumnChange, _ copies: inout StorageCopies
  ) throws -> Dataset {
    let kept = try change.kept(of: self)
    return with(
      try features.taking(columns: kept, sharing: &copies),
      columns: columns.map { names in kept.map { names[$0] } })
  }
}

/// Columns to keep, or to drop.
public enum ColumnChange: Sendable {
  /// These columns, in the order in which they stand in the data.
  case keep([ColumnReference])
  /// All others.
  case drop([ColumnReference])

  /// The numbers of the raw columns that are kept, ascending.
  ///
  /// - Throws: `DataError` where there is no such column, or none is left.
  func kept(of data: Dataset) throws(DataError) -> [Int] {
    let count = data.features.rawColumns
    let kept: [Int]
    switch self {
    case .keep(let references): kept = Set(try data.numbers(of: references)).sorted()
    case .drop(let references):
      let dropped = Set(try data.numbers(of: references))
      kept = (0..<count).filter { !dropped.contains($0) }
    }
    guard !kept.isEmpty else {
      throw DataError("no feature is left", help: "keep at least one of \(count)")
    }
    return kept
  }
}

extension Split {
  /// All parts with some of their raw features, as `Dataset.selecting(columns:)`. Parts that share
  /// memory share it afterwards.
  ///
  /// - Throws: as there.
  public func selecting(columns change: ColumnChange) throws -> Split {
    var copies = StorageCopies(of: allParts.map(\.features))
    return try map { try $0.selecting(change, &copies) }
  }
}
