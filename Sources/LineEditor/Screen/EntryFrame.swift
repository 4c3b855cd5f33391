import Text

/// The rows that a prompt and its entry take on the screen, before anything is drawn.
///
/// A line of the entry begins after the prompt, or after the continuation prompt, and goes on in
/// the next row where it does not fit. A line that fills its row to the end gets one more, for the
/// cursor behind it.
struct EntryFrame: Equatable {
  /// A place on the screen, counted from the prompt's row.
  struct Place: Equatable {
    var row: Int
    var column: Int
  }

  /// A row as it is written.
  struct Row: Equatable {
    /// Characters and the escapes of their colors, of which none reaches beyond the row.
    var text = ""
    /// Cells that it takes.
    var width = 0
    /// Whether it is full and its line goes on in the next row.
    var isWrapped = false
  }

  /// The rows of the prompt and the entry, and then those of what stands below it.
  private(set) var rows = [Row()]
  /// How many of the rows are the entry's.
  private(set) var entryRows = 1
  /// Where the cursor is.
  private(set) var cursor = Place(row: 0, column: 0)

  private let columns: Int
  private let hasColor: Bool
  private var rendition = Rendition.plain
  /// Whether the last row is there because the one before was full.
  private var wraps = false

  /// Lays an entry out.
  ///
  /// - Parameters:
  ///   - styles: the parts of the entry that are not plain, in order and without overlaps.
  ///   - unprompted: where the last line begins, where that one has no continuation prompt.
  ///   - suffix: dim text at the cursor, as far as its row goes.
  ///   - below: rows under the entry.
  init(
    prompt: Prompt, buffer: EntryBuffer, columns: Int, hasColor: Bool = false,
    styles: [StyledRange] = [], unprompted: Int? = nil, suffix: String = "", below: [StyledRow] = []
  ) {
    self.columns = max(columns, 2)
    self.hasColor = hasColor
    for part in prompt.parts { write(part.text, part.rendition) }
    let text = buffer.text
    var suffixes = suffix
    var styles = styles[...]
    var i = 0
    while i < text.count {
      if i == buffer.cursor { cursor = place }
      if text[i] == "\n" {
        if i == buffer.cursor { write(suffix: &suffixes) }
        endLine()
        i += 1
        if i != unprompted { write(prompt.continuation, .dim) }
        continue
      }
      while let next = styles.first, next.range.upperBound <= i { styles.removeFirst() }
      let style = styles.first.flatMap { $0.range.lowerBound <= i ? $0 : nil }
      let stop = style?.range.upperBound ?? styles.first?.range.lowerBound ?? text.count
      var end = Self.endOfPlain(
        text, from: i, before: min(stop, buffer.cursor > i ? buffer.cursor : text.count))
      if end > i {
        write(plain: text[i..<end], style?.rendition ?? .plain)
      } else {
        end = buffer.clusterEnd(from: i)
        // Inside a cluster there is no place of its own.
        if (i + 1..<max(end, i + 1)).contains(buffer.cursor) { cursor = place }
        write(cluster: text[i..<end], style?.rendition ?? .plain)
      }
      i = end
    }
    if buffer.cursor >= text.count {
      cursor = place
      write(suffix: &suffixes)
    }
    endRendition()
    entryRows = rows.count
    for row in below {
      rows.append(Row())
      for part in row.parts { write(clipped: part.text, part.rendition) }
      endRendition()
    }
  }

  /// Where the next character goes.
  private var place: Place { Place(row: rows.count - 1, column: rows[rows.count - 1].width) }

  /// The end of the characters from `start` on that are one cell each, whatever follows them:
  /// printable ASCII, as most of an entry is. They are written many at a time, since all of an
  /// entry is laid out at each key.
  private static func endOfPlain(
    _ text: [Unicode.Scalar], from start: Int, before limit: Int
  ) -> Int {
    var end = start
    while end < limit, (0x20..<0x7F).contains(text[end].value) { end += 1 }
    // A combining character belongs to the one before it.
    return end > start && end < text.count && text[end].value >= 0x300 ? end - 1 : end
  }

  private mutating func write(plain: ArraySlice<Unicode.Scalar>, _ style: Rendition) {
    var rest = plain
    while !rest.isEmpty {
      let fitting = rest.prefix(columns - rows[rows.count - 1].width)
      let text = String(scalars: fitting)
      append(Drawn(text, width: fitting.count), style)
      if rows[rows.count - 1].width >= columns { goOn() }
      rest = rest.dropFirst(fitting.count)
    }
  }

