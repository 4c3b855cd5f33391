import Text

/// A prompt in one or more colors.
public struct Prompt: Sendable, Equatable {
  /// A stretch of one color.
  public struct Part: Sendable, Equatable {
    /// What is shown; never empty.
    public var text: String
    /// How it is drawn.
    public var rendition: Rendition

    /// Text in a color.
    public init(_ text: String, rendition: Rendition = .plain) {
      self.text = text
      self.rendition = rendition
    }
  }

  /// The parts in order.
  public var parts: [Part]

  /// A prompt of these parts.
  public init(_ parts: [Part]) { self.parts = parts.filter { !$0.text.isEmpty } }

  /// The prompt without colors.
  public var plain: String { parts.map(\.text).joined() }

  /// How many columns it takes. Prompts are ASCII.
  public var width: Int { plain.unicodeScalars.count }

  /// What stands before every further line of an entry: as wide as the prompt.
  public var continuation: String {
    let mark = "...> "
    return String(repeating: " ", count: max(0, width - mark.count)) + mark
  }
}
