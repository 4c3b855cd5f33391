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
  /// The terminal then wraps long lines by itself, and so knows each as one when it is copied.
  mutating func finishing(_ frame: EntryFrame) -> String {
    let text = moving(to: 0) + lines(frame.rows[...], wraps: true)
    let isShorter = shown.count > frame.rows.count
    forget()
    return text + "\r\n" + (isShorter ? "\u{1B}[J" : "")
  }

  /// What clears the entry's rows once the screen has another size. Terminals break rows that are
  /// wider than the new width, and so move what is above the cursor.
  mutating func resizing(to size: (columns: Int, rows: Int)) -> String {
    (columns, rows) = (max(size.columns, 1), max(size.rows, 1))
    var above = cursorColumn / columns
    for row in shown.prefix(cursorRow) { above += max(row.width + columns - 1, columns) / columns }
    above = min(above, rows - 1)
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

  /// Where drawing begins; nil where nothing differs.
  private func firstDifference(_ visible: [EntryFrame.Row]) -> Int? {
    var i = 0
    while i < min(visible.count, shown.count), visible[i] == shown[i] { i += 1 }
    if i == visible.count && i == shown.count { return nil }
    return min(i, visible.count - 1)
  }

  /// Rows one after the other, from the start of the first one; the cursor is left on the last.
  ///
  /// - Parameter wraps: whether the terminal breaks lines by itself. While an entry is edited it
  ///   must not: nobody knows later which rows it takes for one line.
  private func lines(_ rows: ArraySlice<EntryFrame.Row>, wraps: Bool = false) -> String {
    var text = ""
    for (i, row) in zip(rows.indices, rows) {
      text += row.text
      // After a full row the cursor waits on its last cell, which an escape would erase.
      if row.width < columns { text += "\u{1B}[K" }
      if i + 1 < rows.endIndex, !(wraps && row.isWrapped) { text += "\r\n" }
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
