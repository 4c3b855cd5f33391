/// A source of entries at the prompt: the line editor, or a plain reader for terminals without
/// editing.
public protocol LineSource: AnyObject {
  /// Shows `prompt` and waits for a whole entry, which may have several lines.
  func next(prompt: Prompt) -> LineInput
}

/// The user's input at the prompt.
public enum LineInput: Sendable, Equatable {
  /// An entry, without its last line end.
  case entry(String)
  /// Ctrl-C; `onEmptyLine` where nothing was typed.
  case interrupted(onEmptyLine: Bool)
  /// Ctrl-D on an empty line, or the end of input.
  case end
}
