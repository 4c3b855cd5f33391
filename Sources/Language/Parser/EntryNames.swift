/// A name that a text makes itself, as it is known at the cursor.
public struct EntryName: Sendable {
  /// The statements that make names.
  public enum Origin: Sendable {
    /// `x = …`; nil where it is one of several targets.
    case assignment(RightSide?)
    /// A variable of `for`.
    case loop
    /// A parameter of the function around the cursor, with its default.
    case parameter(Expression?)
    /// `fn f(…)`.
    case function([FunctionParameter])
  }

  /// The name.
  public var name: String
  /// The statement that makes it.
  public var origin: Origin
}

/// A call whose brackets are open at the cursor.
public struct OpenCall: Sendable {
  /// What is called.
  public var callee: Expression
  /// The names of the text that are known in the brackets.
  public var names: [EntryName]
  /// The number of brackets around the call.
  var depth: Int
}

extension Parser {
  /// The innermost call of `source` whose brackets are open at the offset `cursor`.
  public static func openCall(
    of source: Source, at cursor: Int, verbs: Set<String>
  ) -> OpenCall? {
    read(source, to: cursor, verbs: verbs).found.openCalls.last
  }

  /// Notes a name that the text makes, for what may stand at the cursor.
  mutating func bind(_ name: String, _ origin: EntryName.Origin) {
    if hasCursor { found.names.append(EntryName(name: name, origin: origin)) }
  }

  /// Notes the targets of an assignment.
  mutating func bind(_ targets: [Target], _ value: RightSide) {
    for case .name(let name, _) in targets {
      bind(name, .assignment(targets.count == 1 ? value : nil))
    }
  }

  /// Reads the arguments of a call, which is open as long as the cursor is in them.
  mutating func inCall(
    of callee: Expression, _ arguments: (inout Parser) throws -> [Argument]
  ) rethrows -> [Argument] {
    guard hasCursor else { return try arguments(&self) }
    let outer = found.openCalls.count
    found.openCalls.append(
      OpenCall(callee: callee, names: found.names, depth: input.brackets))
    let read = try arguments(&self)
    closeCalls(from: outer)
    return read
  }

  /// Notes that the calls beyond the first `count` are closed.
  mutating func closeCalls(from count: Int) {
    found.openCalls.removeLast(max(found.openCalls.count - count, 0))
  }
}
