/// The colors that a terminal has.
public enum ColorDepth: String, Sendable, CaseIterable {
  /// No colors, and no escape sequences.
  case none
  /// The 256 colors of xterm.
  case indexed
  /// 24 bits: red, green, blue.
  case truecolor
}
