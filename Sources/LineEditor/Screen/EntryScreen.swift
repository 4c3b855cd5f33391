/// The part of the screen that an entry is on: draws frames, each by what differs from the one
/// before.
///
/// Rows are found by moves relative to the cursor, since nobody knows where on the screen the
/// prompt stands. A frame that is taller than the screen shows the rows around the cursor; once the
/// entry is done, all of it is written, for the terminal's memory of what has scrolled off.
struct EntryScreen {
  /// The screen's size.
  private(set) var columns: Int
  private(set) var rows: Int

  /// The rows that are shown, and the first one's number in its frame.
  private var shown: [EntryFrame.Row] = []
  private var top = 0
  /// The cursor's row among them, and its column.
  private var (cursorRow, cursorColumn) = (0, 0)

  init(columns: Int, rows: Int) {
    self.columns = max(columns, 1)
    self.rows = max(rows, 1)
  }

  /// Forgets what is shown: the cursor is at the start of an empty row.
  mutating func forget() {
    shown = []
    (top, cursorRow, cursorColumn) = (0, 0, 0)
  }

  /// What takes the screen from the last frame to this one.
  mutating func drawing(_ frame: EntryFrame) -> String {
    let visible = window(of: frame)
    var text = ""
    if let changed = firstDifference(visible) {
      text += moving(to: min(changed, shown.count))
      var last = visible.count - 1
      // Where nothing moves up or down, what is the same below stays.
      if visible.count == shown.count {
        while last > changed, visible[last] == shown[last] { last -= 1 }
      }
      text += lines(visible[changed...last])
      cursorRow = last
      if shown.count > visible.count { text += "\r\n\u{1B}[J\u{1B}[A" }
    }
    shown = visible
    let cursor = (row: frame.cursor.row - top, column: frame.cursor.column)
    if text.isEmpty, cursor == (cursorRow, cursorColumn) { return "" }
    return text + moving(to: cursor.row, column: cursor.column)
  }

  /// What leaves a frame as the last one of its entry: all of its rows, and the cursor below them.
  mutating func finishing(_ frame: EntryFrame) -> String {
    var text = ""
    if frame.rows.count > rows {
      text = moving(to: 0) + "\u{1B}[J" + lines(frame.rows[...])
    } else {
      text = drawing(frame) + moving(to: frame.rows.count - 1)
    }
    forget()
    return text + "\r\n"
  }

  /// What clears the entry's rows once the screen has another size. Terminals wrap lines anew where
  /// their width changes, and so move what is above the cursor.
  mutating func resizing(to size: (columns: Int, rows: Int)) -> String {
    let before = shown.prefix(cursorRow)
    (columns, rows) = (max(size.columns, 1), max(size.rows, 1))
    var above = 0
    // Cells of the line so far.
    var line = 0
    for row in before {
      line += row.width
      if !row.isWrapped {
        above += max(line + columns - 1, columns) / columns
        line = 0
      }
    }
    above = min(above + (line + cursorColumn) / columns, rows - 1)
    forget()
    return (above > 0 ? "\u{1B}[\(above)A" : "") + "\r\u{1B}[J"
  }

  /// The rows that fit: around the cursor, and no other ones than before where that will do. What
  /// stands below the entry has its place first, but for the cursor's own row.
  private mutating func window(of frame: EntryFrame) -> [EntryFrame.Row] {
    let below = min(frame.rows.count - frame.entryRows, max(rows - 2, 0))
    let room = min(frame.entryRows, rows - below)
    let cursor = frame.cursor.row
    top = min(max(top, cursor - room + 1), cursor, frame.entryRows - room)
    return Array(frame.rows[top..<top + room])
      + frame.rows[frame.entryRows..<frame.entryRows + below]
  }

  /// Where drawing begins; nil where nothing differs. A line that wraps is drawn from its start, so
  /// that the terminal goes on knowing it as one.
  private func firstDifference(_ visible: [EntryFrame.Row]) -> Int? {
    var i = 0
    while i < min(visible.count, shown.count), visible[i] == shown[i] { i += 1 }
    if i == visible.count && i == shown.count { return nil }
    i = min(i, visible.count - 1)
    while i > 0, visible[i - 1].isWrapped { i -= 1 }
    return i
  }

  /// Rows one after the other, from the start of the first one; the cursor is left on the last.
  private func lines(_ rows: ArraySlice<EntryFrame.Row>) -> String {
    var text = ""
    for (i, row) in zip(rows.indices, rows) {
      text += row.text
      // After a full row the cursor waits on its last cell, which an escape would erase.
      if row.width < columns { text += "\u{1B}[K" }
      guard i + 1 < rows.endIndex else { break }
      if !row.isWrapped { text += "\r\n" }
    }
    return text
  }

  /// Moves to a row that is shown, or to the one below them.
  private mutating func moving(to row: Int, column: Int = 0) -> String {
    var text = ""
    if row < cursorRow { text += "\u{1B}[\(cursorRow - row)A" }
    if row > cursorRow {
      let last = max(shown.count - 1, 0)
      if min(row, last) > cursorRow { text += "\u{1B}[\(min(row, last) - cursorRow)B" }
      if row > last, !shown.isEmpty { text += "\r\n" }
    }
    (cursorRow, cursorColumn) = (row, column)
    text += "\r"
    if column > 0 { text += "\u{1B}[\(column)C" }
    return text
  }
}
