/// The built-in functions of the language; those of the engine are in `Commands`.
public enum Builtins {
  /// The functions, in the order in which they are listed.
  public static let all: [BuiltinFunction] =
    creation + random + shapes + joining + rearranging + reductions + extremes + running
    + statistics + ordering + searching + matrices + elementwise + classes + conversions + text
    + dictionaries
}
