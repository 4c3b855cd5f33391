/// A result in all its forms, the best of which is shown.
///
/// Forms are made when they are shown, so that the others cost nothing.
public struct Presentation: Sendable {
  /// One form of a result.
  public enum Form: Sendable, Equatable {
    /// Styled text.
    case text(StyledText)
    /// The content of a file of this type.
    case data(MediaType, [UInt8])
  }

  /// Makes the content of a file for a display; nil where it can't be made.
  public typealias Maker = @Sendable (Display) -> [UInt8]?

  /// Makes the text, which every result has.
  public let text: @Sendable (Display) throws -> StyledText
  private var makers: [MediaType: Maker] = [:]

  /// A result with a text for each display.
  public init(text: @escaping @Sendable (Display) throws -> StyledText) { self.text = text }

  /// A result with the same text on every display.
  public init(_ text: StyledText) { self.init { _ in text } }

  /// A report in all its forms.
  ///
  /// - Parameter json: The value that it is about; by default, the report itself.
  public init(
    _ report: @escaping @Sendable (Display) -> Report,
    json: @escaping @Sendable (Display) -> JSONValue? = { _ in nil }
  ) {
    self.init { report($0).text(width: $0.width) }
    makers[.html] = { report($0).html.map { Array($0.utf8) } }
    makers[.markdown] = { report($0).markdown.map { Array($0.utf8) } }
    makers[.json] = { (json($0) ?? report($0).json).map { Array($0.text.utf8) } }
  }

  /// The same result with one more form.
  public func adding(_ type: MediaType, make: @escaping Maker) -> Presentation {
    var more = self
    more.makers[type] = make
    return more
  }

  /// The first form of `types` that the result has, else text.
  ///
  /// - Parameters:
  ///   - types: The forms that can be shown, the best first.
  ///   - display: The display that shows it.
  /// - Throws: What making the text throws.
  public func best(of types: [MediaType], on display: Display) throws -> Form {
    // Text is preferred to the types after it.
    for type in types.prefix(while: { $0 != .text }) {
      if let data = makers[type]?(display) { return .data(type, data) }
    }
    return .text(try text(display))
  }

  /// All forms of `types` that the result has, in their order, and its text.
  ///
  /// - Throws: What making the text throws.
  public func all(of types: [MediaType], on display: Display) throws -> [Form] {
    types.compactMap { type in makers[type]?(display).map { .data(type, $0) } }
      + [.text(try text(display))]
  }
}
