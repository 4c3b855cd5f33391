import CLibEdit
import Glibc

extension LibEditSource {
  /// Makes a function of each action that keys are bound to. libedit keeps the names for the life
  /// of the process, so they are never freed.
  func installFunctions() {
    func add(_ action: EditorAction, _ function: @escaping editline_function) {
      let name = action.functionName.allocateWide()
      editline_add_function(editor, name, name, function)
    }
    // A C function can't carry which action it is for: so one is written out for each.
    add(.insert) { editor, _ in LibEditSource.perform(.insert, editor) }
    add(.submit) { editor, _ in LibEditSource.perform(.submit, editor) }
    add(.complete) { editor, _ in LibEditSource.perform(.complete, editor) }
    add(.closingBrace) { editor, _ in LibEditSource.perform(.closingBrace, editor) }
    add(.undo) { editor, _ in LibEditSource.perform(.undo, editor) }
    add(.left) { editor, _ in LibEditSource.perform(.left, editor) }
    add(.right) { editor, _ in LibEditSource.perform(.right, editor) }
    add(.up) { editor, _ in LibEditSource.perform(.up, editor) }
    add(.down) { editor, _ in LibEditSource.perform(.down, editor) }
    add(.start) { editor, _ in LibEditSource.perform(.start, editor) }
    add(.end) { editor, _ in LibEditSource.perform(.end, editor) }
    add(.deleteBackward) { editor, _ in LibEditSource.perform(.deleteBackward, editor) }
    add(.endOrDelete) { editor, _ in LibEditSource.perform(.endOrDelete, editor) }
    add(.killToLineEnd) { editor, _ in LibEditSource.perform(.killToLineEnd, editor) }
    add(.killToLineStart) { editor, _ in LibEditSource.perform(.killToLineStart, editor) }
    add(.killWordLeft) { editor, _ in LibEditSource.perform(.killWordLeft, editor) }
    add(.yank) { editor, _ in LibEditSource.perform(.yank, editor) }
    add(.searchBackward) { editor, _ in LibEditSource.perform(.searchBackward, editor) }
    add(.searchForward) { editor, _ in LibEditSource.perform(.searchForward, editor) }
    add(.clearScreen) { editor, _ in LibEditSource.perform(.clearScreen, editor) }
    add(.editElsewhere) { editor, _ in LibEditSource.perform(.editElsewhere, editor) }
  }

  /// Binds the keys that `~/.editrc` must not change.
  func bindKeys() {
    func bind(
      _ keys: String, _ function: String, inMain: Bool = true, inAlternative: Bool = true
    ) {
      let keys = keys.allocateWide()
      let function = function.allocateWide()
      if inMain { editline_bind(editor, keys, function) }
      if inAlternative { editline_bind_alternative(editor, keys, function) }
      keys.deallocate()
      function.deallocate()
    }
    bind(String(Keymap.accept), "ed-newline")
    bind(String(Keymap.insert), EditorAction.insert.functionName, inAlternative: false)
    for (keys, action) in Keymap.controls where !reader.hasEscapeKey || keys != "}" {
      bind(keys, action.functionName)
    }
    for keys in Keymap.quoting { bind(keys, "ed-unassigned") }
    for letter in Keymap.letters { bind(String(letter), "ed-insert", inAlternative: false) }
    if reader.hasEscapeKey {
      for (key, function) in Keymap.beginningOfVi { bind(String(key), function) }
      for keys in Keymap.removedFromVi { bind(keys, "ed-unassigned", inMain: false) }
    } else {
      for keys in Keymap.removedFromEmacs { bind(keys, "ed-unassigned", inAlternative: false) }
    }
  }

  private static func perform(_ action: EditorAction, _ editor: OpaquePointer?) -> UInt8 {
    guard let source = of(editor) else { return UInt8(CC_ERROR) }
    return UInt8(source.perform(action))
  }

