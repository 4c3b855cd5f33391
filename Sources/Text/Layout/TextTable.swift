/// A table in columns as wide as their widest cells.
public struct TextTable: Sendable {
  /// The side on which the cells of a column are aligned.
  public enum Alignment: Sendable {
    /// Words.
    case left
    /// Numbers.
    case right
  }

  /// A column, by default aligned on the right, as numbers are.
  public struct Column: Sendable {
    /// What stands above it; empty for nothing.
    public var head: String
    /// The side of its cells.
    public var alignment: Alignment
    /// Whether other columns are left out before it where there is no room.
    public var isEssential: Bool
    /// A column of numbers, unless it is said to be one of words.
    public init(_ head: String, _ alignment: Alignment = .right, isEssential: Bool = false) {
      self.head = head
      self.alignment = alignment
      self.isEssential = isEssential
    }
  }

  /// A text with its style.
  public struct Cell: Sendable {
    /// The text, on one line.
    public var text: String
    /// Its style.
    public var style: StyledText.Style
    /// A text of one style.
    public init(text: String, style: StyledText.Style = .plain) {
      self.text = text
      self.style = style
    }
  }

  let columns: [Column]
  private(set) var rows: [[Cell]] = []

  /// A table without rows.
  public init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; missing cells are empty.
  public mutating func add(_ texts: [String], style: StyledText.Style = .plain) {
    rows.append(texts.map { Cell(text: $0, style: style) })
  }

  /// Adds a row; missing cells are empty.
  public mutating func add(_ cells: [Cell]) { rows.append(cells) }

  /// The lines, with two blanks between columns, and without the head where no column has one.
  ///
  /// Where they are wider than `width`, words are cut first, the widest of them; then columns are
  /// left out from the right, but for the first and the essential ones.
  public func text(indent: Int = 0, width: Int? = nil) -> StyledText {
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
