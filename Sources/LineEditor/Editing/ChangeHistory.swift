/// The states that an entry had, for undo and redo.
///
/// Letters typed one after the other are one change, word by word.
struct ChangeHistory {
  private var undone: [EntryBuffer] = []
  private var earlier: [EntryBuffer] = []
  private var last = EntryBuffer()
  private var isWalking = false

  /// Whether the entry had text when it was last looked at.
  var hasText: Bool { !last.text.isEmpty }

  /// Hears what the entry is now.
  mutating func note(_ now: EntryBuffer) {
    defer {
      last = now
      isWalking = false
    }
    guard now.text != last.text, !isWalking else { return }
    undone = []
    let isTyping = now.text.count == last.text.count + 1 && now.cursor == last.cursor + 1
    let continuesWord =
      isTyping && now.cursor >= 2 && now.text[now.cursor - 1] != " "
      && now.text[now.cursor - 2] != " "
    if !continuesWord || earlier.isEmpty { earlier.append(last) }
  }

  /// The entry before the last change; nil where there is none.
  mutating func undo(from now: EntryBuffer) -> EntryBuffer? {
    guard let before = earlier.popLast() else { return nil }
    isWalking = true
    undone.append(now)
    return before
  }

  /// The entry that the last undo left; nil where another change came after it.
  mutating func redo(from now: EntryBuffer) -> EntryBuffer? {
    guard let after = undone.popLast() else { return nil }
    isWalking = true
    earlier.append(now)
    return after
  }
}
