import Text
import LinearAlgebra

/// Comma-separated values (RFC 4180), with numbers as the shortest decimals that read back the
/// same.
public enum CSVFile {
  /// A column of a table.
  public struct Column: Sendable, Equatable {
    /// The name in the first row.
    public let name: String
    /// The cells below it.
    public let values: [String]

    /// A column of texts.
    public init(name: String, values: [String]) {
      self.name = name
      self.values = values
    }

    /// A column of numbers.
    public init(name: String, numbers: [Double]) {
      self.name = name
      values = numbers.map(NumberText.shortest)
    }
  }

  /// Writes columns below their names. Shorter ones are padded with empty cells.
  ///
  /// - Throws: `DataError`, `Interrupted`.
  public static func write(columns: [Column], to path: String) throws {
    let rows = columns.map(\.values.count).max() ?? 0
    try write(header: columns.map(\.name), rows: rows, to: path) { i in
      columns.map { i < $0.values.count ? $0.values[i] : "" }
    }
  }

  /// The columns of a file whose first line is exactly these names; nil for all others. No cell may
  /// have a comma.
  ///
  /// - Throws: `DataError`, `MemoryRefused`, `Interrupted`.
  public static func columns(of path: String, named names: [String]) throws -> [Column]? {
    guard let source = try DataSource.onDisk(path), !source.isFolder else { return nil }
    let header = try FileHead(source).lines(1).first.map { String(decoding: $0, as: UTF8.self) }
    guard header == names.joined(separator: ",") else { return nil }
    let text = try source.readAll().withBytes { String(decoding: $0, as: UTF8.self) }
    let rows = text.split(whereSeparator: \.isNewline).dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    guard rows.allSatisfy({ $0.count == names.count }) else { return nil }
    return names.indices.map { j in Column(name: names[j], values: rows.map { $0[j] }) }
  }

  /// Writes rows of cells below the names of their columns.
  ///
  /// - Throws: `DataError`, `Interrupted`.
  public static func write(
    header: [String], rows: Int, to path: String, row: (Int) -> [String]
  ) throws {
    try AtomicFile.write(to: path) { output in
      try output.append(line(header))
      for i in 0..<rows {
        if i % 64 == 0 { try Interruption.check() }
        try output.append(line(row(i)))
      }
    }
  }

  /// Writes a matrix, one row to a line, below names where they are given.
  ///
  /// - Throws: `DataError`, `Interrupted`.
  public static func write(matrix: Matrix, to path: String, header: [String]? = nil) throws {
    try AtomicFile.write(to: path) { output in
      if let header { try output.append(line(header)) }
      for i in 0..<matrix.rows {
        if i % 64 == 0 { try Interruption.check() }
        let cells = (0..<matrix.columns).map { NumberText.shortest(matrix[i, $0]) }
        try output.append(cells.joined(separator: ",") + "\n")
      }
    }
  }

  /// Writes a dataset, prepared: columns with their names, or x0, x1, …, and the labels last.
  ///
  /// - Throws: `DataError`, `MemoryRefused`, `Interrupted`.
  public static func write(dataset: Dataset, to path: String) throws {
    let features = dataset.features
    // A row as numbers and as cells: with sparse data it may be very wide.
    try MemoryLimit.require(rows: 1, columns: features.columns, bytesPerEntry: 128)
    try AtomicFile.write(to: path) { output in
      let names = dataset.featureNames ?? (0..<features.columns).map { "x\($0)" }
      // Only one column may be taken for that of the labels.
      let header = names.enumerated().map { $1.lowercased() == "label" ? "x\($0)" : $1 }
      try output.append(line(header + ["label"]))
      let labels = dataset.classes.map(escaped)
      for i in 0..<features.rows {
        if i % 64 == 0 { try Interruption.check() }
        let cells = features.row(i).map(NumberText.shortest)
        try output.append(
          cells.joined(separator: ",") + ",\(labels[dataset.labels[i]])\n")
      }
    }
  }

  private static func line(_ cells: [String]) -> String {
    // Readers skip empty lines.
    if cells.count == 1, cells[0].isEmpty { return "\"\"\n" }
    return cells.map(escaped).joined(separator: ",") + "\n"
  }

  /// A cell in quotes where it needs them.
  static func escaped(_ cell: String) -> String {
    let needsQuotes =
      cell.utf8.contains { [10, 13, 34, 44].contains($0) } || cell.first == " "
      || cell.last == " "
    guard needsQuotes else { return cell }
    return "\""
      + cell.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
