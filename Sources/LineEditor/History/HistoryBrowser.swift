/// A walk with the arrows through earlier entries that begin with the text before the cursor.
struct HistoryBrowser {
  private var prefix: [Unicode.Scalar] = []
  private var position: Int?
  /// The entry being typed when the walk began.
  private var draft = EntryBuffer()
  /// The entry that the last step showed; the walk goes on while it is unchanged.
  private var shown: EntryBuffer?

  /// The next older entry, if any. Starts a walk, unless one is going on.
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

  /// The next newer entry, after the newest the draft; nil where no walk is going on.
  mutating func newer(than buffer: EntryBuffer, in entries: [String]) -> EntryBuffer? {
    guard isWalking(at: buffer), var i = position, i < entries.count else { return nil }
    while i + 1 < entries.count {
      i += 1
      if matches(entries[i], not: buffer) { return show(EntryBuffer(entries[i]), at: i) }
    }
    return show(draft, at: entries.count)
  }

  /// Whether the last step's entry is untouched. In one of several lines, the cursor may have
  /// moved: the arrows go through its lines first.
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
