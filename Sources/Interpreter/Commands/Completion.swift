import Glibc
import Language

/// The candidates for the word at the cursor of an entry.
public struct Completion: Sendable, Equatable {
  /// A word that may stand there.
  public struct Candidate: Sendable, Equatable {
    /// The word to insert.
    public var text: String
    /// The text to insert after it where it is the only candidate: a blank after a verb, nothing
    /// after `lr=`.
    public var suffix: String
    /// One line about it.
    public var help: String
  }

  /// The word that a candidate replaces, in UTF-8 bytes of the entry.
  public var range: Range<Int>
  /// The candidates, best first.
  public var candidates: [Candidate]

  /// The candidates at `cursor`, an offset in UTF-8 bytes, in an entry of this session.
  public init(of entry: String, at cursor: Int, in session: Session) {
    let source = Source(entry, name: "")
    let continuations = Parser.continuations(of: source, at: cursor, verbs: session.catalog.verbs)
    // `plot-as` may be one word or a difference: the first reading that has candidates is taken.
    let readings = continuations.lazy.map(\.word).map { word in
      let kinds = continuations.filter { $0.word == word }.map(\.kind)
      return Completion(of: kinds, after: word, in: source, session)
    }
    self =
      readings.first { !$0.candidates.isEmpty }
      ?? Completion(range: cursor..<cursor, candidates: [])
  }

  private init(range: Range<Int>, candidates: [Candidate]) {
    self.range = range
    self.candidates = candidates
  }

  /// The candidates of these kinds that begin with the word.
  private init(
    of kinds: [Continuation.Kind], after word: Span, in source: Source, _ session: Session
  ) {
    var typed = source.text(in: word)
    let found: [Candidate]
    if typed.first == "\"" {
      let path = String(typed.dropFirst())
      let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
      typed = String(name)
      found = kinds.contains(where: \.mayBeString) ? Completion.files(path) : []
    } else {
      let words = kinds.filter { !$0.isKeyword } + kinds.filter(\.isKeyword)
      found = words.flatMap { Completion.candidates($0, in: session) }
    }
    var seen: Set<String> = []
    self.init(
      range: word.upper - typed.utf8.count..<word.upper,
      candidates: found.filter { $0.text.hasPrefix(typed) && seen.insert($0.text).inserted })
  }

  // MARK: Sources of candidates

  private static func candidates(
    _ kind: Continuation.Kind, in session: Session
  ) -> [Candidate] {
    switch kind {
    case .verb(let forms): return verbs(session.catalog, forms)
    case .keywords(let words):
      return words.map { Candidate(text: $0.rawValue, suffix: "", help: "") }
    case .value: return names(in: session) + functions(session.catalog)
    case .field(let value): return fields(of: value, in: session)
    case .operand(let verb, let number): return operands(verb, number, in: session)
    case .key(let verb, let given): return keys(verb, given, in: session)
    case .optionValue(let verb, let key):
      let card = session.catalog.signature(named: verb)?.option(key)
      return card.map { values(of: $0, in: session) } ?? names(in: session)
    case .variable:
      return names(in: session).map { Candidate(text: $0.text, suffix: " ", help: $0.help) }
    }
  }

  private static func verbs(_ catalog: Vocabulary, _ forms: [SpecialForm]) -> [Candidate] {
    let commands = catalog.signatures.map {
      Candidate(
        text: $0.name, suffix: $0.operands.isEmpty && $0.options.isEmpty ? "" : " ",
        help: $0.summary)
    }
    let special = SpecialFormHelp.all.filter { help in
      forms.contains { $0.rawValue == help.name }
    }.map { Candidate(text: $0.name, suffix: " ", help: $0.summary) }
    return (commands + special).sorted { $0.text < $1.text }
  }

  private static func functions(_ catalog: Vocabulary) -> [Candidate] {
    catalog.functions.map { Candidate(text: $0.name, suffix: "(", help: $0.summary) }
      .sorted { $0.text < $1.text }
  }

  /// Variables, of a type where one is given. Objects are included for their fields, which may have
  /// that type.
  private static func names(in session: Session, type: String? = nil) -> [Candidate] {
    session.assignedNames.sorted().compactMap { name in
      guard let value = session.peek(name) else { return nil }
      var leadsOn = false
      if case .object(let box) = value { leadsOn = !box.object.objectFieldNames.isEmpty }
      let fits = type.map { value.fits($0) } ?? true
      guard fits || leadsOn else { return nil }
      var suffix = ""
      if case .function = value { suffix = "(" } else if !fits { suffix = "." }
      return Candidate(text: name, suffix: suffix, help: value.typeAndShape)
    }
  }

