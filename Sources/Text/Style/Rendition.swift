/// The color and weight of text on a terminal, as parameters of an SGR escape sequence.
public struct Rendition: Sendable, Equatable {
  /// The parameters, such as `1;32`; empty for plain text.
  public let parameters: String

  private init(_ parameters: String) { self.parameters = parameters }

  /// Plain text.
  public static let plain = Rendition("")
  /// Bold.
  public static let bold = Rendition("1")
  /// Dim.
  public static let dim = Rendition("2")
  /// Underlined.
  public static let underlined = Rendition("4")
  /// Foreground and background exchanged.
  public static let reversed = Rendition("7")
  /// Red.
  public static let red = Rendition("31")
  /// Green.
  public static let green = Rendition("32")
  /// Yellow.
  public static let yellow = Rendition("33")
  /// Blue.
  public static let blue = Rendition("34")
  /// Magenta.
  public static let magenta = Rendition("35")
  /// Cyan.
  public static let cyan = Rendition("36")

  /// The escape sequence that ends every rendition.
  public static let reset = "\u{1B}[0m"

  /// The escape sequence that ends the rendition before and begins this one.
  public var start: String { "\u{1B}[0\(parameters.isEmpty ? "" : ";")\(parameters)m" }

  /// Both renditions at once.
  public static func + (a: Rendition, b: Rendition) -> Rendition {
    if a == .plain { return b }
    return b == .plain ? a : Rendition(a.parameters + ";" + b.parameters)
  }

  /// The text between the escape sequences that begin and end the rendition.
  public func applied(to text: String) -> String {
    self == .plain ? text : "\u{1B}[\(parameters)m\(text)\(Rendition.reset)"
  }
}
