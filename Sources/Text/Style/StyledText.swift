/// Text with marks on its parts: what a statement shows, before it is known where.
///
/// A terminal draws the marks as colors, a pipe leaves them out, and a comparison with recorded
/// output skips what is volatile.
public struct StyledText: Sendable, Equatable {
  /// How a part is drawn, and what it means.
  public enum Style: Sendable, Equatable {
    /// As it is.
    case plain
    /// Timings, machine names, paths: dim on a terminal, left out of every comparison.
    case volatile
    /// A title or the head of a table: bold on a terminal.
    case heading
    /// Good news: green on a terminal.
    case good
    /// Bad news: red on a terminal.
    case bad
    /// Already has its own escapes, which the display that it was made for asked for.
    case drawn
  }

  /// A stretch of text with one style.
  public struct Part: Sendable, Equatable {
    /// The text; may span lines.
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

  /// The text without marks.
  public var plain: String { parts.map(\.text).joined() }

  /// Two texts in a row.
  public static func + (a: StyledText, b: StyledText) -> StyledText {
    var sum = a
    sum.append(b)
    return sum
  }

  /// The text with terminal escapes for its marks, or without any.
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
