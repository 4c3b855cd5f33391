/// Text whose parts have styles, independent of where it is shown.
///
/// A terminal shows styles as colors, and a pipe ignores them. A comparison with recorded output
/// skips volatile parts.
public struct StyledText: Sendable, Equatable {
  /// The meaning of a part, which decides how it is drawn.
  public enum Style: Sendable, Equatable, CaseIterable {
    /// Plain text.
    case plain
    /// Timings, machine names, paths: dim on a terminal, and left out of comparisons.
    case volatile
    /// A title or the head of a table: bold on a terminal.
    case heading
    /// Good news: green on a terminal.
    case good
    /// Bad news: red on a terminal.
    case bad
    /// Text with escape sequences of its own, made for one display.
    case drawn
  }

  /// A part of one style.
  public struct Part: Sendable, Equatable {
    /// The text, which may have several lines.
    public var text: String
    /// Its style.
    public var style: Style
  }

  /// The parts in order.
  public private(set) var parts: [Part] = []

  /// No text.
  public init() {}

  /// Text of one style.
  public init(_ text: String, _ style: Style = .plain) {
    append(text, style)
  }

  /// Adds text of one style.
  public mutating func append(_ text: String, _ style: Style = .plain) {
    guard !text.isEmpty else { return }
    if let last = parts.last, last.style == style {
      parts[parts.count - 1].text += text
    } else {
      parts.append(Part(text: text, style: style))
    }
  }

  /// Adds another text.
  public mutating func append(_ other: StyledText) {
    for part in other.parts { append(part.text, part.style) }
  }

  /// Adds another text on a line of its own.
  public mutating func appendLine(_ other: StyledText) {
    if !isEmpty { append("\n") }
    append(other)
  }

  /// Adds text on a line of its own.
  public mutating func appendLine(_ text: String, _ style: Style = .plain) {
    if !isEmpty { append("\n") }
    append(text, style)
  }

  /// Whether there is nothing to show.
  public var isEmpty: Bool { parts.isEmpty }

  /// The text without styles.
  public var plain: String {
    // One part may be very long, and is not copied.
    parts.count == 1 ? parts[0].text : parts.map(\.text).joined()
  }

  /// Whether a part differs from run to run.
  public var hasVolatileParts: Bool { parts.contains { $0.style == .volatile } }

  /// The text with an ellipsis in the place of each part that differs from run to run.
  public var withoutVolatileParts: StyledText {
    var text = StyledText()
    for part in parts {
      if part.style == .volatile { text.append("…") } else { text.append(part.text, part.style) }
    }
    return text
  }

  /// One text after the other.
  public static func + (a: StyledText, b: StyledText) -> StyledText {
    var sum = a
    sum.append(b)
    return sum
  }

  /// The text, with escape sequences for its styles if `color` is true.
  public func rendered(color: Bool) -> String {
    color ? parts.map { $0.style.rendition.applied(to: $0.text) }.joined() : plain
  }
}

extension StyledText.Style {
  /// How a terminal draws it.
  var rendition: Rendition {
    switch self {
    case .plain, .drawn: .plain
    case .volatile: .dim
    case .heading: .bold
    case .good: .green
    case .bad: .red
    }
  }
}
