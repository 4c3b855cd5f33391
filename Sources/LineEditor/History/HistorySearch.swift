import Text

/// A search through the history while its pattern is typed: the newest entry that has it, then
/// older ones.
struct HistorySearch {
  /// What was being typed when the search began.
  let draft: EntryBuffer
  private(set) var pattern = ""
  private var isBackward: Bool
  /// Where the entry that is shown stands; past the end for the draft.
  private var position: Int
  /// The entry that is shown has the pattern.
  private(set) var isFound = true

  /// Begins with nothing to look for.
  init(_ draft: EntryBuffer, count: Int, isBackward: Bool) {
    self.draft = draft
    self.isBackward = isBackward
    position = count
  }

  /// The entry that is shown, the cursor where the pattern is.
  func shown(in entries: [String]) -> EntryBuffer {
    guard entries.indices.contains(position), isFound, !pattern.isEmpty else { return draft }
    let entry = EntryBuffer(entries[position])
    return EntryBuffer(entry.text, cursor: Self.place(of: pattern, in: entry.text) ?? 0)
  }

  /// Goes on with a longer or shorter pattern.
  mutating func change(_ pattern: String, in entries: [String]) {
    let isLonger = pattern.hasPrefix(self.pattern) && isFound
    self.pattern = pattern
    if !isLonger { position = entries.count }
    find(in: entries, from: isLonger ? position : entries.count - 1, step: -1)
  }

  /// Goes on to the next entry, older or newer.
  mutating func goOn(backward: Bool, in entries: [String]) {
    isBackward = backward
    guard !pattern.isEmpty else { return }
    let shown = entries.indices.contains(position) ? entries[position] : nil
    var next = position + (backward ? -1 : 1)
    while entries.indices.contains(next), entries[next] == shown { next += backward ? -1 : 1 }
    let before = position
    find(in: entries, from: next, step: backward ? -1 : 1)
    // The last one that there is stays.
    if !isFound, shown != nil {
      position = before
      isFound = true
    }
  }

  private mutating func find(in entries: [String], from start: Int, step: Int) {
    let wanted = Array(pattern.utf8)
    var i = min(start, entries.count - 1)
    while entries.indices.contains(i) {
      if Self.contains(entries[i], wanted) {
        position = i
        isFound = true
        return
      }
      i += step
    }
    isFound = pattern.isEmpty
  }

  private static func contains(_ entry: String, _ wanted: [UInt8]) -> Bool {
    var entry = entry
    return entry.withUTF8 { bytes in
      guard let first = wanted.first else { return true }
      var i = 0
      while i + wanted.count <= bytes.count {
        if bytes[i] == first, bytes[i..<i + wanted.count].elementsEqual(wanted) { return true }
        i += 1
      }
      return false
    }
  }

  private static func place(of pattern: String, in text: [Unicode.Scalar]) -> Int? {
    let wanted = Array(pattern.unicodeScalars)
    guard wanted.count <= text.count else { return nil }
    return (0...text.count - wanted.count).first { text[$0...].starts(with: wanted) }
  }

  /// The row under the entry that says what is looked for.
  func row(hasColor: Bool) -> StyledRow {
    let head = isBackward ? "search: " : "search forward: "
    let dim: Rendition = hasColor ? .dim : .plain
    guard isFound else {
      return StyledRow([
        Prompt.Part(head, rendition: dim), Prompt.Part(pattern, rendition: .red),
        Prompt.Part("  no entry has it", rendition: dim),
      ])
    }
    return StyledRow([
      Prompt.Part(head, rendition: dim), Prompt.Part(pattern, rendition: .bold),
    ])
  }
}
