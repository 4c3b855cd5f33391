import Interpreter
import Language

/// What may be typed at the prompt beside the language: words that people try, where they mean
/// nothing else. No script can have them.
enum Shorthand {
  /// Statements.
  case entry(String)
  /// `exit` and its like.
  case leave
  /// `clear`.
  case clear
  /// `!command`, `ls`, `pwd`.
  case shell(String)
  /// `cd PATH`.
  case folder(String)
  /// `edit`, or `edit FUNCTION`.
  case edit(String?)

  /// Reads an entry. A word that is a name in the session means what it means there.
  init(_ entry: String, in session: Session) {
    let text = Self.trimmed(entry)
    if text.first == "!" {
      self = .shell(Self.trimmed(text.dropFirst()))
      return
    }
    let word = String(text.prefix { !$0.isWhitespace })
    let rest = Self.trimmed(text.dropFirst(word.count))
    // `ls = 1`, `clear(x)` and the like are the language's.
    let isFree = session.value(of: word) == nil && rest.first != "=" && !text.contains("\n")
    switch word {
    case "exit", "exit()",
      "quit()" where rest.isEmpty && session.value(of: "exit") == nil:
      self = .leave
    case "clear" where isFree && rest.isEmpty: self = .clear
    case "ls" where isFree: self = .shell("ls -C \(rest)")
    case "pwd" where isFree && rest.isEmpty: self = .shell("pwd")
    case "cd" where isFree: self = .folder(rest)
    case "edit" where isFree: self = .edit(rest.isEmpty ? nil : rest)
    default: self = .entry(Self.question(text) ?? entry)
    }
  }

  /// Whether an entry is for the shell, and so whole as it is.
  static func isForShell(_ entry: String) -> Bool {
    entry.first { !$0.isWhitespace } == "!"
  }

  /// `help x` for `?x` and `x?`, and `help` for a lone `?`; nil for anything else.
  private static func question(_ text: String) -> String? {
    guard text.count <= 80, text.first == "?" || text.last == "?" else { return nil }
    let inner = text.drop { $0 == "?" }.reversed().drop { $0 == "?" }.reversed()
    let topic = trimmed(String(inner))
    let isTopic = topic.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
    return isTopic ? (topic.isEmpty ? "help" : "help \(topic)") : nil
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
