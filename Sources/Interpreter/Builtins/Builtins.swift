/// The functions that come with the language; the engine's are in `Commands`.
public enum Builtins {
  /// All of them, in the order in which they are listed.
  public static let all: [BuiltinFunction] =
    creation + random + shapes + reductions + ordering + elementwise + text
}
