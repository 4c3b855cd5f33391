import Text

/// The text of an entry and where the cursor is in it: everything that editing does, apart from
/// terminals.
struct EntryBuffer: Equatable {
  /// The entry; lines are separated by `\n`.
  var text: [Unicode.Scalar]
  /// Index of the character after the cursor, 0…text.count.
  var cursor: Int

  init(_ text: [Unicode.Scalar] = [], cursor: Int? = nil) {
    self.text = text
    self.cursor = cursor ?? text.count
  }

  init(_ text: String, cursor: Int? = nil) {
    self.init(Array(text.unicodeScalars), cursor: cursor)
  }

  /// The entry as a string.
  var string: String { String(scalars: text[...]) }
  /// The cursor's place in `string`, in UTF-8 bytes.
  var cursorByte: Int { text[..<cursor].reduce(0) { $0 + UTF8.width($1) } }

  // MARK: Places

  /// Start of the cursor's line.
  var lineStart: Int { (text[..<cursor].lastIndex(of: "\n") ?? -1) + 1 }
  /// End of the cursor's line.
  var lineEnd: Int { text[cursor...].firstIndex(of: "\n") ?? text.count }
  var isOnFirstLine: Bool { lineStart == 0 }
  var isOnLastLine: Bool { lineEnd == text.count }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  /// Where the word before the cursor begins. A cluster is of a word where its first character is.
  private var wordLeft: Int {
    var starts: [Int] = []
    var i = 0
    while i < cursor {
      starts.append(i)
      i = clusterEnd(from: i)
    }
    while let last = starts.last, !Self.isWord(text[last]) { starts.removeLast() }
    var start = starts.last ?? 0
    while let last = starts.popLast(), Self.isWord(text[last]) { start = last }
    return start
  }

  /// Where the word at the cursor or after it ends.
  private var wordRight: Int {
    var i = cursor
    while i < text.count, !Self.isWord(text[i]) { i = clusterEnd(from: i) }
    while i < text.count, Self.isWord(text[i]) { i = clusterEnd(from: i) }
    return i
  }

  /// The end of the cluster that begins at `i`: the characters that are drawn as one, such as a
  /// letter and its accents, or an emoji of several.
  func clusterEnd(from i: Int) -> Int {
    guard i + 1 < text.count else { return min(i + 1, text.count) }
    // Up to here nothing joins what stands before it.
    if text[i + 1].value < 0x300, text[i].value < 0x300 { return i + 1 }
    let ahead = String(scalars: text[i..<min(i + 64, text.count)])
    return i + (ahead.first?.unicodeScalars.count ?? 1)
  }

  /// Where the cluster before the cursor begins.
  private var left: Int {
    // Clusters are counted from the start of the line: only from there it is known where they are.
    var i = lineStart
    guard i < cursor else { return max(cursor - 1, 0) }
    while true {
      let end = clusterEnd(from: i)
      if end >= cursor { return i }
      i = end
    }
  }

  /// Where the cluster at the cursor ends.
  private var right: Int { clusterEnd(from: cursor) }

  // MARK: Moving

  mutating func moveLeft() { cursor = left }
  mutating func moveRight() { cursor = right }
  mutating func moveWordLeft() { cursor = wordLeft }
  mutating func moveWordRight() { cursor = wordRight }

  /// Moves to the start of the line; from there, to the start of the entry.
  mutating func moveToStart() { cursor = cursor == lineStart ? 0 : lineStart }
  /// Moves to the end of the line; from there, to the end of the entry.
  mutating func moveToEnd() { cursor = cursor == lineEnd ? text.count : lineEnd }

  mutating func moveToEntryStart() { cursor = 0 }
  mutating func moveToEntryEnd() { cursor = text.count }

