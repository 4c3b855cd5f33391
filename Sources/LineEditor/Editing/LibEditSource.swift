import Text
import CLibEdit
import Glibc

/// Entries from the line editor: one buffer for an entry of several lines, which Enter ends when
/// the language says that it is complete.
///
/// libedit has the screen and its own keys; everything that must know about lines, completions or
/// history is done here, on an `EntryBuffer`, and given back to libedit.
public final class LibEditSource: LineSource {
  let editor: OpaquePointer
  let history: HistoryStore
  let assistance: EditorAssistance
  let reader = KeyReader()
  private let editorHistory: OpaquePointer?
  private let hasColor: Bool

  var prompt = Prompt([])
  private var promptText: UnsafeMutablePointer<wchar_t>?
  private var continuation: [Unicode.Scalar] = []
  private var painter = Painter(columns: 80, rows: 24)

  // State of the entry being typed.
  var browser = HistoryBrowser()
  var pasted = ""
  /// Set by the Tab that could not go on alone: the same Tab again lists.
  var listedAt: EntryBuffer?
  /// False after a line end that was pasted: braces then stay where they are.
  var indentsLines = true
  private var outcome: LineInput?
  private var undoStack: [EntryBuffer] = []
  private var lastSeen = EntryBuffer()
  private var isUndoing = false
  /// True from the tidy key until the next one that was typed.
  private var hasTidied = false
  /// Whether a line that libedit reads for itself is being left.
  private var isLeavingOwnLine = false
  private(set) var ghost = ""
  private var isGhostShown = false
  private var colored: (text: String, highlights: [Highlight]) = ("", [])

  // State of the session.
  /// What was last removed to the end of a line, or by word: Ctrl-Y puts it back.
  var killed: [Unicode.Scalar] = []
  /// The entry that an empty Tab brings back: the last one, where it failed.
  public var rejectedEntry: String?

  /// Takes the standard streams; nil where libedit can't use them.
  public init?(history: HistoryStore, assistance: EditorAssistance, hasColor: Bool) {
    guard let editor = editline_open("svmrepl") else { return nil }
    self.editor = editor
    self.history = history
    self.assistance = assistance
    self.hasColor = hasColor
    editorHistory = editline_history_open(editor, 2000)
    editline_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
    editline_stay_quiet(editor)
    editline_use_emacs_keys(editor)
    for entry in history.entries.suffix(2000) { remember(entry) }
    installFunctions()
    el_source(editor, nil)
    reader.hasEscapeKey = editline_uses_vi_keys(editor)
    bindKeys()
    editline_set_reader(editor) { editor, key in
      LibEditSource.of(editor)?.readKey(key) ?? -1
    }
    editline_set_prompt(editor, { editor in LibEditSource.of(editor)?.promptText }, 1)
  }

  // libedit's own end (`el_end`) would throw away what was typed ahead for the program that has
  // the terminal next. An editor lives as long as the program.
  deinit { promptText?.deallocate() }

  /// The source that a callback of libedit is for.
  static func of(_ editor: OpaquePointer?) -> LibEditSource? {
    editor.flatMap { editline_client($0) }.map {
      Unmanaged<LibEditSource>.fromOpaque($0).takeUnretainedValue()
    }
  }

  public func next(prompt: Prompt) -> LineInput {
    self.prompt = prompt
    continuation = Array(prompt.continuation.unicodeScalars)
    promptText?.deallocate()
    promptText = wideCopy(prompt.literal(escape: "\u{1}", color: hasColor))
    browser = HistoryBrowser()
    undoStack = []
    lastSeen = EntryBuffer()
    listedAt = nil
    indentsLines = true
    hasTidied = false
    isLeavingOwnLine = false
    outcome = nil
    measureScreen()

    // Before the prompt is shown: what is typed as soon as it is there must not be echoed.
    editline_prepare_terminal(editor, true)
    // Below the prompt there is nothing; an entry taller than the screen may have left some of it.
    FileOutput.write("\u{1B}[J\u{1B}[?2004h", to: 1)
    var length: Int32 = 0
    let line = el_wgets(editor, &length)
    editline_flush()
    FileOutput.write("\u{1B}[?2004l", to: 1)
    if let outcome {
      if case .entry(let entry) = outcome { remember(entry) }
      return outcome
    }
    guard let line else {
      FileOutput.write("\r\n", to: 1)
      return .end
    }
    // Ended by a command of libedit's own, such as vi's `#`.
    var scalars = Self.scalars(UnsafeBufferPointer(start: line, count: Int(length)))
    if scalars.last == "\n" { scalars.removeLast() }
    let entry = EntryBuffer(scalars).unmarked(continuation).string
    remember(entry)
    return .entry(entry)
  }

