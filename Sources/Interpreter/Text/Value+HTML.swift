import Text

extension Value {
  /// The value as a table in HTML, where that reads better than its text: a matrix, a list of rows,
  /// a list of dictionaries with the same keys, a dictionary of columns, and a long dictionary.
  ///
  /// It is nil for all others: of a vector, a line of text says the same in less room.
  func html(on display: Display) -> String? {
    switch self {
    case .array(let array): ArrayText(array, on: display).html
    case .list(let box): (records(box.items, display) ?? rows(box.items, display))?.html
    case .dictionary(let box): (columns(box, display) ?? entries(box, display))?.html
    default: nil
    }
  }

  /// The largest table, and the widest.
  private static let (mostRows, mostColumns) = (200, 12)

  /// A number or short text that stands in a cell; nil for others.
  private func cell(_ display: Display) -> String? {
    switch self {
    case .none, .bool, .number: try? text(for: display)
    case .string(let box): box.text.utf8.count <= 200 ? Escaping.visible(box.text) : nil
    default: nil
    }
  }

  /// The texts of values for cells; nil where one is none for a cell.
  private static func cells(_ values: [Value], _ display: Display) -> [String]? {
    let texts = values.compactMap { $0.cell(display) }
    return texts.count == values.count ? texts : nil
  }

  /// The side on which a column of values is aligned.
  private static func alignment(_ values: [Value]) -> TextTable.Alignment {
    values.allSatisfy { if case .number = $0 { true } else { false } } ? .right : .left
  }

  /// The items of a list, tuple or vector; nil for others, and where they are too many for a table.
  private var rowItems: [Value]? {
    switch self {
    case .list(let box), .tuple(let box): box.items.count <= Self.mostRows ? box.items : nil
    case .array(let array) where array.rank == 1 && array.count <= Self.mostRows:
      (0..<array.count).map {
        array.isMask ? .bool(array.pointer[$0] != 0) : .number(array.pointer[$0])
      }
    default: nil
    }
  }

  /// A row for each dictionary, where all have the same keys.
  private func records(_ items: [Value], _ display: Display) -> TextTable? {
    guard (2...Self.mostRows).contains(items.count), case .dictionary(let first)? = items.first,
      (1...Self.mostColumns).contains(first.count)
    else { return nil }
    let dictionaries = items.compactMap { if case .dictionary(let box) = $0 { box } else { nil } }
    guard dictionaries.count == items.count, dictionaries.allSatisfy({ $0.keys == first.keys })
    else { return nil }
    return Self.table(
      heads: first.keys.map(\.value), rows: dictionaries.map(\.values), display)
  }

  /// A row for each list, tuple or vector, where all are as long.
  private func rows(_ items: [Value], _ display: Display) -> TextTable? {
    guard (2...Self.mostRows).contains(items.count),
      let length = items[0].rowItems?.count, (2...Self.mostColumns).contains(length)
    else { return nil }
    let rows = items.compactMap(\.rowItems)
    guard rows.count == items.count, rows.allSatisfy({ $0.count == length }) else { return nil }
    return Self.table(heads: nil, rows: rows, display)
  }

  /// A column for each key, where all values are lists or vectors that are as long.
  private func columns(_ box: DictionaryBox, _ display: Display) -> TextTable? {
    guard (1...Self.mostColumns).contains(box.count) else { return nil }
    let columns = box.values.compactMap(\.rowItems)
    guard columns.count == box.count, let length = columns.first?.count, length >= 2,
      columns.allSatisfy({ $0.count == length })
    else { return nil }
    let rows = (0..<length).map { i in columns.map { $0[i] } }
    return Self.table(heads: box.keys.map(\.value), rows: rows, display)
  }

  /// A row for each entry of a dictionary that is longer than a line.
  private func entries(_ box: DictionaryBox, _ display: Display) -> TextTable? {
    guard (2...Self.mostRows).contains(box.count),
      let text = try? text(for: display), DisplayWidth.of(text) > 60,
      let keys = Self.cells(box.keys.map(\.value), display)
    else { return nil }
    var table = TextTable([.init("", .left), .init("", .left)])
    for (key, value) in zip(keys, box.values) { table.add([key, value.briefText(for: display)]) }
    return table
  }

  private static func table(
    heads: [Value]?, rows: [[Value]], _ display: Display
  ) -> TextTable? {
    let names = heads.map { cells($0, display) } ?? rows[0].map { _ in "" }
    let texts = rows.compactMap { cells($0, display) }
    guard let names, texts.count == rows.count else { return nil }
    var table = TextTable(
      names.enumerated().map { j, name in .init(name, alignment(rows.map { $0[j] })) })
    for row in texts { table.add(row) }
    return table
  }
}
