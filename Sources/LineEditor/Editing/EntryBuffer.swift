/// The text of an entry and where the cursor is in it: everything that editing does, apart from
/// terminals.
struct EntryBuffer: Equatable {
  /// The entry; lines are separated by `\n`.
  var text: [Unicode.Scalar]
  /// The position before which the cursor stands, 0…text.count.
  var cursor: Int

  init(_ text: [Unicode.Scalar] = [], cursor: Int? = nil) {
    self.text = text
    self.cursor = cursor ?? text.count
  }

  init(_ text: String, cursor: Int? = nil) {
    self.init(Array(text.unicodeScalars), cursor: cursor)
  }

  /// The entry as a string.
  var string: String { String(String.UnicodeScalarView(text)) }
  /// What stands before the cursor.
  var beforeCursor: String { String(String.UnicodeScalarView(text[..<cursor])) }

  // MARK: Places

  /// Where the cursor's line begins.
  var lineStart: Int { (text[..<cursor].lastIndex(of: "\n") ?? -1) + 1 }
  /// Where the cursor's line ends.
  var lineEnd: Int { text[cursor...].firstIndex(of: "\n") ?? text.count }
  var isOnFirstLine: Bool { lineStart == 0 }
  var isOnLastLine: Bool { lineEnd == text.count }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  private var wordLeft: Int {
    var i = cursor
    while i > 0, !Self.isWord(text[i - 1]) { i -= 1 }
    while i > 0, Self.isWord(text[i - 1]) { i -= 1 }
    return i
  }

  private var wordRight: Int {
    var i = cursor
    while i < text.count, !Self.isWord(text[i]) { i += 1 }
    while i < text.count, Self.isWord(text[i]) { i += 1 }
    return i
  }

  /// Whether it is characters that are drawn over the one before: the cursor skips them.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: true
    default: false
    }
  }

  private var left: Int {
    var i = max(cursor - 1, 0)
    while i > 0, Self.isMark(text[i]) { i -= 1 }
    return i
  }

  private var right: Int {
    var i = min(cursor + 1, text.count)
    while i < text.count, Self.isMark(text[i]) { i += 1 }
    return i
  }

  // MARK: Moving

  mutating func moveLeft() { cursor = left }
  mutating func moveRight() { cursor = right }
  mutating func moveWordLeft() { cursor = wordLeft }
  mutating func moveWordRight() { cursor = wordRight }

  /// To the first character of the line, then to the first of the entry.
  mutating func moveToStart() { cursor = cursor == lineStart ? 0 : lineStart }
  /// To the end of the line, then to the end of the entry.
  mutating func moveToEnd() { cursor = cursor == lineEnd ? text.count : lineEnd }

  mutating func moveUp() {
    guard !isOnFirstLine else { return }
    let column = cursor - lineStart
    cursor = lineStart - 1
    cursor = min(lineStart + column, lineEnd)
  }

  mutating func moveDown() {
    guard !isOnLastLine else { return }
    let column = cursor - lineStart
    cursor = lineEnd + 1
    cursor = min(cursor + column, lineEnd)
  }

  // MARK: Changing

  mutating func insert(_ string: String) {
    let scalars = Array(string.unicodeScalars)
    text.insert(contentsOf: scalars, at: cursor)
    cursor += scalars.count
  }

  /// Puts `string` where `range` was, and the cursor behind it.
  mutating func replace(_ range: Range<Int>, with string: String) {
    let scalars = Array(string.unicodeScalars)
    text.replaceSubrange(range, with: scalars)
    cursor = range.lowerBound + scalars.count
  }

  /// Starts a new line, indented like the one that it leaves, and by two more after an opening
  /// bracket.
  mutating func insertNewline(indented: Bool) {
    guard indented else { return insert("\n") }
    let line = text[lineStart..<cursor]
    var indentation = line.prefix { $0 == " " }.count
    if let last = line.last(where: { $0 != " " }), "{([".unicodeScalars.contains(last) {
      indentation += 2
    }
    insert("\n" + String(repeating: " ", count: indentation))
  }

  /// A closing brace that opens a line stands two columns further left.
  mutating func insertClosingBrace() {
    let line = text[lineStart..<cursor]
    if line.count >= 2, line.allSatisfy({ $0 == " " }) {
      remove(cursor - 2..<cursor)
    }
    insert("}")
  }

  /// Backspace: a character, or a step of indentation.
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

  /// Removes what follows on the line, or the line end where nothing follows; returns it.
  mutating func killToLineEnd() -> [Unicode.Scalar] {
    remove(cursor..<(cursor == lineEnd ? min(cursor + 1, text.count) : lineEnd))
  }
  /// Removes what stands before the cursor on the line.
  mutating func killToLineStart() -> [Unicode.Scalar] { remove(lineStart..<cursor) }
  mutating func killWordLeft() -> [Unicode.Scalar] { remove(wordLeft..<cursor) }
  mutating func killWordRight() -> [Unicode.Scalar] { remove(cursor..<wordRight) }

  // MARK: The continuation prompt

  // libedit shows the line ends in its buffer, but knows no prompt for the lines after the first.
  // So each of them has the prompt in the buffer itself, put there and taken away here.

  /// The entry with `mark` at the start of every line but the first.
  func marked(with mark: [Unicode.Scalar]) -> EntryBuffer {
    var shown: [Unicode.Scalar] = []
    var shownCursor = 0
    for (i, scalar) in text.enumerated() {
      if i == cursor { shownCursor = shown.count }
      shown.append(scalar)
      if scalar == "\n" { shown += mark }
    }
    return EntryBuffer(shown, cursor: cursor == text.count ? shown.count : shownCursor)
  }

  /// The entry behind what is shown. A cursor inside a mark belongs to the start of its line.
  func unmarked(_ mark: [Unicode.Scalar]) -> EntryBuffer {
    var kept: [Unicode.Scalar] = []
    var keptCursor: Int?
    var i = 0
    while i < text.count {
      if i == cursor { keptCursor = kept.count }
      kept.append(text[i])
      i += 1
      if kept.last == "\n", text[i...].starts(with: mark) {
        if (i..<i + mark.count).contains(cursor) { keptCursor = kept.count }
        i += mark.count
      }
    }
    return EntryBuffer(kept, cursor: keptCursor ?? kept.count)
  }
}