  private func remember(_ entry: String) {
    guard let editorHistory, !entry.allSatisfy(\.isWhitespace) else { return }
    let wide = wideCopy(entry)
    editline_history_enter(editorHistory, wide)
    wide.deallocate()
  }

  // MARK: The buffer

  /// What libedit shows, continuation prompts and all.
  private var shownBuffer: EntryBuffer {
    guard let line = el_wline(editor)?.pointee, let start = line.buffer, let end = line.lastchar,
      let cursor = line.cursor
    else { return EntryBuffer() }
    let scalars = Self.scalars(UnsafeBufferPointer(start: start, count: max(0, end - start)))
    return EntryBuffer(scalars, cursor: min(max(cursor - start, 0), scalars.count))
  }

  private static func scalars(_ characters: UnsafeBufferPointer<wchar_t>) -> [Unicode.Scalar] {
    characters.map { Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}" }
  }

  /// The entry as it is now.
  var buffer: EntryBuffer { shownBuffer.unmarked(continuation) }

  /// Gives libedit another entry; it shows it when the action ends.
  func setBuffer(_ buffer: EntryBuffer) {
    let marked = buffer.marked(with: continuation)
    if marked.text.isEmpty {
      // libedit takes no empty text in place of another.
      let shown = shownBuffer
      el_cursor(editor, Int32(shown.text.count - shown.cursor))
      el_deletestr(editor, Int32(shown.text.count))
      return
    }
    let wide = wideCopy(marked.string)
    el_wreplacestr(editor, wide)
    wide.deallocate()
    guard let line = el_wline(editor)?.pointee, let start = line.buffer, let at = line.cursor else {
      return
    }
    el_cursor(editor, Int32(marked.cursor - (at - start)))
  }

  /// Whether libedit's incremental search has its own line in the buffer.
  private func isSearching(_ shown: EntryBuffer) -> Bool {
    let line = shown.text[shown.lastLineStart...]
    return ["bck:", "bck?", "fwd:", "fwd?"].contains { line.starts(with: $0.unicodeScalars) }
  }

  /// Whether libedit reads a line of its own, a command or what vi searches for: it stands in
  /// the entry's place, after a line end without our prompt, and the cursor is on a blank behind
  /// it.
  private func isOwnLine(_ shown: EntryBuffer) -> Bool {
    let isMarked = ["\n:", "\n/", "\n?"].contains { shown.text.starts(with: $0.unicodeScalars) }
    return isMarked && shown.text.last == " " && shown.cursor == shown.text.count - 1
  }

  // MARK: Keys

