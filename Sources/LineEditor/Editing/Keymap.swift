/// The actions of keys that libedit lacks, or that must know about entries of several lines.
enum EditorAction: CaseIterable {
  case insert, submit, newline, complete, completeBackward, closingBrace, paste, undo, redo
  case left, right, up, down, start, end, wordLeft, wordRight, entryStart, entryEnd
  case deleteBackward, deleteForward, endOrDelete
  case killToLineEnd, killToLineStart, killWordLeft, killWordRight
  case yank, yankOlder, insertLastWord
  case searchBackward, searchForward, clearScreen, editElsewhere
  /// To the start and the end of the entry; the pager's pages.
  case pageUp, pageDown

  /// The name of libedit's function for it.
  var functionName: String { "svmrepl-\(self)" }
}

/// The bindings of keys.
enum Keymap {
  /// Control characters and the brace, in the notation of libedit's `bind`. They are bound after
  /// `~/.editrc` is read.
  static let controls: [(keys: String, action: EditorAction)] = [
    ("^M", .submit), ("^J", .submit), ("^I", .complete), ("}", .closingBrace),
    ("^B", .left), ("^F", .right), ("^P", .up), ("^N", .down), ("^A", .start), ("^E", .end),
    ("^H", .deleteBackward), ("^?", .deleteBackward), ("^D", .endOrDelete),
    ("^K", .killToLineEnd), ("^U", .killToLineStart), ("^W", .killWordLeft), ("^Y", .yank),
    ("^_", .undo), ("^R", .searchBackward), ("^S", .searchForward), ("^L", .clearScreen),
    ("^X^E", .editElsewhere),
  ]

  /// Keys after which libedit takes the next character as text. They are unbound, since that may be
  /// Ctrl-C or one of the editor's own keys.
  static let quoting = ["^V", "^@"]

  /// Keys of libedit's emacs bindings that read a command for libedit in place of the entry. They
  /// are unbound.
  static let removedFromEmacs = ["^[x", "^[X"]

  /// The same for vi's command mode, and its key for an external editor, which would need other
  /// terminal settings.
  static let removedFromVi = [":", "v"]

  /// A character that can't be typed, bound to inserting what was: libedit's own way to insert
  /// reads memory that is not there after a character that is drawn over another.
  static let insert: Unicode.Scalar = "\u{81}"

  /// Whether a character is inserted by us.
  static func isOurs(_ scalar: Unicode.Scalar) -> Bool { scalar.value > 0xFF }

  /// A character that can't be typed, bound to libedit's own end of line, which returns the entry.
  static let accept: Unicode.Scalar = "\u{80}"

  /// Characters that can't be typed, which begin an entry with vi's keys: bound to vi's command
  /// mode, and there to inserting. Otherwise `.` would repeat all that was typed since the last
  /// command, the ends of entries included.
  static let beginningOfVi: [(key: Unicode.Scalar, function: String)] = [
    ("\u{82}", "vi-command-mode"), ("\u{83}", "vi-insert"),
  ]

  /// Characters from U+00A0 to U+00FF. Where the locale lacks them, libedit's emacs bindings take
  /// them for Alt and a letter.
  static let letters = (UInt8(0xA0)...0xFF).map { Unicode.Scalar($0) }

  /// Keys by what they send after `ESC [` or `ESC O`.
  static let sequences: [String: EditorAction] = [
    "A": .up, "B": .down, "C": .right, "D": .left, "H": .start, "F": .end,
    "1~": .start, "7~": .start, "4~": .end, "8~": .end, "3~": .deleteForward,
    "1;5C": .wordRight, "1;5D": .wordLeft, "1;3C": .wordRight, "1;3D": .wordLeft,
    "5C": .wordRight, "5D": .wordLeft, "3;5~": .killWordRight, "13;2u": .newline,
    "1;5H": .entryStart, "1;5F": .entryEnd, "Z": .completeBackward, "5~": .pageUp, "6~": .pageDown,
  ]

  /// Keys pressed with Alt.
  static let alternate: [Unicode.Scalar: EditorAction] = [
    "b": .wordLeft, "f": .wordRight, "d": .killWordRight, "\u{7F}": .killWordLeft,
    "\u{8}": .killWordLeft, "\r": .newline, "\n": .newline, "y": .yankOlder,
    ".": .insertLastWord, "/": .redo, "_": .redo, "<": .entryStart, ">": .entryEnd,
  ]
}
