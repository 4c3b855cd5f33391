import Text
import LinearAlgebra

/// The structure of a table, from its first rows: what each column holds.
struct TablePlan: Sendable {
  /// The content of a column.
  enum Kind: Sendable, Equatable {
    /// Numbers: a feature.
    case number
    /// Texts: a feature for each of them, by one-hot encoding.
    case text
    /// The labels.
    case label
    /// Nothing that is wanted.
    case dropped
  }

  /// Thrown where later rows show that the plan was wrong.
  enum Surprise: Error {
    /// A column without any value so far holds texts.
    case text(column: Int)
    /// Numbers have decimal commas.
    case commas
  }

  /// The names of the columns; nil where the first row holds none.
  let names: [String]?
  /// The content of each column.
  let kinds: [Kind]
  /// Columns of numbers that have no value in the first rows.
  let undecided: Set<Int>
  /// Whether further rows would change nothing.
  let isCertain: Bool
  /// Whether the numbers of the first rows are bytes.
  let beginsWithBytes: Bool

  /// The columns that are no numbers, in order.
  var others: [Int] { kinds.indices.filter { kinds[$0] != .number } }
  /// The number of columns of numbers.
  var numberCount: Int { kinds.count { $0 == .number } }
  /// The columns of texts, in order.
  var texts: [Int] { kinds.indices.filter { kinds[$0] == .text } }
  /// The column of the labels; nil for none.
  var label: Int? { kinds.firstIndex(of: .label) }

  /// The largest number of columns.
  static let mostColumns = 1_000_000

  /// The rows that are looked at.
  private static let rowsToSee = 20

  /// The plan for a table.
  ///
  /// - Parameters:
  ///   - texts: columns that are known to hold texts.
  /// - Throws: `DataError` where there is no row, or the options don't fit.
  init(
    _ file: FileBytes, _ dialect: TableDialect, _ options: LoadOptions, texts: Set<Int>,
    path: String
  ) throws {
    var scanner = TableScanner(file, delimiter: dialect.delimiter, path: path)
    guard scanner.nextRow() else { throw DataError("the file holds no rows", path: path) }
    let line = scanner.line
    let first = try Self.row(&scanner)
    guard first.count <= Self.mostColumns else {
      throw DataError(
        "the first row has more than \(NumberText.grouped(Self.mostColumns)) cells", path: path,
        line: line, help: "a row of the table is one line; LIBSVM's text holds wide sparse rows")
    }
    var later: [[String]] = []
    while later.count < Self.rowsToSee, scanner.nextRow() {
      // Errors in later rows are reported when these are read.
      guard let row = try? Self.row(&scanner) else { break }
      later.append(row)
    }
    isCertain = later.count == Self.rowsToSee
    let names = options.header ?? Self.looksLikeHeader(first, later) ? first : nil
    self.names = names
    // A name that can't be read has the mark of a character that is not in UTF-8.
    if let wrong = names?.first(where: { $0.contains("\u{FFFD}") || $0.utf8.contains(0) }) {
      throw DataError(
        "the name of a column, \(Escaping.excerpt(wrong)), is not in UTF-8", path: path,
        line: line, help: "save the file as UTF-8: iconv -f latin1 -t utf-8")
    }
    let rows = names == nil ? [first] + later : later

    var kinds = [Kind](repeating: .number, count: first.count)
    for column in options.drop {
      kinds[try Self.number(of: column, names, first.count, path)] = .dropped
    }
    if let label = try Self.labelColumn(options.label, names, kinds, dialect, path) {
      guard kinds[label] != .dropped else {
        throw DataError(
          "the column of the labels can't be dropped", path: path,
          help: "label=none reads a table without labels")
      }
      kinds[label] = .label
    }
    var undecided: Set<Int> = []
    for j in kinds.indices where kinds[j] == .number {
      let cells = rows.compactMap { j < $0.count && !TableReader.isMissing($0[j]) ? $0[j] : nil }
      if cells.isEmpty { undecided.insert(j) }
      let isText = !cells.isEmpty && cells.allSatisfy { DecimalParser.parse($0) == nil }
      if isText || texts.contains(j) { kinds[j] = .text }
    }
    self.undecided = undecided
    beginsWithBytes =
      !rows.isEmpty
      && rows.allSatisfy { row in
        row.indices.allSatisfy {
          !kinds.indices.contains($0) || kinds[$0] != .number || UInt8(row[$0]) != nil
        }
      }
    self.kinds = kinds
    if kinds.allSatisfy({ $0 == .label || $0 == .dropped }) {
      throw Self.noFeatures(kinds, dialect, path)
    }
  }

