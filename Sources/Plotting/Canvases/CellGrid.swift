import Text

/// The colors and weight of a cell.
struct Style: Sendable, Equatable {
  var foreground: RGB?
  var background: RGB?
  var isBold = false

  init(_ foreground: RGB? = nil, on background: RGB? = nil, isBold: Bool = false) {
    self.foreground = foreground
    self.background = background
    self.isBold = isBold
  }
}

/// Rows of character cells, which charts draw into.
public struct CellGrid: Sendable {
  /// One column of one row. A wide character takes its cell and an empty one after it.
  struct Cell: Sendable, Equatable {
    var text: String
    var style: Style

    static let blank = Cell(text: " ", style: Style())
    var isBlank: Bool { text == " " && style.background == nil }
  }

  /// The number of columns; text beyond them is dropped.
  public let columns: Int
  private(set) var rows: [[Cell]] = []

  /// An empty grid of at most 1000 columns.
  public init(columns: Int) {
    self.columns = max(0, min(columns, 1000))
  }

  /// The number of rows so far.
  public var rowCount: Int { rows.count }

  /// The number of columns up to the last one that is not blank.
  var usedColumns: Int {
    rows.map { row in (row.lastIndex { !$0.isBlank } ?? -1) + 1 }.max() ?? 0
  }

  /// Puts text into a row from a column on. Missing rows down to it are added.
  mutating func put(_ text: String, row: Int, column: Int, style: Style = Style()) {
    guard reach(row: row) else { return }
    var place = column
    for raw in text {
      let character = Escaping.blanked(raw)
      let width = DisplayWidth.of(character)
      if width == 0 { continue }
      if place >= 0, place + width <= columns {
        clear(row: row, column: place)
        rows[row][place] = Cell(text: String(character), style: style)
        if width == 2 {
          clear(row: row, column: place + 1)
          rows[row][place] = Cell(text: String(character), style: style)
          rows[row][place + 1] = Cell(text: "", style: style)
        }
      }
      place += width
      if place >= columns { return }
    }
  }

  /// Adds the missing rows down to this one; false for negative rows and from 20 000 on.
  @discardableResult
  mutating func reach(row: Int) -> Bool {
    guard row >= 0, row < 20_000 else { return false }
    while rows.count <= row {
      rows.append(Array(repeating: .blank, count: columns))
    }
    return true
  }

  /// Adds the rows of another grid below.
  mutating func append(_ other: CellGrid) {
    for row in other.rows {
      var copy = Array(row.prefix(columns))
      // A wide character that is cut in half is left out.
      if row.count > columns, let last = copy.last, DisplayWidth.of(last.text) == 2 {
        copy[copy.count - 1] = .blank
      }
      while copy.count < columns { copy.append(.blank) }
      rows.append(copy)
    }
  }

  /// The rows as text, with escape sequences for colors. Blanks at their ends are left out.
  func lines(in color: ColorDepth) -> [String] {
    rows.map { row in
      switch color {
      case .none: CellGrid.plain(row)
      case .indexed, .truecolor: CellGrid.colored(row, color)
      }
    }
  }

  private mutating func clear(row: Int, column: Int) {
    // Where half of a wide character is overwritten, the other half is cleared.
    if rows[row][column].text.isEmpty, column > 0 { rows[row][column - 1] = .blank }
    if column + 1 < columns, rows[row][column + 1].text.isEmpty { rows[row][column + 1] = .blank }
    rows[row][column] = .blank
  }

  private static func plain(_ row: [Cell]) -> String {
    guard let last = row.lastIndex(where: { $0.text != " " }) else { return "" }
    return row[...last].map(\.text).joined()
  }

  private static func colored(_ row: [Cell], _ color: ColorDepth) -> String {
    guard let last = row.lastIndex(where: { !$0.isBlank }) else { return "" }
    var line = ""
    var current = Codes()
    for cell in row[...last] {
      var wanted = Codes(cell.style, color)
      // The foreground of a blank is invisible.
      if cell.text == " " {
        wanted.foreground = current.foreground
        wanted.isBold = current.isBold
      }
      if wanted != current {
        line += wanted.sequence(after: current)
        current = wanted
      }
      line += cell.text
    }
    return current == Codes() ? line : line + Rendition.reset
  }

  /// A style as parameters of SGR escape sequences.
  private struct Codes: Equatable {
    var foreground: String?
    var background: String?
    var isBold = false

    init() {}

    init(_ style: Style, _ color: ColorDepth) {
      foreground = style.foreground.map { Codes.code($0, color) }
      background = style.background.map { Codes.code($0, color) }
      isBold = style.isBold
    }

    /// The escape sequence that changes the terminal's style to this one.
    func sequence(after before: Codes) -> String {
      var before = before
      var parts: [String] = []
      if (before.foreground != nil && foreground == nil)
        || (before.background != nil && background == nil) || (before.isBold && !isBold)
      {
        parts.append("0")
        before = Codes()
      }
      if isBold, !before.isBold { parts.append("1") }
      if let foreground, foreground != before.foreground { parts.append("38;" + foreground) }
      if let background, background != before.background { parts.append("48;" + background) }
      return "\u{1B}[" + parts.joined(separator: ";") + "m"
    }

    private static func code(_ rgb: RGB, _ color: ColorDepth) -> String {
      color == .truecolor
        ? "2;\(rgb.red);\(rgb.green);\(rgb.blue)" : "5;\(Palette.nearestIndexed(rgb))"
    }
  }
}
