import Glibc
import Language

/// What may stand at the cursor of an entry.
public struct Completion: Sendable, Equatable {
  /// One possibility.
  public struct Candidate: Sendable, Equatable {
    /// The word that is put in.
    public var text: String
    /// What follows it where it is the only candidate: a blank after a verb, nothing after `lr=`.
    public var suffix: String
    /// One line about it.
    public var help: String
  }

  /// The word that a candidate takes the place of, in UTF-8 bytes of the entry.
  public var range: Range<Int>
  /// The possibilities, best first.
  public var candidates: [Candidate]

  /// What may stand at `cursor`, a number of UTF-8 bytes, in an entry of this session.
  public init(of entry: String, at cursor: Int, in session: Session) {
    let context = CompletionContext(Array(entry.utf8.prefix(max(0, cursor)))) {
      session.catalog.verbs.contains($0) || SpecialFormHelp.named($0) != nil
    }
    range = context.wordStart..<context.bytes.count
    var found: [Candidate]
    switch context.kind {
    case .nothing: found = []
    case .path(let path): found = Completion.files(path)
    case .field(let chain): found = Completion.fields(of: chain, in: session)
    case .statement:
      found =
        Completion.verbs(session.catalog) + Completion.names(in: session)
        + Completion.functions(session.catalog) + Completion.keywords
    case .expression: found = Completion.names(in: session) + Completion.functions(session.catalog)
    case .operand(let verb, let number, let given):
      found = Completion.operands(verb, number, given, in: session)
    case .value(let verb, let key):
      found = Completion.values(verb, key, in: session)
    }
    let word = context.word
    var seen: Set<String> = []
    candidates = found.filter { $0.text.hasPrefix(word) && seen.insert($0.text).inserted }
  }

  // MARK: Sources of candidates

  private static let keywords = [
    "break", "continue", "else", "false", "fn", "for", "if", "none", "not", "return", "true",
    "while",
  ].map { Candidate(text: $0, suffix: "", help: "") }

  private static func verbs(_ catalog: Vocabulary) -> [Candidate] {
    let commands = catalog.signatures.map {
      Candidate(
        text: $0.name, suffix: $0.operands.isEmpty && $0.options.isEmpty ? "" : " ",
        help: $0.summary)
    }
    let forms = SpecialFormHelp.all.map {
      Candidate(text: $0.name, suffix: " ", help: $0.summary)
    }
    return (commands + forms).sorted { $0.text < $1.text }
  }

  private static func functions(_ catalog: Vocabulary) -> [Candidate] {
    catalog.functions.map { Candidate(text: $0.name, suffix: "(", help: $0.summary) }
      .sorted { $0.text < $1.text }
  }

  /// Names that have values; of a type where one is given. An object with parts may lead to one.
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

  private static func fields(of chain: [String], in session: Session) -> [Candidate] {
    guard let name = chain.first, var value = session.peek(name) else { return [] }
    for field in chain.dropFirst() {
      // Only fields that are objects are looked into: making a large matrix for a key press would
      // be too slow.
      guard case .object(let box) = value, box.object.objectFieldNames.contains(field),
        let next = try? box.object.field(field)
      else { return [] }
      value = next
    }
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

  private static func operands(
    _ verb: String, _ number: Int, _ given: Set<String>, in session: Session
  ) -> [Candidate] {
    if verb == "help" {
      return verbs(session.catalog).map { Candidate(text: $0.text, suffix: "", help: $0.help) }
        + session.catalog.functions.map { Candidate(text: $0.name, suffix: "", help: $0.summary) }
        + session.catalog.topics.map { Candidate(text: $0.name, suffix: "", help: $0.summary) }
    }
    if let form = SpecialFormHelp.named(verb) {
      if verb == "forget" {
        return names(in: session).map { Candidate(text: $0.text, suffix: " ", help: $0.help) }
      }
      let options = form.options.compactMap { option -> Candidate? in
        let key = option.name.prefix { $0 != "=" } + "="
        guard !given.contains(String(key.dropLast())) else { return nil }
        return Candidate(text: String(key), suffix: "", help: option.help)
      }
      return names(in: session) + functions(session.catalog) + options
    }
    guard let signature = session.catalog.signature(named: verb) else { return [] }
    var found: [Candidate] = []
    let cards = signature.operands
    let card =
      number < cards.count ? cards[number] : cards.last.flatMap { $0.role == .operands ? $0 : nil }
    if let card { found += values(of: card, in: session) }
    found += signature.options.filter { !given.contains($0.name) }.map {
      let value = $0.defaultText.map { "\($0). " } ?? ""
      return Candidate(text: "\($0.name)=", suffix: "", help: value + $0.sentence)
    }
    return found
  }

  private static func values(_ verb: String, _ key: String, in session: Session) -> [Candidate] {
    guard let card = session.catalog.signature(named: verb)?.option(key) else {
      return names(in: session)
    }
    return values(of: card, in: session)
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

  /// `~/` is the home folder.
  private static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst(1)
  }
}

extension Value {
  /// True where a parameter of the type would take it.
  fileprivate func fits(_ type: String) -> Bool {
    switch type {
    case "value": true
    case "whole number": typeName == "number"
    default: type == typeName || type.hasPrefix(typeName) || type.hasSuffix(typeName)
    }
  }
}
