import Glibc
import Interpreter
import Language
import LineEditor

/// What may stand at the cursor: verbs, options with their defaults, choices, names in scope of the
/// type that fits, fields and files.
struct Completer {
  let session: Session
  private typealias Candidate = CompletionList.Candidate

  init(session: Session) { self.session = session }

  /// Candidates for the word that ends at the cursor, a byte offset of `entry`.
  func completions(_ entry: String, cursor: Int) -> CompletionList {
    let before = Array(entry.utf8.prefix(cursor))
    if let start = openQuote(before) {
      return files(String(decoding: before[start...], as: UTF8.self), endingAt: cursor)
    }
    let word = wordStart(before)
    let hyphenated = wordStart(before, hyphens: true)
    var scanner = EntryScanner(
      String(decoding: before[..<hyphenated], as: UTF8.self), catalog: session.catalog)
    while scanner.index < scanner.tokens.count - 1 { scanner.advance() }

    if word > 0, before[word - 1] == UInt8(ascii: ".") {
      return list(fields(of: path(before[..<(word - 1)])), before, from: word)
    }
    if let option = scanner.optionBefore, let card = scanner.signature?.option(option) {
      return list(values(for: card), before, from: hyphenated)
    }
    if scanner.verb != nil, scanner.depth == 0 {
      let found = list(arguments(scanner), before, from: hyphenated)
      if !found.candidates.isEmpty { return found }
    }
    if scanner.isAtStart || scanner.mayBeginCommand {
      let found = list(verbs + names(functions: true), before, from: hyphenated)
      if !found.candidates.isEmpty { return found }
    }
    return list(names(functions: true), before, from: word)
  }

  /// Those that begin with what is typed.
  private func list(_ candidates: [Candidate], _ before: [UInt8], from start: Int) -> CompletionList {
    let typed = String(decoding: before[start...], as: UTF8.self)
    return CompletionList(
      range: start..<before.count, candidates: candidates.filter { $0.text.hasPrefix(typed) })
  }

  // MARK: Places

  /// Where the word before the cursor begins.
  private func wordStart(_ before: [UInt8], hyphens: Bool = false) -> Int {
    var i = before.count
    while i > 0, Self.isWord(before[i - 1]) || (hyphens && before[i - 1] == UInt8(ascii: "-")) {
      i -= 1
    }
    return i
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Where the string that is open at the cursor begins, after its quote.
  private func openQuote(_ before: [UInt8]) -> Int? {
    let line = (before.lastIndex(of: 0x0A) ?? -1) + 1
    var start: Int?
    var i = line
    while i < before.count {
      if before[i] == UInt8(ascii: "\\") {
        i += 1
      } else if before[i] == UInt8(ascii: "\"") {
        start = start == nil ? i + 1 : nil
      }
      i += 1
    }
    return start
  }

  /// The names before a dot: `d.train` for `x + d.train.`.
  private func path(_ before: ArraySlice<UInt8>) -> [String] {
    var i = before.count
    while i > 0, Self.isWord(before[i - 1]) || before[i - 1] == UInt8(ascii: ".") { i -= 1 }
    return String(decoding: before[i...], as: UTF8.self).split(
      separator: ".", omittingEmptySubsequences: false
    ).map(String.init)
  }

  // MARK: Candidates

  private var verbs: [Candidate] {
    session.catalog.signatures.map { Candidate($0.name, suffix: " ", help: $0.summary) }
      + EntryScanner.specialForms.subtracting(session.catalog.verbs).sorted().map {
        Candidate($0, suffix: " ")
      }
  }

  /// Names in scope; only those of a type where one is given and any has it.
  private func names(ofType type: String? = nil, functions: Bool) -> [Candidate] {
    let all = session.assignedNames.compactMap { name -> (name: String, value: Value)? in
      session.value(of: name).map { (name, $0) }
    }
    let fitting = all.filter { type?.contains($0.value.typeName) ?? true }
    let variables = (fitting.isEmpty ? all : fitting).map {
      Candidate($0.name, help: $0.value.typeAndShape)
    }
    guard functions else { return variables }
    let taken = Set(all.map(\.name))
    return variables
      + session.catalog.functions.filter { !taken.contains($0.name) }.map {
        Candidate($0.name, suffix: "(", help: $0.summary)
      }
  }

  /// What may follow in a command: the next operand, or an option that is not there yet.
  private func arguments(_ scanner: EntryScanner) -> [Candidate] {
    if scanner.verb?.text == "help" {
      let catalog = session.catalog
      return verbs.map { Candidate($0.text, help: $0.help) }
        + catalog.functions.map { Candidate($0.name, help: $0.summary) }
        + catalog.topics.map { Candidate($0.name, help: $0.summary) }
    }
    guard let signature = scanner.signature else { return names(functions: true) }
    let options = signature.options.filter { !scanner.options.contains($0.name) }.map {
      Candidate($0.name + "=", help: about($0))
    }
    let operand =
      scanner.operands < signature.operands.count
      ? signature.operands[scanner.operands] : signature.operands.last { $0.role == .operands }
    return (operand.map(values) ?? []) + options
  }

  /// What a parameter may be: its choices, else names that fit.
  private func values(for card: ParameterCard) -> [Candidate] {
    var words = card.choices.map { Candidate($0) }
    if card.typeName == "bool" { words += [Candidate("true"), Candidate("false")] }
    return words.isEmpty ? names(ofType: card.typeName, functions: false) : words
  }

  /// `Step size η (1e-3, above 0)`.
  private func about(_ card: ParameterCard) -> String {
    var help = card.help
    if help.last == "." { help.removeLast() }
    let facts = [card.defaultText, card.range.text].compactMap { $0 }
    return facts.isEmpty ? help : "\(help) (\(facts.joined(separator: ", ")))"
  }

  private func fields(of path: [String]) -> [Candidate] {
    guard let first = path.first, var value = session.value(of: first) else { return [] }
    for name in path.dropFirst() {
      guard case .object(let box) = value, let next = try? box.object.field(name) else { return [] }
      value = next
    }
    switch value {
    case .object(let box): return box.object.fieldNames.map { Candidate($0) }
    case .array: return [Candidate("shape"), Candidate("size"), Candidate("T")]
    default: return []
    }
  }

  private func files(_ typed: String, endingAt cursor: Int) -> CompletionList {
    let slash = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let folder = String(typed[..<slash])
    let start = String(typed[slash...])
    var names: [(name: String, isFolder: Bool)] = []
    if let stream = opendir(folder.isEmpty ? "." : folder) {
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard name.hasPrefix(start), !name.hasPrefix(".") || start.hasPrefix(".") else { continue }
        var status = stat()
        let isFolder = stat(folder + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        names.append((name, isFolder))
      }
      closedir(stream)
    }
    names.sort { $0.name < $1.name }
    return CompletionList(
      range: cursor - start.utf8.count..<cursor,
      candidates: names.map { Candidate($0.isFolder ? $0.name + "/" : $0.name, suffix: $0.isFolder ? "" : "\"") })
  }
}