  /// libedit asks for a character.
  private func readKey(_ key: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    guard let key else { return -1 }
    func give(_ scalar: Unicode.Scalar) -> Int32 {
      hideGhost()
      key.pointee = wchar_t(bitPattern: scalar.value)
      return 1
    }
    let shown = shownBuffer
    if isOwnLine(shown) {
      guard let scalar = ownLineCharacter(shown) else { return 0 }
      return give(scalar)
    }
    if outcome != nil {
      isLeavingOwnLine = false
      paint(withGhost: false)
      return give(EditorAction.accept.key)
    }
    let searching = isSearching(shown)
    if !searching {
      // Once for a key: where it does not help, libedit waits for a character and not for a
      // command.
      if !hasTidied, shown != shown.unmarked(continuation).marked(with: continuation) {
        hasTidied = true
        return give(EditorAction.tidy.key)
      }
      let hadEntry = isLeavingOwnLine && !lastSeen.text.isEmpty && shown.text.isEmpty
      isLeavingOwnLine = false
      noteForUndo(shown.unmarked(continuation))
      if hadEntry { return give(EditorAction.undo.key) }
    }
    hasTidied = false
    while true {
      switch reader.next(beforeWaiting: { if !searching { paint(withGhost: true) } }) {
      case .character(let scalar):
        let isBackspace = scalar == "\u{7F}" || scalar == "\u{8}"
        return give(searching && isBackspace ? EditorAction.searchBackspace.key : scalar)
      case .action(let action): return give(action.key)
      case .paste(let text):
        pasted = text
        return give(EditorAction.paste.key)
      case .signal(SIGINT):
        finish(.interrupted(onEmptyLine: shown.text.isEmpty))
        hideGhost()
        showInterruption(at: shown)
        return give(EditorAction.accept.key)
      case .signal(SIGWINCH): redrawForNewSize()
      case .signal(SIGCONT): redrawAfterStop()
      case .signal: continue
      case .end: return 0
      }
    }
  }

  /// The next character of a line that libedit reads for itself; nil at the end of input. Escape
  /// and Ctrl-C leave it, by as many backspaces as it takes; the keys that are actions mean nothing
  /// there.
  private func ownLineCharacter(_ shown: EntryBuffer) -> Unicode.Scalar? {
    while !isLeavingOwnLine {
      switch reader.next(beforeWaiting: {}) {
      case .character("\u{1B}"): isLeavingOwnLine = true
      case .character(let scalar): return scalar
      case .signal(SIGINT):
        finish(.interrupted(onEmptyLine: false))
        showInterruption(at: shown)
        isLeavingOwnLine = true
      case .signal(SIGWINCH): redrawForNewSize()
      case .signal(SIGCONT): redrawAfterStop()
      case .action, .paste, .signal: continue
      case .end: return nil
      }
    }
    return "\u{7F}"
  }

  /// Ends the entry: the next key that libedit gets moves below it.
  func finish(_ input: LineInput) { outcome = input }

  private func noteForUndo(_ now: EntryBuffer) {
    defer {
      lastSeen = now
      isUndoing = false
    }
    guard now.text != lastSeen.text, !isUndoing else { return }
    // Letters typed one after the other are undone together, word by word.
    let isTyping = now.text.count == lastSeen.text.count + 1 && now.cursor == lastSeen.cursor + 1
    let continuesWord =
      isTyping && now.cursor >= 2 && now.text[now.cursor - 1] != " "
      && now.text[now.cursor - 2] != " "
    if !continuesWord || undoStack.isEmpty { undoStack.append(lastSeen) }
  }

  /// The entry before the last change; nil where there is none.
  func popUndo() -> EntryBuffer? {
    isUndoing = true
    return undoStack.popLast()
  }

  // MARK: The screen

  private func measureScreen() {
    let size = Terminal.size(of: 1) ?? (80, 24)
    painter = Painter(columns: size.columns, rows: size.rows)
  }

  private func layout(of shown: EntryBuffer) -> ScreenLayout {
    ScreenLayout(promptWidth: prompt.width, buffer: shown, columns: painter.columns)
  }

  private func paint(withGhost: Bool) {
    guard prompt.width < painter.columns else { return }
    let shown = shownBuffer
    let layout = layout(of: shown)
    // Beside wide characters libedit may lose cells, or its cursor by a column: painting what
    // should be there sets it right, with colors or without.
    guard hasColor || shown.text.contains(where: { $0.value >= 0x1100 }) else { return }
    let entry = shown.unmarked(continuation)
    ghost = withGhost && hasColor ? suggestion(for: entry) : ""
    if layout.end.column + ghost.unicodeScalars.count >= painter.columns { ghost = "" }
    let painting = painter.painting(
      of: shown, layout: layout, styles: hasColor ? styles(of: entry) : [], ghost: ghost)
    if let painting {
      FileOutput.write(painting, to: 1)
      isGhostShown = !ghost.isEmpty
    } else {
      ghost = ""
    }
  }

