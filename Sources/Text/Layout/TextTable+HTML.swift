extension TextTable {
  /// The table as HTML, with all of its columns and words. Cells of good and bad news have the
  /// classes `good` and `bad`.
  public var html: String { html(kind: nil) }

  /// The same, where `kind` is the class of the table.
  public func html(kind: String?) -> String {
    let hasHead = columns.contains { !$0.head.isEmpty }
    var html = kind.map { "<table class=\"\($0)\">\n" } ?? "<table>\n"
    if hasHead {
      let cells = columns.map { column in
        // A column without a name has no head for those who listen to it.
        let name = column.head.isEmpty ? "td" : "th"
        return "<\(name)\(column.head.isEmpty ? "" : " scope=\"col\"")"
          + "\(column.style(of: column.head))>"
          + "\(Escaping.markup(column.head))</\(name)>"
      }
      html += "<thead><tr>\(cells.joined())</tr></thead>\n"
    }
    html += "<tbody>\n"
    for row in rows {
      let cells = columns.enumerated().map { i, column in
        let cell = i < row.count ? row[i] : Cell(text: "")
        let mark =
          switch cell.style {
          case .good: " class=\"good\""
          case .bad: " class=\"bad\""
          default: ""
          }
        return "<td\(mark)\(column.style(of: cell.text))>\(Escaping.markup(cell.text))</td>"
      }
      html += "<tr>\(cells.joined())</tr>\n"
    }
    return html + "</tbody>\n</table>\n"
  }
}

extension TextTable {
  /// The texts of the table by row, below the names of its columns.
  var json: JSONValue {
    .object([
      ("columns", .array(columns.map { .string($0.head) })),
      ("rows", .array(rows.map { .array($0.map { .string($0.text) }) })),
    ])
  }
}

extension TextTable.Column {
  /// The attribute that aligns a cell as the column is, and keeps a short one on its line.
  /// Notebooks have cells on the right unless they are told.
  fileprivate func style(of cell: String) -> String {
    if alignment == .right { return " style=\"text-align:right\"" }
    let isShort = cell.utf8.count <= 16 && cell.contains(" ")
    return " style=\"text-align:left\(isShort ? ";white-space:nowrap" : "")\""
  }
}
