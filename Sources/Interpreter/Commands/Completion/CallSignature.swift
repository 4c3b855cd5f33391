import Language

/// How the function is called whose brackets the cursor is in.
public enum CallSignature {
  /// `sum(x, axis=none, keepdims=false)`; nil where the cursor is in no call, or nothing is known
  /// of the function.
  public static func text(of entry: String, at cursor: Int, in session: Session) -> String? {
    let source = Source(entry, name: "")
    guard let call = Parser.openCall(of: source, at: cursor, verbs: session.catalog.verbs),
      case .name(let name) = call.callee.kind
    else { return nil }
    return Scope(session, call.names).callForm(of: name, in: source)?.text
  }
}
