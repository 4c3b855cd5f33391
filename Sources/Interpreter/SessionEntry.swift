/// What was typed at a prompt.
public struct SessionEntry: Sendable, Equatable {
  /// The number of the prompt. Numbers may be missing, as of entries that did not come back, and
  /// those of a session that was loaded are its own.
  public let number: Int
  /// The text.
  public let text: String
}

extension Session {
  /// Notes an entry that is not run as a script: a command for the shell.
  public func note(entry text: String, number: Int) {
    entries.append(SessionEntry(number: number, text: text))
  }
}