  private static func fields(of value: Expression, in session: Session) -> [Candidate] {
    guard let value = held(value, in: session) else { return [] }
    return value.fieldNames.map { field in
      var help = ""
      if case .object(let box) = value, box.object.objectFieldNames.contains(field),
        let part = try? box.object.field(field)
      {
        help = part.typeAndShape
      }
      return Candidate(text: field, suffix: "", help: help)
    }
  }

  /// The value of a name, or of a field that is an object. Nil for all other expressions: to make a
  /// large matrix for a key press would be too slow.
  private static func held(_ expression: Expression, in session: Session) -> Value? {
    switch expression.kind {
    case .name(let name): return session.peek(name)
    case .field(let value, let field, _):
      guard case .object(let box)? = held(value, in: session),
        box.object.objectFieldNames.contains(field)
      else { return nil }
      return try? box.object.field(field)
    default: return nil
    }
  }

  private static func operands(
    _ verb: String, _ number: Int, in session: Session
  ) -> [Candidate] {
    if verb == "help" {
      let catalog = session.catalog
      let topics =
        verbs(catalog, SpecialForm.allCases).map { ($0.text, $0.help) }
        + catalog.functions.map { ($0.name, $0.summary) }
        + catalog.topics.map { ($0.name, $0.summary) }
      return topics.map { Candidate(text: $0.0, suffix: "", help: $0.1) }
    }
    let cards = session.catalog.signature(named: verb)?.operands ?? []
    let card =
      number < cards.count ? cards[number] : cards.last.flatMap { $0.role == .operands ? $0 : nil }
    return card.map { values(of: $0, in: session) } ?? []
  }

  private static func keys(
    _ verb: String, _ given: Set<String>, in session: Session
  ) -> [Candidate] {
    let all: [(name: String, help: String)]
    if let signature = session.catalog.signature(named: verb) {
      all = signature.options.map {
        ($0.name, ($0.defaultText.map { "\($0). " } ?? "") + $0.sentence)
      }
    } else {
      all = (SpecialFormHelp.named(verb)?.options ?? []).map {
        (String($0.name.prefix { $0 != "=" }), $0.help)
      }
    }
    return all.filter { !given.contains($0.name) }.map {
      Candidate(text: "\($0.name)=", suffix: "", help: $0.help)
    }
  }

  private static func values(of card: ParameterCard, in session: Session) -> [Candidate] {
    var found = card.choices.map {
      Candidate(text: $0, suffix: " ", help: $0 == card.defaultText ? "the default" : "")
    }
    if card.choices.isEmpty, let text = card.defaultText {
      found.append(Candidate(text: text, suffix: " ", help: "the default. " + card.sentence))
    }
    if card.typeName == "bool" {
      for word in ["true", "false"] where word != card.defaultText {
        found.append(Candidate(text: word, suffix: " ", help: ""))
      }
    }
    found += names(in: session, type: card.choices.isEmpty ? card.typeName : nil)
    if card.typeName == "function" {
      found += session.catalog.functions.map {
        Candidate(text: $0.name, suffix: " ", help: $0.summary)
      }
    }
    return found
  }

  private static func files(_ path: String) -> [Candidate] {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? "./"
    guard let directory = opendir(expanded(folder)) else { return [] }
    defer { closedir(directory) }
    var found: [Candidate] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      let part = slash.map { path[path.index(after: $0)...] } ?? path[...]
      guard name != ".", name != "..", !name.hasPrefix(".") || part.hasPrefix(".") else { continue }
      let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
      found.append(
        Candidate(text: isFolder ? name + "/" : name, suffix: isFolder ? "" : "\"", help: ""))
    }
    return found.sorted { $0.text < $1.text }
  }

  /// The path, a `~/` at its start replaced by the home folder.
  private static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst(1)
  }
}

extension Value {
  /// Whether a parameter of this type takes the value.
  fileprivate func fits(_ type: String) -> Bool {
    switch type {
    case "value": true
    case "whole number": typeName == "number"
    default: type == typeName || type.hasPrefix(typeName) || type.hasSuffix(typeName)
    }
  }
}

extension Continuation.Kind {
  fileprivate var isKeyword: Bool {
    if case .keywords = self { true } else { false }
  }

  /// True where a string may stand.
  fileprivate var mayBeString: Bool {
    switch self {
    case .value, .operand, .optionValue: true
    case .verb, .keywords, .field, .key, .variable: false
    }
  }
}
