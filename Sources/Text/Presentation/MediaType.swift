/// A form in which a result can be shown, by the name of its media type.
///
/// A new form is one line here. Objects that have it then add it to their
/// presentation with ``Presentation/adding(_:make:)``.
public struct MediaType: Hashable, Sendable {
  /// The name: `text/plain`.
  public let name: String

  /// The form of this name.
  public init(_ name: String) { self.name = name }

  /// Styled text, which every result has.
  public static let text = MediaType("text/plain")
  /// A drawing that scales.
  public static let svg = MediaType("image/svg+xml")
  /// A picture of pixels.
  public static let png = MediaType("image/png")
  /// A picture as escape sequences, for a terminal that shows some.
  public static let terminalPicture = MediaType("image/x-terminal")
  /// A piece of a page: a table, or text with styles.
  public static let html = MediaType("text/html")
  /// Prose, which a page sets.
  public static let markdown = MediaType("text/markdown")
  /// A description for programs.
  public static let json = MediaType("application/json")
}
