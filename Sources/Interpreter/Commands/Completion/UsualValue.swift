import Language

/// The default of the option or argument whose value is typed next.
public enum UsualValue {
  /// `none` after `sum(x, axis=`; nil where a value has begun, and where none is usual.
  public static func text(of entry: String, at cursor: Int, in session: Session) -> String? {
    let source = Source(entry, name: "")
    let before = source.bytes.prefix(cursor)
    guard before.last == UInt8(ascii: "=") else { return nil }
    let verbs = session.catalog.verbs
    for continuation in Parser.continuations(of: source, at: cursor, verbs: verbs) {
      guard case .optionValue(let verb, let key) = continuation.kind else { continue }
      return session.catalog.signature(named: verb)?.option(key)?.defaultText
    }
    guard let call = Parser.openCall(of: source, at: cursor, verbs: verbs),
      case .name(let name) = call.callee.kind
    else { return nil }
    let key = String(
      decoding: before.dropLast().reversed().prefix { isOfName($0) }.reversed(), as: UTF8.self)
    return Scope(session, call.names).callForm(of: name, in: source)?.parameters
      .first { $0.name == key }?.defaultText
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || Character(Unicode.Scalar(byte)).isLetter
      || Character(Unicode.Scalar(byte)).isNumber
  }
}