  /// Does it, and says what libedit must do.
  func perform(_ action: EditorAction) -> Int32 {
    defer { lastAction = (action, keyNumber) }
    let before = buffer
    var buffer = before
    switch action {
    case .submit: return submit(before)
    case .complete, .completeBackward: return complete(before)
    case .endOrDelete where before.text.isEmpty: return CC_EOF
    case .up, .down:
      guard let moved = vertical(action, before) else { return CC_ERROR }
      buffer = moved
    case .right where acceptGhost(&buffer), .end where acceptGhost(&buffer): break
    case .wordRight where acceptGhostWord(&buffer): break
    case .undo:
      guard let earlier = changes.undo(from: before) else { return CC_ERROR }
      buffer = earlier
    case .redo:
      guard let later = changes.redo(from: before) else { return CC_ERROR }
      buffer = later
    case .insert: buffer.insert(typed)
    case .paste:
      buffer.insert(Pasting.cleaned(pasted))
      pasted = ""
    case .newline: insertNewline(&buffer)
    case .closingBrace: indentsLines ? buffer.insertClosingBrace() : buffer.insert("}")
    case .left: buffer.moveLeft()
    case .right: buffer.moveRight()
    case .start: buffer.moveToStart()
    case .end: buffer.moveToEnd()
    case .entryStart, .pageUp: buffer.moveToEntryStart()
    case .entryEnd, .pageDown: buffer.moveToEntryEnd()
    case .wordLeft: buffer.moveWordLeft()
    case .wordRight: buffer.moveWordRight()
    case .deleteBackward: buffer.deleteBackward()
    case .deleteForward, .endOrDelete: buffer.deleteForward()
    case .killToLineEnd: keep(buffer.killToLineEnd(), isBefore: false)
    case .killToLineStart: keep(buffer.killToLineStart(), isBefore: true)
    case .killWordLeft: keep(buffer.killWordLeft(), isBefore: true)
    case .killWordRight: keep(buffer.killWordRight(), isBefore: false)
    case .yank:
      guard let killed = kills.newest() else { return CC_ERROR }
      put(killed, into: &buffer)
    case .yankOlder:
      guard follows([.yank, .yankOlder]), let killed = kills.older() else { return CC_ERROR }
      takeBack(from: &buffer)
      put(killed, into: &buffer)
    case .insertLastWord:
      if follows([.insertLastWord]) { takeBack(from: &buffer) } else { wordAge = 0 }
      guard let word = nextLastWord() else { return CC_ERROR }
      put(word, into: &buffer)
    case .searchBackward, .searchForward:
      beginSearch(backward: action == .searchBackward)
      return CC_REFRESH
    case .clearScreen:
      clearScreen()
      return CC_REFRESH
    case .editElsewhere:
      guard let text = editedElsewhere(before.string) else { return CC_ERROR }
      buffer = EntryBuffer(text)
    }
    setBuffer(buffer)
    return CC_REFRESH
  }

  /// The entry as the user's other editor leaves it, which has the terminal meanwhile.
  private func editedElsewhere(_ entry: String) -> String? {
    FileOutput.write(screen.finishing(frame(of: buffer, suffix: "", below: [])), to: 1)
    editline_prepare_terminal(editor, false)
    let text = assistance.editElsewhere(entry)
    redrawAfterStop()
    return text.map { Pasting.cleaned($0) }
  }

  /// Whether the key before did one of these.
  private func follows(_ actions: Set<EditorAction>) -> Bool {
    actions.contains(lastAction.action) && lastAction.key == keyNumber - 1
  }

  /// Inserts what a next key may replace.
  private func put(_ text: [Unicode.Scalar], into buffer: inout EntryBuffer) {
    buffer.insert(String(scalars: text[...]))
    putCount = text.count
  }

  private func takeBack(from buffer: inout EntryBuffer) {
    let start = max(buffer.cursor - putCount, 0)
    buffer.replace(start..<buffer.cursor, with: "")
  }

  /// The last word of the newest entry that `insertLastWord` has not tried yet.
  private func nextLastWord() -> [Unicode.Scalar]? {
    while wordAge < history.entries.count {
      let entry = history.entries[history.entries.count - 1 - wordAge]
      wordAge += 1
      if let word = entry.split(whereSeparator: \.isWhitespace).last {
        return Array(word.unicodeScalars)
      }
    }
    return nil
  }

