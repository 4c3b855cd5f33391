/// A verb or key: a word that only the parser can tell from a name.
public struct CommandWord: Sendable {
  /// The roles of words.
  public enum Role: Sendable {
    case verb
    /// `lr` of `lr=0.1`.
    case key
    /// A word that stands where only a verb can, but is none.
    case unknownVerb
  }

  /// Its role.
  public var role: Role
  /// Where it stands.
  public var span: Span
}
