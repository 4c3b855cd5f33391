import Language
import Text

/// A table in columns as wide as their widest cells.
struct TextTable {
  /// The side on which the cells of a column are aligned.
  enum Alignment { case left, right }

  /// A column, by default aligned on the right, as numbers are.
  struct Column {
    var head: String
    var alignment: Alignment
    init(_ head: String, _ alignment: Alignment = .right) {
      self.head = head
      self.alignment = alignment
    }
  }

  /// A text with its style.
  struct Cell {
    var text: String
    var style: StyledText.Style = .plain
  }

  let columns: [Column]
  private(set) var rows: [[Cell]] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; missing cells are empty.
  mutating func add(_ texts: [String], style: StyledText.Style = .plain) {
    rows.append(texts.map { Cell(text: $0, style: style) })
  }

  /// Adds a row; missing cells are empty.
  mutating func add(_ cells: [Cell]) { rows.append(cells) }

  /// The lines, with two blanks between columns, and without the head where no column has one.
  ///
  /// Lines wider than `width` are cut, with `…` at the end.
  func text(indent: Int = 0, width: Int? = nil) -> StyledText {
    let hasHead = columns.contains { !$0.head.isEmpty }
    let head = columns.map { Cell(text: $0.head, style: .heading) }
    let lines = (hasHead ? [head] : []) + rows
    var widths = [Int](repeating: 0, count: columns.count)
    for line in lines {
      for (i, cell) in line.enumerated() where i < widths.count {
        widths[i] = max(widths[i], DisplayWidth.of(cell.text))
      }
    }
    var text = StyledText()
    for (number, line) in lines.enumerated() {
      if number > 0 { text.append("\n") }
      append(line, widths, indent: indent, limit: width, to: &text)
    }
    return text
  }

  private func append(
    _ line: [Cell], _ widths: [Int], indent: Int, limit: Int?, to text: inout StyledText
  ) {
    var pending = TextLayout.blanks(indent)
    var used = indent
    for (i, column) in columns.enumerated() {
      let cell = i < line.count ? line[i] : Cell(text: "")
      let room = (limit ?? .max) - used
      let word = TextLayout.clipped(cell.text, to: room)
      let padding = TextLayout.blanks(min(widths[i], room) - DisplayWidth.of(word))
      if column.alignment == .right { pending += padding }
      if !word.isEmpty {
        text.append(pending)
        text.append(word, cell.style)
        pending = ""
      }
      if column.alignment == .left { pending += padding }
      pending += "  "
      used += widths[i] + 2
      if used >= limit ?? .max { break }
    }
  }
}
