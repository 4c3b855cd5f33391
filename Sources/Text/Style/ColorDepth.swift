/// The colors that escape sequences can ask a terminal for.
public enum ColorDepth: String, Sendable, CaseIterable {
  /// No escape sequences at all.
  case none
  /// The 256 colors of xterm.
  case indexed
  /// 24 bits: red, green, blue.
  case truecolor
}
