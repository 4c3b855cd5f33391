/// One result in all the forms that it has, of which the place that shows it takes the best: as the
/// bundles of media types that a kernel of Jupyter sends.
///
/// Forms are made when they are asked for, so that a form that nobody shows costs nothing.
public struct Presentation: Sendable {
  /// One form of a result, made.
  public enum Form: Sendable, Equatable {
    /// Text with marks.
    case text(StyledText)
    /// A file of this type.
    case data(MediaType, [UInt8])
  }

  /// Makes a file for a display; nil where this result has none after all.
  public typealias Maker = @Sendable (Display) -> [UInt8]?

  /// Makes the text. Every result has one, so that every place can show it.
  public let text: @Sendable (Display) -> StyledText
  private var makers: [MediaType: Maker] = [:]

  /// A result with a text for each display.
  public init(text: @escaping @Sendable (Display) -> StyledText) { self.text = text }

  /// A result that is this text on every display.
  public init(_ text: StyledText) { self.init { _ in text } }

  /// The same result with one more form.
  public func adding(_ type: MediaType, make: @escaping Maker) -> Presentation {
    var more = self
    more.makers[type] = make
    return more
  }

  /// The form that a place shows: the first of those that it takes that the result has, else text.
  ///
  /// - Parameters:
  ///   - types: The forms that the place takes, the best first.
  ///   - display: What it can show.
  public func best(of types: [MediaType], on display: Display) -> Form {
    // Where a place would rather have text than what follows, it gets text.
    for type in types.prefix(while: { $0 != .text }) {
      if let data = makers[type]?(display) { return .data(type, data) }
    }
    return .text(text(display))
  }
}
