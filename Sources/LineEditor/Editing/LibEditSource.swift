import CLibEdit
import Glibc
import Text

/// The line editor. An entry of several lines is edited as a whole, and Enter ends it when the
/// language says that it is complete.
///
/// libedit has the keys, as the user has bound them, and the text with its cursor. The screen is
/// `EntryScreen`'s, and everything that must know about lines, completions or history is done here,
/// on an `EntryBuffer`, and given back to libedit.
public final class LibEditSource: LineSource {
  let editor: OpaquePointer
  let history: HistoryStore
  let assistance: EditorAssistance
  let hasColor: Bool
  let reader = KeyReader()
  private let editorHistory: OpaquePointer?

  var prompt = Prompt([])
  var screen = EntryScreen(columns: 80, rows: 24)

  // State of the entry being typed.
  var browser = HistoryBrowser()
  /// The search through the history that is going on.
  var search: HistorySearch?
  /// The candidates that are shown.
  var menu: CompletionMenu?
  var pasted = ""
  /// The character that is being inserted.
  var typed = ""
  /// The entry at the last Tab that could not decide; another Tab there lists the candidates.
  var listedAt: EntryBuffer?
  /// False after a pasted line end, when closing braces must not move.
  var indentsLines = true
  var outcome: LineInput?
  var changes = ChangeHistory()
  /// The keys so far, and what was done at which of them: some actions depend on the one before.
  private(set) var keyNumber = 0
  var lastAction: (action: EditorAction, key: Int) = (.submit, -1)
  /// Keys that libedit gets before those of the user.
  private var firstKeys: ArraySlice<Unicode.Scalar> = []
  /// Whether a line that libedit reads for itself is being left.
  private var isLeavingOwnLine = false
  /// What is shown dim behind the cursor.
  var ghost = ""
  var colored: (text: String, cursor: Int, highlights: [Highlight]) = ("", 0, [])
  /// The column that a walk up and down goes along.
  var goalColumn = 0

  // State of the session.
  var kills = KillRing()
  /// How many characters the last key put in that the next one may replace, and of which entry.
  var (putCount, wordAge) = (0, 0)
  /// The entry that an empty Tab brings back: the last one, where it failed.
  public var rejectedEntry: String?

