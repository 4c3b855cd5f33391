import Text
import CLibEdit

/// Colors the entry where libedit has drawn it: the same characters in the same cells, so that
/// libedit's own picture of the screen stays true.
struct Painter {
  /// Columns and rows of the screen.
  var columns: Int
  var rows: Int

  /// Escapes and text that color an entry. The cursor must be where `layout` has it, and ends
  /// there.
  ///
  /// - Parameters:
  ///   - buffer: What libedit shows.
  ///   - styles: A rendition for each character; what is beyond them is plain.
  ///   - ghost: Shown dim after the end.
  func painting(
    of buffer: EntryBuffer, layout: ScreenLayout, styles: [Rendition], ghost: String
  ) -> String? {
    guard layout.isExact, layout.rows <= rows else { return nil }
    let first = layout.places.first ?? layout.end
    var text = moving(from: layout.cursor, to: first)
    var row = first.row
    var column = first.column
    var current = Rendition.plain
    for (i, scalar) in buffer.text.enumerated() {
      let place = layout.places[i]
      if place.row > row {
        // A wide character did not fit: the cell that it left blank is blank on the screen too.
        if column < columns, i > 0, buffer.text[i - 1] != "\n" {
          text += String(repeating: " ", count: columns - column)
        }
        // Rows that are only full go on by themselves, so that the terminal knows them as one line
        // and wraps it anew when its width changes.
        if scalar == "\n" || (i > 0 && buffer.text[i - 1] == "\n") {
          text += endOfRow(after: column)
        }
        row = place.row
        column = place.column
      }
      guard scalar != "\n" else { continue }
      let style = styles.indices.contains(i) ? styles[i] : .plain
      if style != current {
        text += style.start
        current = style
      }
      text.unicodeScalars.append(scalar)
      column = place.column + Int(editline_width(wchar_t(bitPattern: scalar.value)))
    }
    if current != .plain { text += Rendition.reset }
    if layout.end.row > row { text += endOfRow(after: column) }
    text += "\u{1B}[K"
    if !ghost.isEmpty { text += Rendition.dim.applied(to: ghost) }
    return text + moving(from: layout.end, to: layout.cursor)
  }

  /// To the next row, with nothing left over on this one.
  private func endOfRow(after column: Int) -> String {
    (column < columns ? "\u{1B}[K" : "") + "\r\n"
  }

  /// Moves from one place to another. The column is set outright: after a full row, or a ghost, it
  /// is not where the layout has it.
  func moving(from: ScreenLayout.Place, to: ScreenLayout.Place) -> String {
    var text = ""
    if to.row < from.row { text += "\u{1B}[\(from.row - to.row)A" }
    if to.row > from.row { text += "\u{1B}[\(to.row - from.row)B" }
    text += "\r"
    if to.column > 0 { text += "\u{1B}[\(to.column)C" }
    return text
  }

  /// The rendition of a style.
  static func rendition(_ style: Highlight.Style) -> Rendition {
    switch style {
    case .keyword: .magenta
    case .verb: .bold + .blue
    case .option: .cyan
    case .string: .green
    case .number: .yellow
    case .comment: .dim
    case .unknown: .underlined + .red
    }
  }
}
