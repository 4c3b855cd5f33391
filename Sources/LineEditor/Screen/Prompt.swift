import Text

/// A prompt in one or more colors.
public struct Prompt: Sendable, Equatable {
  /// A part in one color.
  public struct Part: Sendable, Equatable {
    /// The text; empty parts are dropped from a prompt.
    public var text: String
    /// Its color and weight.
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

  /// The display width; prompts must be ASCII.
  public var width: Int { plain.unicodeScalars.count }

  /// The prompt of every further line of an entry, as wide as this one or wider.
  public var continuation: String {
    let mark = "...> "
    return String(repeating: " ", count: max(0, width - mark.count)) + mark
  }
}