  private func hideGhost() {
    if isGhostShown { FileOutput.write("\u{1B}[K", to: 1) }
    isGhostShown = false
  }

  /// The rest of the newest entry that begins like this one.
  private func suggestion(for entry: EntryBuffer) -> String {
    guard entry.text.count >= 2, entry.cursor == entry.text.count, !entry.text.contains("\n") else {
      return ""
    }
    let start = entry.string
    let match = history.entries.suffix(1000).last {
      $0.hasPrefix(start) && $0 != start && $0.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    }
    return match.map { String($0.dropFirst(start.count)) } ?? ""
  }

  /// A rendition for each character that is shown.
  private func styles(of entry: EntryBuffer) -> [Rendition] {
    let text = entry.string
    if colored.text != text { colored = (text, assistance.highlights(text)) }
    var bytes = [Rendition](repeating: .plain, count: text.utf8.count)
    for highlight in colored.highlights {
      for i in highlight.range.clamped(to: bytes.indices) {
        bytes[i] = Painter.rendition(highlight.style)
      }
    }
    var styles: [Rendition] = []
    var offset = 0
    for scalar in entry.text {
      styles.append(offset < bytes.count ? bytes[offset] : .plain)
      offset += UTF8.width(scalar)
      if scalar == "\n" { styles += continuation.map { _ in .dim } }
    }
    return styles
  }

  private func showInterruption(at shown: EntryBuffer) {
    let layout = layout(of: shown)
    let back = ScreenLayout.Place(row: layout.cursor.row, column: 0)
    FileOutput.write(
      painter.moving(from: layout.cursor, to: layout.end) + "^C"
        + painter.moving(from: layout.end, to: back), to: 1)
  }

  /// Clears from the cursor's row on, row and rest apart: some terminals move what they show to
  /// their history when the whole screen is cleared.
  private static let clearing = "\r\u{1B}[K\u{1B}7\u{1B}[B\u{1B}[J\u{1B}8"

  /// Terminals wrap their rows anew when their width changes; so the rows above the cursor are
  /// counted with the new width.
  private func redrawForNewSize() {
    measureScreen()
    let row = layout(of: shownBuffer).cursor.row
    FileOutput.write((row > 0 ? "\u{1B}[\(row)A" : "") + Self.clearing, to: 1)
    el_resize(editor)
    editline_redraw(editor)
  }

  private func redrawAfterStop() {
    editline_prepare_terminal(editor, false)
    editline_prepare_terminal(editor, true)
    measureScreen()
    FileOutput.write(Self.clearing + "\u{1B}[?2004h", to: 1)
    el_resize(editor)
    editline_redraw(editor)
  }

  /// Shows lines under the entry, and the entry again under them.
  func show(_ lines: [String]) {
    editline_flush()
    let layout = layout(of: shownBuffer)
    FileOutput.write(
      painter.moving(from: layout.cursor, to: layout.end) + "\r\n"
        + lines.map { $0 + "\r\n" }.joined(), to: 1)
    editline_redraw(editor)
  }

  /// Room for a list under the entry.
  var listSize: (columns: Int, rows: Int) { (painter.columns, max(painter.rows - 4, 4)) }

  /// Characters that libedit takes, ending in zero; the caller frees them.
  private func wideCopy(_ text: String) -> UnsafeMutablePointer<wchar_t> { text.allocateWide() }
}

extension EntryBuffer {
  /// Where the last line begins.
  var lastLineStart: Int { (text.lastIndex(of: "\n") ?? -1) + 1 }
}

extension String {
  /// Characters that libedit takes, ending in zero; the caller frees them.
  func allocateWide() -> UnsafeMutablePointer<wchar_t> {
    let scalars = unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
    let copy = UnsafeMutablePointer<wchar_t>.allocate(capacity: scalars.count)
    copy.initialize(from: scalars, count: scalars.count)
    return copy
  }
}
