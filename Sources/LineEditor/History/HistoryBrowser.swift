/// Going through earlier entries with the arrows: those that begin with what stands before the
/// cursor.
struct HistoryBrowser {
  private var prefix: [Unicode.Scalar] = []
  private var position: Int?
  /// What was being typed when the walk began.
  private var draft = EntryBuffer()
  /// What the last step showed: a walk goes on as long as it is still there.
  private var shown: EntryBuffer?

  /// The entry before the one shown, or nil where there is none.
  mutating func older(than buffer: EntryBuffer, in entries: [String]) -> EntryBuffer? {
    if !isWalking(at: buffer) {
      prefix = Array(buffer.text[..<buffer.cursor])
      position = entries.count
      draft = buffer
    }
    var i = position ?? entries.count
    while i > 0 {
      i -= 1
      if matches(entries[i], not: buffer) { return show(EntryBuffer(entries[i]), at: i) }
    }
    return nil
  }

  /// The entry after the one shown, at last the draft; nil where no walk is going on.
  mutating func newer(than buffer: EntryBuffer, in entries: [String]) -> EntryBuffer? {
    guard isWalking(at: buffer), var i = position, i < entries.count else { return nil }
    while i + 1 < entries.count {
      i += 1
      if matches(entries[i], not: buffer) { return show(EntryBuffer(entries[i]), at: i) }
    }
    return show(draft, at: entries.count)
  }

  /// Whether the last step's entry is untouched. In one of several lines, the cursor may have moved:
  /// the arrows go through its lines first.
  func isWalking(at buffer: EntryBuffer) -> Bool {
    shown == buffer || shown?.text == buffer.text && buffer.text.contains("\n")
  }

  private func matches(_ entry: String, not buffer: EntryBuffer) -> Bool {
    entry.unicodeScalars.starts(with: prefix) && entry != buffer.string
  }

  private mutating func show(_ buffer: EntryBuffer, at i: Int) -> EntryBuffer {
    position = i
    shown = buffer
    return buffer
  }
}
