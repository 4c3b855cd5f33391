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
    /// Whether other columns are left out before it where there is no room.
    var isEssential: Bool
    init(_ head: String, _ alignment: Alignment = .right, isEssential: Bool = false) {
      self.head = head
      self.alignment = alignment
      self.isEssential = isEssential
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
  /// Where they are wider than `width`, words are cut first, the widest of them; then columns are
  /// left out from the right, but for the first and the essential ones.
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
    let shown =
      width.map { fit(&widths, in: $0 - indent) } ?? widths.indices.map { Optional($0) }
    var text = StyledText()
    for (number, line) in lines.enumerated() {
      if number > 0 { text.append("\n") }
      append(line, shown, widths, indent: indent, to: &text)
    }
    return text
  }

  /// The fewest cells that words are cut to.
  private static let leastWidth = 6

  /// Narrows columns of words and leaves columns out until all fit; returns the ones that stay, nil
  /// for a run that is left out.
  private func fit(_ widths: inout [Int], in room: Int) -> [Int?] {
    var shown = widths.indices.map { Optional($0) }
    func excess() -> Int {
      shown.reduce(-2 - room) { $0 + ($1.map { widths[$0] } ?? 1) + 2 }
    }
    while excess() > 0,
      let widest = widths.indices.filter({ columns[$0].alignment == .left })
        .max(by: { widths[$0] < widths[$1] }), widths[widest] > Self.leastWidth
    { widths[widest] -= 1 }
    while excess() > 0,
      let place = shown.lastIndex(where: { $0.map { $0 > 0 && !columns[$0].isEssential } ?? false })
    {
      shown[place] = nil
      // One mark for a run of them.
      if place + 1 < shown.count, shown[place + 1] == nil { shown.remove(at: place + 1) }
      if shown[place - 1] == nil { shown.remove(at: place) }
    }
    if excess() > 0, let last = shown.last ?? nil {
      widths[last] = max(widths[last] - excess(), 1)
    }
    return shown
  }

  private func append(
    _ line: [Cell], _ shown: [Int?], _ widths: [Int], indent: Int, to text: inout StyledText
  ) {
    var pending = TextLayout.blanks(indent)
    for i in shown {
      let column = i.map { columns[$0] } ?? Column("", .left)
      let cell = i.map { $0 < line.count ? line[$0] : Cell(text: "") } ?? Cell(text: "…")
      let width = i.map { widths[$0] } ?? 1
      let word = TextLayout.clipped(cell.text, to: width)
      let padding = TextLayout.blanks(width - DisplayWidth.of(word))
      if column.alignment == .right { pending += padding }
      if !word.isEmpty {
        text.append(pending)
        text.append(word, cell.style)
        pending = ""
      }
      if column.alignment == .left { pending += padding }
      pending += "  "
    }
  }
}
