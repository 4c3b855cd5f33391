import CLibEdit
import Text

/// What the screen shows of an entry.
extension LibEditSource {
  /// Shows the entry as it is now.
  func draw() { draw(buffer) }

  /// Shows an entry.
  func draw(_ shown: EntryBuffer) {
    ghost = search == nil && menu == nil ? suggestion(for: shown) : ""
    FileOutput.write(
      screen.drawing(frame(of: shown, suffix: ghost, below: rowsBelow(shown))), to: 1)
  }

  /// Shows the entry for the last time, and goes below it.
  func finishDrawing(_ entry: EntryBuffer) {
    var isInterrupted = false
    if case .interrupted? = outcome { isInterrupted = true }
    let last = EntryBuffer(entry.text)
    FileOutput.write(
      screen.finishing(frame(of: last, suffix: isInterrupted ? "^C" : "", below: [])), to: 1)
  }

  func frame(
    of shown: EntryBuffer, suffix: String, below: [StyledRow]
  ) -> EntryFrame {
    let isPlain = ownLine(shown) != nil
    return EntryFrame(
      prompt: prompt, buffer: shown, columns: screen.columns, hasColor: hasColor,
      styles: hasColor && !isPlain ? styles(of: shown) : [], unprompted: isPlain ? 1 : nil,
      suffix: suffix, below: below)
  }

  /// What stands under an entry: the search, or the candidates, or the call that the cursor is in.
  private func rowsBelow(_ shown: EntryBuffer) -> [StyledRow] {
    if let search { return [search.row(hasColor: hasColor)] }
    if let menu {
      return menu.rows(
        columns: screen.columns, limit: max(screen.rows / 2, 3), hasColor: hasColor)
    }
    guard outcome == nil, ownLine(shown) == nil else { return [] }
    let call = assistance.signature(shown.string, shown.cursorByte)
    return call.map { [StyledRow($0, hasColor ? .dim : .plain)] } ?? []
  }

  /// What may follow at the end of the entry: the rest of the line in the newest entry that begins
  /// like this one, or else like its last line; or else the usual value of the option there.
  private func suggestion(for entry: EntryBuffer) -> String {
    guard hasColor, entry.cursor == entry.text.count else { return "" }
    let line = String(scalars: entry.text[entry.lineStart...])
    for start in entry.lineStart == 0 ? [line] : [entry.string, line] {
      let wanted = Array(start.drop { $0 == " " }.utf8)
      guard wanted.count >= 2 else { continue }
      let match = history.entries.last { candidate in
        candidate.utf8.count > wanted.count && candidate.utf8.starts(with: wanted)
          && candidate.utf8[candidate.utf8.index(candidate.startIndex, offsetBy: wanted.count)]
            != 0x0A
          && !history.failed.contains(candidate)
      }
      guard let match else { continue }
      let rest = match.utf8.dropFirst(wanted.count).prefix { $0 != 0x0A }
      // Inside of a character there is nothing to suggest.
      if let text = String(rest) { return text }
    }
    return assistance.usualValue(entry.string, entry.string.utf8.count) ?? ""
  }

  /// The colors of the entry.
  private func styles(of entry: EntryBuffer) -> [StyledRange] {
    let text = entry.string
    let cursor = entry.cursorByte
    if colored.text != text || colored.cursor != cursor {
      colored = (text, cursor, assistance.highlights(text, cursor))
    }
    var (byte, i) = (0, 0)
    func character(at offset: Int) -> Int {
      while i < entry.text.count, byte < offset {
        byte += UTF8.width(entry.text[i])
        i += 1
      }
      return i
    }
    return colored.highlights.map {
      StyledRange(
        range: character(at: $0.range.lowerBound)..<character(at: $0.range.upperBound),
        rendition: $0.style.rendition)
    }
  }

  /// Shows the entry anew on a screen of another size.
  func redrawForNewSize() {
    let size = Terminal.size(of: 1) ?? (screen.columns, screen.rows)
    FileOutput.write(screen.resizing(to: size), to: 1)
    draw()
  }

  /// Shows the entry anew after another program had the terminal.
  func redrawAfterStop() {
    editline_prepare_terminal(editor, false)
    editline_prepare_terminal(editor, true)
    let size = Terminal.size(of: 1) ?? (screen.columns, screen.rows)
    screen = EntryScreen(columns: size.columns, rows: size.rows)
    FileOutput.write("\r\u{1B}[J\u{1B}[?2004h", to: 1)
    draw()
  }

  /// An empty screen, and the entry on its first row.
  func clearScreen() {
    screen.forget()
    FileOutput.write("\u{1B}[H\u{1B}[2J", to: 1)
  }
}

extension Highlight.Style {
  /// How it is drawn.
  var rendition: Rendition {
    switch self {
    case .keyword: .magenta
    case .verb: .bold + .blue
    case .option: .cyan
    case .string: .green
    case .number: .yellow
    case .comment: .dim
    case .unknown: .underlined + .red
    case .bracket: .bold
    }
  }
}
