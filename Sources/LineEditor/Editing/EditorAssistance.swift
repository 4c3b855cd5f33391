/// What the editor asks the language. Offsets count UTF-8 bytes of the entry.
public struct EditorAssistance {
  /// Whether the entry needs more lines.
  public var isIncomplete: (_ entry: String) -> Bool
  /// What may stand at the cursor.
  public var completions: (_ entry: String, _ cursor: Int) -> CompletionList
  /// The parts that are drawn in a style; in order, none overlapping.
  public var highlights: (_ entry: String) -> [Highlight]

  /// Knows nothing, unless told.
  public init(
    isIncomplete: @escaping (String) -> Bool = { _ in false },
    completions: @escaping (String, Int) -> CompletionList = { _, _ in CompletionList() },
    highlights: @escaping (String) -> [Highlight] = { _ in [] }
  ) {
    self.isIncomplete = isIncomplete
    self.completions = completions
    self.highlights = highlights
  }
}

/// A part of an entry that has a style.
public struct Highlight: Sendable, Equatable {
  /// Styles, by what the words mean.
  public enum Style: Sendable { case keyword, verb, option, string, number, comment, unknown }

  /// The part, in UTF-8 bytes.
  public var range: Range<Int>
  /// Its style.
  public var style: Style

  /// A styled part.
  public init(_ range: Range<Int>, _ style: Style) {
    self.range = range
    self.style = style
  }
}
