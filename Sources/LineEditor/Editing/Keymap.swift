/// What keys do that libedit does not do by itself, or does not know about entries of several
/// lines.
enum EditorAction: UInt32, CaseIterable {
  case submit, newline, complete, closingBrace, paste, undo, redo
  case left, right, up, down, start, end, wordLeft, wordRight, entryStart, entryEnd
  case deleteBackward, deleteForward, endOrDelete
  case killToLineEnd, killToLineStart, killWordLeft, killWordRight
  case yank, yankOlder, insertLastWord
  case searchBackward, searchForward, clearScreen
  /// libedit's own end of line, which returns the entry.
  case accept

  /// The character that stands for the action, since keys are characters to libedit: one of the
  /// controls above ASCII, which can't be typed.
  var key: Unicode.Scalar { Unicode.Scalar(UInt8(0x80 + rawValue)) }

  /// The name of the function that it is bound to.
  var functionName: String {
    switch self {
    case .accept: "ed-newline"
    default: "svmrepl-\(self)"
    }
  }
}

/// Which keys do what.
enum Keymap {
  /// Control characters, as libedit's `bind` writes them. They are bound after `~/.editrc` was
  /// read.
  static let controls: [(keys: String, action: EditorAction)] = [
    ("^M", .submit), ("^J", .submit), ("^I", .complete), ("}", .closingBrace),
    ("^B", .left), ("^F", .right), ("^P", .up), ("^N", .down), ("^A", .start), ("^E", .end),
    ("^H", .deleteBackward), ("^?", .deleteBackward), ("^D", .endOrDelete),
    ("^K", .killToLineEnd), ("^U", .killToLineStart), ("^W", .killWordLeft), ("^Y", .yank),
    ("^_", .undo), ("^R", .searchBackward), ("^S", .searchForward), ("^L", .clearScreen),
  ]

  /// Keys for which libedit takes whatever is typed next as text, Ctrl-C and our private keys
  /// included.
  static let quoting = ["^V", "^@"]

  /// Commands of libedit's emacs keys that read a line for libedit itself, in the place of the
  /// entry.
  static let removedFromEmacs = ["^[x", "^[X"]

  /// The same of vi's command mode, and its editing in another program, which needs the terminal as
  /// that program knows it.
  static let removedFromVi = [":", "v"]

  /// Letters above ASCII. Where the locale does not know them, libedit's emacs keys take them for
  /// Alt and a letter.
  static let letters = (UInt8(0xA0)...0xFF).map { Unicode.Scalar($0) }

  /// Keys that send `ESC [` or `ESC O` and this.
  static let sequences: [String: EditorAction] = [
    "A": .up, "B": .down, "C": .right, "D": .left, "H": .start, "F": .end,
    "1~": .start, "7~": .start, "4~": .end, "8~": .end, "3~": .deleteForward,
    "1;5C": .wordRight, "1;5D": .wordLeft, "1;3C": .wordRight, "1;3D": .wordLeft,
    "5C": .wordRight, "5D": .wordLeft, "3;5~": .killWordRight, "13;2u": .newline,
    "1;5H": .entryStart, "1;5F": .entryEnd,
  ]

  /// Alt and a key.
  static let alternate: [Unicode.Scalar: EditorAction] = [
    "b": .wordLeft, "f": .wordRight, "d": .killWordRight, "\u{7F}": .killWordLeft,
    "\u{8}": .killWordLeft, "\r": .newline, "\n": .newline, "y": .yankOlder,
    ".": .insertLastWord, "/": .redo, "_": .redo, "<": .entryStart, ">": .entryEnd,
  ]
}