  /// To the line above, at the column that the walk up and down began at.
  ///
  /// - Parameter column: cells from the line's start; nil for the cursor's.
  mutating func moveUp(column: Int? = nil) {
    guard !isOnFirstLine else { return }
    let column = column ?? self.column
    cursor = lineStart - 1
    move(toColumn: column)
  }

  /// To the line below, as `moveUp`.
  mutating func moveDown(column: Int? = nil) {
    guard !isOnLastLine else { return }
    let column = column ?? self.column
    cursor = lineEnd + 1
    move(toColumn: column)
  }

  /// Cells between the line's start and the cursor.
  var column: Int { DisplayWidth.of(String(scalars: text[lineStart..<cursor])) }

  private mutating func move(toColumn column: Int) {
    let end = lineEnd
    cursor = lineStart
    while cursor < end {
      let next = right
      let width = DisplayWidth.of(String(scalars: text[lineStart..<next]))
      if width > column { return }
      cursor = next
    }
  }

  // MARK: Changing

  mutating func insert(_ string: String) {
    let scalars = Array(string.unicodeScalars)
    text.insert(contentsOf: scalars, at: cursor)
    cursor += scalars.count
  }

  /// Replaces `range` by `string`, and moves the cursor after it.
  mutating func replace(_ range: Range<Int>, with string: String) {
    let scalars = Array(string.unicodeScalars)
    text.replaceSubrange(range, with: scalars)
    cursor = range.lowerBound + scalars.count
  }

  /// Starts a new line. With `indented`, it is indented like the current one, and by two more after
  /// an opening bracket.
  mutating func insertNewline(indented: Bool) {
    guard indented else { return insert("\n") }
    let line = text[lineStart..<cursor]
    var indentation = line.prefix { $0 == " " }.count
    if let last = line.last(where: { $0 != " " }), "{([".unicodeScalars.contains(last) {
      indentation += 2
    }
    insert("\n" + String(repeating: " ", count: indentation))
  }

  /// Inserts a closing brace; at the start of a line, two columns further left.
  mutating func insertClosingBrace() {
    let line = text[lineStart..<cursor]
    if line.count >= 2, line.allSatisfy({ $0 == " " }) {
      remove(cursor - 2..<cursor)
    }
    insert("}")
  }

  /// Deletes a character, or a step of indentation.
  mutating func deleteBackward() {
    let line = text[lineStart..<cursor]
    if !line.isEmpty, line.allSatisfy({ $0 == " " }) {
      remove(cursor - (line.count % 2 == 0 ? 2 : 1)..<cursor)
    } else {
      remove(left..<cursor)
    }
  }

  mutating func deleteForward() { remove(cursor..<right) }

  @discardableResult
  private mutating func remove(_ range: Range<Int>) -> [Unicode.Scalar] {
    let removed = Array(text[range])
    text.removeSubrange(range)
    cursor = range.lowerBound
    return removed
  }

  /// Removes and returns the rest of the line, or the line end where nothing follows.
  mutating func killToLineEnd() -> [Unicode.Scalar] {
    remove(cursor..<(cursor == lineEnd ? min(cursor + 1, text.count) : lineEnd))
  }
  /// Removes and returns the part of the line before the cursor.
  mutating func killToLineStart() -> [Unicode.Scalar] { remove(lineStart..<cursor) }
  mutating func killWordLeft() -> [Unicode.Scalar] { remove(wordLeft..<cursor) }
  mutating func killWordRight() -> [Unicode.Scalar] { remove(cursor..<wordRight) }
}

extension String {
  /// The characters as a string. The one that the standard library makes of a view of scalars takes
  /// most of a millisecond for a long entry, at each key.
  init(scalars: ArraySlice<Unicode.Scalar>) {
    let count = scalars.reduce(0) { $0 + UTF8.width($1) }
    self.init(unsafeUninitializedCapacity: count) { bytes in
      var i = 0
      for scalar in scalars {
        for byte in scalar.utf8 {
          bytes[i] = byte
          i += 1
        }
      }
      return i
    }
  }
}
