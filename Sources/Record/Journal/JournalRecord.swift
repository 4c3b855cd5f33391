import Text

/// What a journal says of a session, in the order in which it happened.
public enum JournalRecord: Sendable, Equatable {
  /// A session begins, or goes on: the program's version, the process, the folder that it runs in,
  /// and the time, which is for people only.
  case begin(version: String, process: Int, folder: String, time: String)
  /// An entry is about to run.
  case entry(number: Int, text: String)
  /// An entry has run: its exit status, as a script's, and how long it took.
  case outcome(entry: Int, status: Int, seconds: Double)
  /// Anything else that is worth knowing, by a word for its kind.
  case note(kind: String, text: String)
  /// The session ends as it should.
  case end
}

extension JournalRecord {
  /// The record as JSON. Its first member tells the kind.
  var json: JSONValue {
    switch self {
    case .begin(let version, let process, let folder, let time):
      .object([
        ("begin", .string(version)), ("process", .integer(process)), ("folder", .string(folder)),
        ("time", .string(time)),
      ])
    case .entry(let number, let text):
      .object([("entry", .integer(number)), ("text", .string(text))])
    case .outcome(let entry, let status, let seconds):
      .object([
        ("outcome", .integer(entry)), ("status", .integer(status)), ("seconds", .number(seconds)),
      ])
    case .note(let kind, let text): .object([("note", .string(kind)), ("text", .string(text))])
    case .end: .object([("end", .bool(true))])
    }
  }

  /// The record that `json` wrote; nil for anything else.
  init?(_ json: JSONValue) {
    guard case .object(let list) = json else { return nil }
    let members = Members(list)
    switch list.first?.name {
    case "begin":
      guard let version = members.text("begin"), let process = members.count("process"),
        let folder = members.text("folder"), let time = members.text("time")
      else { return nil }
      self = .begin(version: version, process: process, folder: folder, time: time)
    case "entry":
      guard let number = members.count("entry"), let text = members.text("text") else { return nil }
      self = .entry(number: number, text: text)
    case "outcome":
      guard let entry = members.count("outcome"), let status = members.count("status"),
        let seconds = members.number("seconds")
      else { return nil }
      self = .outcome(entry: entry, status: status, seconds: seconds)
    case "note":
      guard let kind = members.text("note"), let text = members.text("text") else { return nil }
      self = .note(kind: kind, text: text)
    case "end": self = .end
    default: return nil
    }
  }

  /// The members of an object of JSON.
  fileprivate struct Members {
    private let list: [(name: String, value: JSONValue?)]

    init(_ list: [(name: String, value: JSONValue?)]) { self.list = list }

    func value(_ name: String) -> JSONValue? { list.first { $0.name == name }?.value ?? nil }

    func text(_ name: String) -> String? {
      if case .string(let text)? = value(name) { text } else { nil }
    }

    func number(_ name: String) -> Double? {
      switch value(name) {
      case .number(let number)?: number
      case .integer(let number)?: Double(number)
      default: nil
      }
    }

    func count(_ name: String) -> Int? { number(name).flatMap { Int(exactly: $0) } }
  }
}
