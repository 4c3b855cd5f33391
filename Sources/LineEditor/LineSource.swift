/// Where the entries at the prompt come from: the line editor, or a plain reader where the terminal
/// can't be edited on.
public protocol LineSource: AnyObject {
  /// Shows `prompt` and waits for a whole entry, which may span lines.
  func next(prompt: Prompt) -> LineInput
}

/// What the user did at the prompt.
public enum LineInput: Sendable, Equatable {
  /// Typed an entry, given without its last line end.
  case entry(String)
  /// Pressed Ctrl-C; with nothing typed where `onEmptyLine`.
  case interrupted(onEmptyLine: Bool)
  /// Pressed Ctrl-D on an empty line, or closed the terminal.
  case end
}