  /// Text that comes faster than it can be typed is pasted, and has its indentation already.
  private func insertNewline(_ buffer: inout EntryBuffer) {
    indentsLines = !reader.hasInput
    buffer.insertNewline(indented: indentsLines)
  }

  private func keep(_ removed: [Unicode.Scalar], isBefore: Bool) {
    let kills: Set<EditorAction> = [
      .killToLineEnd, .killToLineStart, .killWordLeft, .killWordRight,
    ]
    self.kills.keep(removed, addsUp: follows(kills), isBefore: isBefore)
  }

  private func submit(_ entry: EntryBuffer) -> Int32 {
    if assistance.isIncomplete(entry.string) {
      var longer = entry
      insertNewline(&longer)
      setBuffer(longer)
    } else {
      finish(.entry(entry.string))
    }
    return CC_REFRESH
  }

  /// Moves within the entry, and from its first or last line through the history.
  private func vertical(_ action: EditorAction, _ entry: EntryBuffer) -> EntryBuffer? {
    if !follows([.up, .down]) { goalColumn = entry.column }
    var moved = entry
    if action == .up {
      if entry.isOnFirstLine {
        goalColumn = .max
        return browser.older(than: entry, in: history.entries)
      }
      moved.moveUp(column: goalColumn)
    } else {
      if entry.isOnLastLine {
        goalColumn = .max
        return browser.newer(than: entry, in: history.entries)
      }
      moved.moveDown(column: goalColumn)
    }
    return moved
  }

  private func acceptGhost(_ buffer: inout EntryBuffer) -> Bool {
    guard !ghost.isEmpty, buffer.cursor == buffer.text.count else { return false }
    buffer.insert(ghost)
    return true
  }

  /// Takes the ghost as far as its first word goes.
  private func acceptGhostWord(_ buffer: inout EntryBuffer) -> Bool {
    guard !ghost.isEmpty, buffer.cursor == buffer.text.count else { return false }
    var whole = buffer
    whole.insert(ghost)
    whole.cursor = buffer.cursor
    whole.moveWordRight()
    buffer = EntryBuffer(Array(whole.text[..<whole.cursor]))
    return true
  }

  private func complete(_ entry: EntryBuffer) -> Int32 {
    if entry.text.isEmpty, let rejected = rejectedEntry {
      setBuffer(EntryBuffer(rejected))
      return CC_REFRESH
    }
    // In the indentation of a line, Tab indents.
    let line = entry.text[entry.lineStart..<entry.cursor]
    if entry.lineStart > 0, line.allSatisfy({ $0 == " " }) {
      var indented = entry
      indented.insert("  ")
      setBuffer(indented)
      return CC_REFRESH
    }
    let list = assistance.completions(entry.string, entry.cursorByte)
    guard let first = list.candidates.first else { return CC_ERROR }
    let isAlone = list.candidates.count == 1
    let word = isAlone ? first.text + first.suffix : list.commonPrefix
    let range = entry.scalars(in: list.range)
    var completed = entry
    if isAlone || word.unicodeScalars.count > range.count { completed.replace(range, with: word) }
    if completed != entry {
      setBuffer(completed)
      listedAt = completed
      return CC_REFRESH
    }
    guard !isAlone else { return CC_ERROR }
    if listedAt == entry {
      menu = CompletionMenu(list, in: entry)
      return CC_REFRESH
    }
    listedAt = entry
    return CC_ERROR
  }
}

extension EntryBuffer {
  /// A range of UTF-8 bytes as a range of scalars.
  func scalars(in bytes: Range<Int>) -> Range<Int> {
    var offset = 0
    var lower = text.count
    var upper = text.count
    for (i, scalar) in text.enumerated() {
      if offset >= bytes.lowerBound { lower = min(lower, i) }
      if offset >= bytes.upperBound { upper = min(upper, i) }
      offset += UTF8.width(scalar)
    }
    return lower..<max(lower, upper)
  }
}