  private static func noFeatures(
    _ kinds: [Kind], _ dialect: TableDialect, _ path: String
  ) -> DataError {
    if kinds.contains(.dropped) {
      return DataError("no column is left for the features", path: path, help: "drop fewer")
    }
    return DataError(
      "there is one column only, and the labels take it", path: path,
      help: "label=none takes it as a feature; the delimiter here is"
        + " \(Escaping.excerpt([dialect.delimiter]))")
  }

  private static func row(_ scanner: inout TableScanner) throws -> [String] {
    var cells: [String] = []
    while true {
      let cell = try scanner.nextCell()
      cells.append(String(decoding: cell.bytes, as: UTF8.self))
      if cell.isLast || cells.count > mostColumns { return cells }
    }
  }

  // MARK: Header

  private static func looksLikeHeader(_ first: [String], _ later: [[String]]) -> Bool {
    if later.isEmpty {
      return first.allSatisfy { !$0.isEmpty && DecimalParser.parse($0) == nil }
    }
    let columns = first.indices.map { j in
      later.compactMap { $0.indices.contains(j) && !TableReader.isMissing($0[j]) ? $0[j] : nil }
    }
    let standsOverNumbers = first.indices.contains { j in
      !TableReader.isMissing(first[j]) && DecimalParser.parse(first[j]) == nil
        && !columns[j].isEmpty && columns[j].allSatisfy { DecimalParser.parse($0) != nil }
    }
    if standsOverNumbers { return true }
    // Where all is text: names differ, and none of them is a value; values come again.
    return Set(first).count == first.count
      && first.indices.allSatisfy { j in
        !TableReader.isMissing(first[j]) && DecimalParser.parse(first[j]) == nil
          && !columns[j].contains(first[j]) && Set(columns[j]).count < columns[j].count
      }
  }

  // MARK: Columns by name or number

  /// The names of columns that usually hold the labels, the surest one first.
  private static let usualLabels = ["label", "class", "target", "y", "species"]

  private static func labelColumn(
    _ wanted: LabelColumn, _ names: [String]?, _ kinds: [Kind], _ dialect: TableDialect,
    _ path: String
  ) throws(DataError) -> Int? {
    let column: Int
    switch wanted {
    case .none: return nil
    case .first: column = 0
    case .last: column = kinds.count - 1
    case .named(let name): column = try number(of: .name(name), names, kinds.count, path)
    case .auto:
      let lower = names?.map { $0.lowercased() } ?? []
      let known = usualLabels.lazy.compactMap { name in
        lower.indices.first { lower[$0] == name && kinds[$0] != .dropped }
      }.first
      guard let found = known ?? kinds.lastIndex(where: { $0 != .dropped }) else {
        throw noFeatures(kinds, dialect, path)
      }
      column = found
    }
    return column
  }

  private static func number(
    of column: ColumnReference, _ names: [String]?, _ count: Int, _ path: String
  ) throws(DataError) -> Int {
    switch column {
    case .number(let number):
      let place = number < 0 ? number + count : number
      guard (0..<count).contains(place) else {
        throw DataError(
          "there is no column \(number)", path: path,
          help: "there are \(count), from 0 to \(count - 1)")
      }
      return place
    case .name(let name):
      guard let names else {
        throw DataError(
          "there is no column \(Escaping.excerpt(name)): the first row does not name the columns",
          path: path, help: "label=first, label=last, label=none or header=true")
      }
      guard let found = names.firstIndex(of: name) else {
        let meant = Spelling.nearest(to: name, in: names)
        throw DataError(
          "there is no column \(Escaping.excerpt(name))", path: path,
          help: (meant.map { "did you mean \(Escaping.visible($0))? " } ?? "")
            + "columns: \(NameList.text(names))")
      }
      return found
    }
  }

  // MARK: Features

  /// The name of a column in a message.
  func title(_ column: Int) -> String {
    guard let names, names.indices.contains(column) else { return "column \(column + 1)" }
    return "column \(Escaping.excerpt(names[column]))"
  }

  /// The name of a feature: that of its column, or x and its number among the features.
  func featureName(_ column: Int) -> String {
    if let names { return names[column] }
    return "x\(kinds[..<column].count { $0 == .number || $0 == .text })"
  }
}