  /// An editor on the standard streams; nil where libedit can't use them.
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
    installFunctions()
    el_source(editor, nil)
    reader.hasEscapeKey = editline_uses_vi_keys(editor)
    // Only vi's keys look at libedit's own history.
    if reader.hasEscapeKey {
      for entry in history.entries.suffix(2000) { remember(entry) }
    }
    bindKeys()
    editline_set_reader(editor) { editor, key in
      LibEditSource.of(editor)?.readKey(key) ?? -1
    }
  }

  /// The source that a callback of libedit is for.
  static func of(_ editor: OpaquePointer?) -> LibEditSource? {
    editor.flatMap { editline_client($0) }.map {
      Unmanaged<LibEditSource>.fromOpaque($0).takeUnretainedValue()
    }
  }

  // libedit's own end (`el_end`) would throw away what was typed ahead for the program that has
  // the terminal next. An editor lives as long as the program.

  public func next(prompt: Prompt) -> LineInput {
    self.prompt = prompt
    browser = HistoryBrowser()
    search = nil
    menu = nil
    changes = ChangeHistory()
    listedAt = nil
    indentsLines = true
    isLeavingOwnLine = false
    firstKeys = reader.hasEscapeKey ? Keymap.beginningOfVi.map(\.key)[...] : []
    outcome = nil
    ghost = ""
    let size = Terminal.size(of: 1) ?? (80, 24)
    screen = EntryScreen(columns: size.columns, rows: size.rows)

    // Before the prompt is shown, since input typed from then on must not be echoed.
    editline_prepare_terminal(editor, true)
    // Below the prompt there is nothing.
    FileOutput.write("\u{1B}[J\u{1B}[?2004h", to: 1)
    // libedit still has the last entry; it begins a new one when it reads.
    draw(EntryBuffer())
    var length: Int32 = 0
    let line = el_wgets(editor, &length)
    let text = line.map { Self.scalars(UnsafeBufferPointer(start: $0, count: Int(length))) }
    let entry: EntryBuffer
    switch outcome {
    case .entry(let text)?: entry = EntryBuffer(text)
    case .interrupted?: entry = interrupted
    case .end?: entry = EntryBuffer()
    // Ended by a command of libedit's own, such as vi's `#`; or there is no input any more.
    case nil: entry = EntryBuffer(text.map { $0.last == "\n" ? $0.dropLast() : $0 } ?? [])
    }
    finishDrawing(entry)
    FileOutput.write("\u{1B}[?2004l", to: 1)
    let result = outcome ?? (line == nil ? .end : .entry(entry.string))
    if case .entry(let entry) = result { remember(entry) }
    return result
  }

  private func remember(_ entry: String) {
    guard reader.hasEscapeKey, let editorHistory, !entry.allSatisfy(\.isWhitespace) else { return }
    let wide = entry.allocateWide()
    editline_history_enter(editorHistory, wide)
    wide.deallocate()
  }

  // MARK: The buffer

  /// The entry as it is now.
  var buffer: EntryBuffer {
    guard let line = el_wline(editor)?.pointee, let start = line.buffer, let end = line.lastchar,
      let cursor = line.cursor
    else { return EntryBuffer() }
    let scalars = Self.scalars(UnsafeBufferPointer(start: start, count: max(0, end - start)))
    return EntryBuffer(scalars, cursor: min(max(cursor - start, 0), scalars.count))
  }

  private static func scalars(_ characters: UnsafeBufferPointer<wchar_t>) -> [Unicode.Scalar] {
    characters.map { Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}" }
  }

  /// Gives libedit another entry.
  func setBuffer(_ buffer: EntryBuffer) {
    if buffer.text.isEmpty {
      // libedit takes no empty text in place of another.
      let shown = self.buffer
      el_cursor(editor, Int32(shown.text.count - shown.cursor))
      el_deletestr(editor, Int32(shown.text.count))
      return
    }
    let wide = buffer.string.allocateWide()
    el_wreplacestr(editor, wide)
    wide.deallocate()
    guard let line = el_wline(editor)?.pointee, let start = line.buffer, let at = line.cursor else {
      return
    }
    el_cursor(editor, Int32(buffer.cursor - (at - start)))
  }

  /// Where a line begins that libedit reads for itself, a command or what vi searches for; nil
  /// where it reads none. It stands in the entry's place, after a line end, and the cursor is on a
  /// blank behind it.
  func ownLine(_ shown: EntryBuffer) -> Int? {
    let isMarked = ["\n:", "\n/", "\n?"].contains { shown.text.starts(with: $0.unicodeScalars) }
    return isMarked && shown.text.last == " " && shown.cursor == shown.text.count - 1 ? 1 : nil
  }

  // MARK: Keys

  /// Gives libedit its next character: returns 1 for one, 0 at the end of input.
  private func readKey(_ key: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    guard let key else { return -1 }
    func give(_ scalar: Unicode.Scalar) -> Int32 {
      keyNumber += 1
      key.pointee = wchar_t(bitPattern: scalar.value)
      return 1
    }
    if let first = firstKeys.popFirst() { return give(first) }
    let shown = buffer
    if ownLine(shown) != nil {
      guard let scalar = ownLineCharacter() else { return 0 }
      return give(scalar)
    }
    if outcome != nil {
      isLeavingOwnLine = false
      return give(Keymap.accept)
    }
    let hadEntry = isLeavingOwnLine && changes.hasText && shown.text.isEmpty
    isLeavingOwnLine = false
    changes.note(shown)
    if hadEntry { act(.undo) }
    while true {
      let event = reader.next(beforeWaiting: { draw() })
      if let search, !isEndOfSearch(event, search) { continue }
      if let menu, !isEndOfMenu(event, menu) { continue }
      switch event {
      case .character(let scalar) where Keymap.isOurs(scalar):
        typed = String(scalar)
        return give(Keymap.insert)
      case .character(let scalar): return give(scalar)
      case .action(let action): act(action)
      case .paste(let text):
        pasted = text
        act(.paste)
      case .signal(SIGINT):
        interrupt(onEmptyLine: buffer.text.isEmpty)
        return give(Keymap.accept)
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
  private func ownLineCharacter() -> Unicode.Scalar? {
    while !isLeavingOwnLine {
      switch reader.next(beforeWaiting: { draw() }) {
      case .character("\u{1B}"): isLeavingOwnLine = true
      case .character(let scalar): return scalar
      case .signal(SIGINT):
        interrupt(onEmptyLine: false)
        isLeavingOwnLine = true
      case .signal(SIGWINCH): redrawForNewSize()
      case .signal(SIGCONT): redrawAfterStop()
      case .action, .paste, .signal: continue
      case .end: return nil
      }
    }
    return "\u{7F}"
  }

  /// Does what a key means that libedit does not know.
  private func act(_ action: EditorAction) {
    keyNumber += 1
    if perform(action) == CC_ERROR { FileOutput.write("\u{7}", to: 1) }
    changes.note(buffer)
  }

  /// Ends the entry: the next key that libedit gets returns it.
  func finish(_ input: LineInput) { outcome = input }

  private var interrupted = EntryBuffer()

  private func interrupt(onEmptyLine: Bool) {
    interrupted = buffer
    search = nil
    menu = nil
    finish(.interrupted(onEmptyLine: onEmptyLine))
  }
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