  private mutating func write(_ text: String, _ style: Rendition) {
    for character in text { write(cluster: Array(character.unicodeScalars)[...], style) }
  }

  /// Writes a cluster of characters that are drawn as one.
  private mutating func write(cluster: ArraySlice<Unicode.Scalar>, _ style: Rendition) {
    let drawn = Self.drawn(cluster)
    // Where it is not sure where the terminal's cursor is, its row must not wrap by itself.
    let room = drawn.room + (drawn.isSure ? 0 : 1)
    if rows[rows.count - 1].width + room > columns, rows[rows.count - 1].width > 0 { goOn() }
    append(drawn, style)
    if rows[rows.count - 1].width >= columns { goOn() }
  }

  private mutating func append(_ drawn: Drawn, _ style: Rendition) {
    if hasColor, style != rendition {
      rows[rows.count - 1].text += style.start
      rendition = style
    }
    let start = rows[rows.count - 1].width
    if start == 0, rows.count > 1, rows[rows.count - 2].width == columns, wraps {
      rows[rows.count - 2].isWrapped = true
    }
    wraps = false
    rows[rows.count - 1].width += drawn.width
    guard !drawn.isSure else { return rows[rows.count - 1].text += drawn.text }
    // Terminals differ in how wide they draw several characters in one: its room is cleared, and
    // what follows is told where it stands.
    rows[rows.count - 1].text +=
      String(repeating: " ", count: drawn.room) + "\u{1B}[\(start + 1)G\(drawn.text)"
      + "\u{1B}[\(start + drawn.width + 1)G"
  }

  /// Writes what follows the cursor, as far as its row goes.
  private mutating func write(suffix: inout String) {
    write(clipped: suffix, .dim)
    suffix = ""
  }

  private mutating func write(clipped text: String, _ style: Rendition) {
    for character in text {
      let drawn = Self.drawn(Array(character.unicodeScalars)[...])
      // The last cell stays free: a full row would want another one.
      guard rows[rows.count - 1].width + drawn.room < columns else { return }
      append(drawn, style)
    }
  }

  private mutating func goOn() {
    endRendition()
    rows.append(Row())
    wraps = true
  }

  private mutating func endLine() {
    endRendition()
    rows.append(Row())
    wraps = false
  }

  private mutating func endRendition() {
    if rendition != .plain { rows[rows.count - 1].text += Rendition.reset }
    rendition = .plain
  }

  private struct Drawn {
    var text: String
    /// Cells that it takes.
    var width: Int
    /// Cells that a terminal takes that draws each of its characters by itself.
    var separateWidth: Int

    init(_ text: String, width: Int, separateWidth: Int? = nil) {
      (self.text, self.width, self.separateWidth) = (text, width, separateWidth ?? width)
    }

    /// Whether all terminals agree about its width.
    var isSure: Bool { width == separateWidth }
    /// Cells that it may take.
    var room: Int { max(width, separateWidth) }
  }

  /// Controls in caret notation, a sign in place of what must not reach a terminal or has no width,
  /// and all else as it is.
  private static func drawn(_ cluster: ArraySlice<Unicode.Scalar>) -> Drawn {
    guard let first = cluster.first else { return Drawn("", width: 0) }
    if (0x20..<0x7F).contains(first.value), cluster.count == 1 {
      return Drawn(String(first), width: 1)
    }
    if first.value < 0x20 || first.value == 0x7F {
      return Drawn("^" + String(Unicode.Scalar(UInt8(first.value ^ 0x40))), width: 2)
    }
    let text = String(scalars: cluster)
    let width = text.reduce(0) { $0 + DisplayWidth.of($1) }
    guard width > 0, !cluster.contains(where: { Escaping.isHidden($0) }) else {
      return Drawn("\u{FFFD}", width: 1)
    }
    return Drawn(text, width: width, separateWidth: cluster.reduce(0) { $0 + DisplayWidth.of($1) })
  }
}

/// A part of an entry that is drawn in a color.
struct StyledRange: Equatable {
  /// Its characters.
  var range: Range<Int>
  var rendition: Rendition
}

/// A row of text in several colors.
struct StyledRow: Equatable {
  var parts: [Prompt.Part]

  init(_ parts: [Prompt.Part]) { self.parts = parts }

  /// A row of one color.
  init(_ text: String, _ rendition: Rendition = .plain) {
    parts = [Prompt.Part(text, rendition: rendition)]
  }
}
