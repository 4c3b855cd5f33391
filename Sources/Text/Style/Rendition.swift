/// How a terminal draws a stretch of text: the parameters of an SGR escape (ECMA-48, 8.3.117).
public struct Rendition: Sendable, Equatable {
  /// The parameters, as in `1;32`; empty for text as it is.
  public let parameters: String

  private init(_ parameters: String) { self.parameters = parameters }

  /// As it is.
  public static let plain = Rendition("")
  /// Bold.
  public static let bold = Rendition("1")
  /// Dim.
  public static let dim = Rendition("2")
  /// Underlined.
  public static let underlined = Rendition("4")
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

  /// The escape that ends every rendition.
  public static let reset = "\u{1B}[0m"

  /// The escape that begins this rendition and ends the one before it.
  public var start: String { "\u{1B}[0\(parameters.isEmpty ? "" : ";")\(parameters)m" }

  /// Both at once.
  public static func + (a: Rendition, b: Rendition) -> Rendition {
    if a == .plain { return b }
    return b == .plain ? a : Rendition(a.parameters + ";" + b.parameters)
  }

  /// The text between the escapes that draw it so.
  public func applied(to text: String) -> String {
    self == .plain ? text : "\u{1B}[\(parameters)m\(text)\(Rendition.reset)"
  }
}
