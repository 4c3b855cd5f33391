import Language

/// The words that may stand at the cursor, by the kinds of what the grammar takes there.
struct Offers {
  let scope: Scope
  let source: Source
  /// What `load` finds by name.
  let data: [Completion.Candidate]

  typealias Candidate = Completion.Candidate

  private var session: Session { scope.session }
  private var catalog: Vocabulary { session.catalog }

  /// The words of all kinds, those of the language last.
  func words(_ kinds: [Continuation.Kind]) -> [Candidate] {
    (kinds.filter { !$0.isKeyword } + kinds.filter(\.isKeyword)).flatMap(words)
  }

  /// The strings that begin with the folder of `path`: files, and data that have a name.
  func strings(_ kinds: [Continuation.Kind], path: String) -> [Candidate] {
    guard kinds.contains(where: \.mayBeString) else { return [] }
    let isData = !path.contains("/") && kinds.contains(where: \.mayBeData)
    return (isData ? data : []) + FileNames.candidates(path)
  }

  private func words(_ kind: Continuation.Kind) -> [Candidate] {
    switch kind {
    case .verb(let forms): verbs(forms)
    case .keywords(let words): words.map { Candidate(text: $0.rawValue) }
    case .value: names(suffix: { $0 ? "(" : "" }) + functions(suffix: "(")
    case .field(let value): fields(of: value)
    case .operand("help", _): topics
    case .operand(let verb, let number): operand(number, of: verb).map(values) ?? []
    case .key(let verb, let given):
      keys(of: verb).filter { !given.contains(String($0.text.dropLast())) }
    case .optionValue(let verb, let key):
      catalog.signature(named: verb)?.option(key).map(values) ?? names(suffix: { _ in "" })
    case .variable: names(suffix: { _ in " " })
    case .argument(let callee, let positional, let given): arguments(of: callee, positional, given)
    }
  }

  // MARK: Names

  /// All names; the suffix may depend on whether the name is a function's.
  private func names(suffix: (_ isFunction: Bool) -> String) -> [Candidate] {
    scope.names.map {
      Candidate(text: $0, suffix: suffix(scope.isFunction($0)), help: scope.note(on: $0))
    }
  }

  /// The names whose values a parameter of this type takes, and the objects that lead to such a
  /// value by a field. A name of which nothing is known may fit.
  private func names(of type: ParameterType) -> [Candidate] {
    scope.names.compactMap { name in
      let value = scope.example(named: name)
      let fits = value.map(type.takes) ?? (type.takesFunctions || !scope.isFunction(name))
      guard fits || value.map(type.isReached) == true else { return nil }
      let suffix = fits ? (type.isFunction ? " " : "") : "."
      return Candidate(text: name, suffix: suffix, help: scope.note(on: name))
    }
  }

  private func functions(suffix: String) -> [Candidate] {
    catalog.functions.map { Candidate(text: $0.name, suffix: suffix, help: $0.summary) }
      .sorted { $0.text < $1.text }
  }

  private func fields(of expression: Expression) -> [Candidate] {
    guard let value = scope.example(of: expression) else { return [] }
    var known: [String] = []
    if case .object(let box) = value { known = box.object.objectFieldNames }
    let fields = value.fieldNames.map { field in
      let part = known.contains(field) ? try? value.field(field) : nil
      return Candidate(text: field, help: part?.typeAndShape(on: scope.session.display) ?? "")
    }
    let methods = Methods.names(of: value, scope.session).map { name in
      Candidate(
        text: name, suffix: "(",
        help: Methods.method(name, of: value, scope.session)?.summary ?? "")
    }
    return fields + methods
  }

  // MARK: Calls

  private func arguments(
    of callee: Expression, _ positional: Int, _ given: Set<String>
  ) -> [Candidate] {
    guard case .name(let name) = callee.kind, let form = scope.callForm(of: name, in: source) else {
      return []
    }
    return form.parameters.dropFirst(form.isVariadic ? 0 : positional)
      .filter { !given.contains($0.name) }
      .map { Candidate(text: "\($0.name)=", help: $0.defaultText ?? sentence(about: $0)) }
  }

  /// What a parameter is: what the option of the same name says, which some functions share with
  /// verbs.
  private func sentence(about parameter: CallForm.Parameter) -> String {
    guard parameter.isOptional else { return "must be given" }
    let option = parameter.name.replacing("_", with: "-")
    let card = catalog.signatures.lazy.compactMap { $0.option(option) }.first
    return card?.described ?? "may be left out"
  }

  // MARK: Commands

  private func verbs(_ forms: [SpecialForm]) -> [Candidate] {
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

  /// What `help` explains.
  private var topics: [Candidate] {
    let topics = catalog.topics.map { Candidate(text: $0.name, help: $0.summary) }
    return verbs(SpecialForm.allCases).map { Candidate(text: $0.text, help: $0.help) }
      + functions(suffix: "") + topics + names(suffix: { _ in "" })
  }

  private func operand(_ number: Int, of verb: String) -> ParameterCard? {
    catalog.signature(named: verb)?.operand(number)
  }

  private func keys(of verb: String) -> [Candidate] {
    if let signature = catalog.signature(named: verb) {
      return signature.options.map { Candidate(text: "\($0.name)=", help: $0.described) }
    }
    return (SpecialFormHelp.named(verb)?.options ?? []).map {
      Candidate(text: $0.name.prefix { $0 != "=" } + "=", help: $0.help)
    }
  }

  /// The values that a parameter takes.
  private func values(of card: ParameterCard) -> [Candidate] {
    let type = ParameterType(card)
    guard card.choices.isEmpty else {
      return card.choices.map {
        Candidate(text: $0, suffix: " ", help: $0 == card.defaultText ? "the default" : "")
      }
    }
    let usual = card.defaultText.map {
      Candidate(text: $0, suffix: " ", help: "the default. " + card.sentence)
    }
    let words = type.words.filter { $0 != card.defaultText }
      .map { Candidate(text: $0, suffix: " ") }
    return [usual].compactMap { $0 } + words + names(of: type)
      + (type.isFunction ? functions(suffix: " ") : [])
  }
}

extension Signature {
  /// The card of an operand, counted from 0; the last one may take all that follow.
  func operand(_ number: Int) -> ParameterCard? {
    if number < operands.count { return operands[number] }
    return operands.last.flatMap { $0.role == .operands ? $0 : nil }
  }
}

extension ParameterCard {
  /// The default and a sentence.
  fileprivate var described: String { (defaultText.map { "\($0). " } ?? "") + sentence }
}

extension Continuation.Kind {
  fileprivate var isKeyword: Bool { if case .keywords = self { true } else { false } }

  /// True where a string may stand.
  fileprivate var mayBeString: Bool {
    switch self {
    case .value, .operand, .optionValue: true
    case .verb, .keywords, .field, .key, .variable, .argument: false
    }
  }

  /// True where a string may be the name of data.
  fileprivate var mayBeData: Bool { if case .operand("load", 0) = self { true } else { false } }
}
