import Language

/// The names that an entry sees at the cursor: those that it makes itself, and the session's.
struct Scope {
  let session: Session
  /// The names of the entry.
  private var own: [String: EntryName.Origin] = [:]
  /// Values of the types of some of them.
  private var examples: [String: Value] = [:]

  /// The names of `session`, which those of the entry hide.
  init(_ session: Session, _ names: [EntryName] = []) {
    self.session = session
    // In order, since a value may be made from the one before, as in `x = x + 1`.
    for name in names {
      let example = example(of: name.origin)
      own[name.name] = name.origin
      examples[name.name] = example
    }
  }

  /// All names except those of built-in functions, in order.
  var names: [String] { Set(session.assignedNames).union(own.keys).sorted() }

  /// A value of the type that the name has; nil where nothing is known.
  func example(named name: String) -> Value? {
    if isOwn(name) { return examples[name] }
    return session.peek(name) ?? session.catalog.builtin(named: name)
  }

  /// How the function of this name is called; nil where it is none, or nothing is known of it.
  func callForm(of name: String, in source: Source) -> CallForm? {
    if case .function(let parameters)? = own[name] { return CallForm(name, parameters, in: source) }
    guard case .function(let function)? = example(named: name) else { return nil }
    return CallForm(function)
  }

  /// A few words about a name.
  func note(on name: String) -> String {
    switch own[name] {
    case .parameter: "parameter"
    case .function: "function"
    case .loop, .assignment: examples[name]?.typeName ?? "of this entry"
    case nil: session.peek(name)?.typeAndShape(on: session.display) ?? ""
    }
  }

  /// Whether the entry makes the name.
  func isOwn(_ name: String) -> Bool { own[name] != nil }

  /// Whether the name is a function's.
  func isFunction(_ name: String) -> Bool {
    if case .function? = own[name] { return true }
    if case .function? = example(named: name) { return true }
    return false
  }

  private func example(of origin: EntryName.Origin) -> Value? {
    switch origin {
    case .assignment(.expression(let value)?), .parameter(let value?): example(of: value)
    case .assignment(.command(let command)?):
      session.catalog.command(named: command.verb)?.outline(
        operand: command.operands.first.flatMap { example(of: $0) },
        options: Set(command.options.map(\.key)))
    case .assignment, .parameter, .loop, .function: nil
    }
  }
}
