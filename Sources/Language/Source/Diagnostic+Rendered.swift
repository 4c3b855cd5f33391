import Text

extension Diagnostic {
  /// The text of the error, in the one form that all errors have. No line end follows its last
  /// line.
  ///
  ///     error: 'train' has no option 'itres'
  ///       walkthrough.svm:12:19
  ///        12 | m = train d.train itres=1500
  ///           |                   ^^^^^
  ///       help: did you mean 'iters'? `help train` lists all options.
  ///
  /// A source line wider than `width` is cut to a window around the place.
  public func rendered(color: Bool, width: Int = 100) -> String {
    let paint = Paint(isOn: color)
    let tint = severity == .error ? Rendition.red : .yellow
    // The message of an interruption may equal its severity: it is written once.
    var lines = [
      message == severity.rawValue
        ? paint(message, .bold + tint)
        : paint("\(severity.rawValue):", .bold + tint) + " "
          + paint(Escaping.visible(message), .bold)
    ]
    if let source, let span {
      lines.append("  " + source.place(of: span))
      lines += Excerpt(source: source, span: span, width: width).lines(paint, tint)
    }
    lines += notes.map { "  " + Escaping.visible($0) }
    if let help {
      let texts = help.split(separator: "\n", omittingEmptySubsequences: false)
      for (i, text) in texts.enumerated() {
        lines.append(
          "  " + (i == 0 ? paint("help:", .cyan) : "     ") + " "
            + Escaping.visible(String(text)))
      }
    }
    return lines.joined(separator: "\n")
  }
}

/// Applies renditions where colors are on.
private struct Paint {
  let isOn: Bool

  func callAsFunction(_ text: String, _ rendition: Rendition) -> String {
    isOn ? rendition.applied(to: text) : text
  }
}

/// The line of the source with carets under the place.
private struct Excerpt {
  let source: Source
  let span: Span
  let width: Int

  /// A character as shown, with its display width.
  struct Cell {
    let text: String
    let width: Int
    let isMarked: Bool
  }

  func lines(_ paint: Paint, _ tint: Rendition) -> [String] {
    let number = String(source.line(at: span.lower))
    let gutter = String(repeating: " ", count: max(5 - number.utf8.count, 0)) + number
    let blank = String(repeating: " ", count: gutter.utf8.count)

    let shown = window(cells(), width: max(width - gutter.utf8.count - 3, 20))
    let text = shown.map(\.text).joined()
    let before = shown.prefix { !$0.isMarked }.reduce(0) { $0 + $1.width }
    let under = shown.reduce(0) { $0 + ($1.isMarked ? $1.width : 0) }
    var carets = String(repeating: "^", count: max(under, 1))
    let last = source.line(at: max(span.lower, span.upper - 1))
    if last > source.line(at: span.lower) { carets += " … to line \(last)" }
    return [
      paint(gutter + " |", .dim) + (text.isEmpty ? "" : " " + text),
      paint(blank + " |", .dim) + " " + String(repeating: " ", count: before)
        + paint(carets, tint),
    ]
  }

  /// The characters of the first line: tabs as blanks, control characters as escapes, bytes that
  /// are not UTF-8 as `\xff`.
  private func cells() -> [Cell] {
    let start = source.lineStart(at: span.lower)
    let end = source.lineEnd(at: span.lower)
    var cells: [Cell] = []
    var offset = start
    var column = 0
    // Of a very long line, only what can fall into the window is read: 40 bytes for each column.
    let reach = 40 * max(width, 20)
    let from = max(start, span.lower - reach)
    let to = min(end, span.lower + reach)
    if from > start {
      cells.append(Cell(text: "…", width: 1, isMarked: false))
      offset = from
      while offset < to && source.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    let valid = UTF8Text.pieces(of: source.bytes[offset..<to])
    for piece in valid {
      switch piece {
      case .bad(let byte):
        let digits = String(byte, radix: 16)
        add("\\x" + (byte < 16 ? "0" : "") + digits, bytes: 1)
      case .text(let text):
        for character in text {
          if character == "\t" {
            add(String(repeating: " ", count: 4 - column % 4), bytes: 1)
          } else {
            add(Escaping.visible(String(character)), bytes: character.utf8.count)
          }
        }
      }
    }
    // The span may be at the end of the line, where no character is.
    if !cells.contains(where: \.isMarked) {
      cells.append(Cell(text: "", width: 0, isMarked: true))
    }
    return cells

    func add(_ text: String, bytes: Int) {
      let width = DisplayWidth.of(text)
      let isMarked =
        offset + bytes > span.lower && (offset < span.upper || offset == span.lower)
      cells.append(Cell(text: text, width: width, isMarked: isMarked))
      column += width
      offset += bytes
    }
  }

  /// The cells that fit, with the first marked one among them and `…` where something is cut.
  private func window(_ cells: [Cell], width: Int) -> [Cell] {
    let total = cells.reduce(0) { $0 + $1.width }
    guard total > width else { return cells }
    let mark = cells.firstIndex(where: \.isMarked) ?? 0
    let isPoint = cells[mark].width == 0
    // A third of the window for the text before the place.
    var first = mark
    var used = 0
    while first > 0 && used + cells[first - 1].width <= (isPoint ? width - 2 : width / 3) {
      first -= 1
      used += cells[first].width
    }
    var last = mark
    while last < cells.count && used + cells[last].width <= width - 2 {
      used += cells[last].width
      last += 1
    }
    while first > 0 && used + cells[first - 1].width <= width - 2 {
      first -= 1
      used += cells[first].width
    }
    let ellipsis = Cell(text: "…", width: 1, isMarked: false)
    return (first > 0 ? [ellipsis] : []) + cells[first..<last]
      + (last < cells.count ? [ellipsis] : [])
  }
}
