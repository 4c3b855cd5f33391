/// A form in which a result can be shown, by the name of its media type.
///
/// A new form, such as SVG or HTML, is one line here. Objects that have it then add it to their
/// presentation with ``Presentation/adding(_:make:)``.
public struct MediaType: Hashable, Sendable {
  /// The name: `text/plain`.
  public let name: String

  /// The form of this name.
  public init(_ name: String) { self.name = name }

  /// Styled text, which every result has.
  public static let text = MediaType("text/plain")
}
