import Text

/// What a journal says of a session, in the order in which it happened.
public enum JournalRecord: Sendable, Equatable {
  /// A session begins, or goes on: the program's version, the process, the folder that it runs in,
  /// and the time, which is for people only.
  case begin(version: String, process: Int, folder: String, time: String)
  /// An entry is about to run.
  case entry(number: Int, text: String)
  /// An entry has run.
  case outcome(JournalOutcome)
  /// Anything else that is worth knowing, by a word for its kind.
  case note(kind: String, text: String)
  /// The session ends as it should.
  case end
}

/// What came of an entry.
public struct JournalOutcome: Sendable, Equatable {
  /// A value that the entry made.
  public struct Value: Sendable, Equatable {
    /// The name that it was given.
    public let name: String
    /// Where it is in the store; nil where it is to be computed again.
    public let key: Fingerprint?

    /// A value by its name.
    public init(name: String, key: Fingerprint?) {
      self.name = name
      self.key = key
    }
  }

  /// The number of the entry.
  public let entry: Int
  /// Its exit status, as a script's.
  public let status: Int
  /// How long it took.
  public let seconds: Double
  /// What it made.
  public let values: [Value]
  /// The iteration at which it was interrupted; nil where it wasn't.
  public let iteration: Int?
  /// What it showed.
  public let outputs: [String]

  /// An outcome from its facts.
  public init(
    entry: Int, status: Int, seconds: Double, values: [Value] = [], iteration: Int? = nil,
    outputs: [String] = []
  ) {
    self.entry = entry
    self.status = status
    self.seconds = seconds
    self.values = values
    self.iteration = iteration
    self.outputs = outputs
  }
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
    case .outcome(let outcome):
      .object([
        ("outcome", .integer(outcome.entry)), ("status", .integer(outcome.status)),
        ("seconds", .number(outcome.seconds)),
        (
          "values",
          .array(
            outcome.values.map {
              .object([("name", .string($0.name)), ("key", $0.key.map { .string($0.hex) })])
            })
        ),
        ("iteration", outcome.iteration.map { .integer($0) }),
        ("outputs", .array(outcome.outputs.map { .string($0) })),
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
      guard let outcome = JournalOutcome(members) else { return nil }
      self = .outcome(outcome)
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

    func items(_ name: String) -> [JSONValue]? {
      if case .array(let items)? = value(name) { items } else { nil }
    }
  }
}

extension JournalOutcome {
  fileprivate init?(_ members: JournalRecord.Members) {
    guard let entry = members.count("outcome"), let status = members.count("status"),
      let values = members.items("values"), let outputs = members.items("outputs")
    else { return nil }
    let named = values.compactMap(Value.init)
    let texts = outputs.compactMap { if case .string(let text) = $0 { text } else { nil } }
    guard named.count == values.count, texts.count == outputs.count else { return nil }
    self.init(
      entry: entry, status: status, seconds: members.number("seconds") ?? 0, values: named,
      iteration: members.count("iteration"), outputs: texts)
  }
}

extension JournalOutcome.Value {
  fileprivate init?(_ json: JSONValue) {
    guard case .object(let list) = json else { return nil }
    let members = JournalRecord.Members(list)
    guard let name = members.text("name") else { return nil }
    let key = members.text("key")
    self.init(name: name, key: key.flatMap { Fingerprint(hex: $0) })
    if key != nil, self.key == nil { return nil }
  }
}
