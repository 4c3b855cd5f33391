/// A form in which a result can be shown, by its name in the registry of media types.
///
/// A new form, as SVG or HTML, is one line here. Objects that can be made into it then add it to
/// their presentation with ``Presentation/adding(_:make:)``.
public struct MediaType: Hashable, Sendable {
  /// The name: `text/plain`.
  public let name: String

  /// The form of this name.
  public init(_ name: String) { self.name = name }

  /// Text with marks on its parts. Every result has it.
  public static let text = MediaType("text/plain")
}
