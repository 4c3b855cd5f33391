/// The editor's knowledge of the language. Offsets count UTF-8 bytes of the entry.
public struct EditorAssistance {
  /// Whether the entry needs more lines.
  public var isIncomplete: (_ entry: String) -> Bool
  /// The candidates for the word at the cursor.
  public var completions: (_ entry: String, _ cursor: Int) -> CompletionList
  /// The parts that are drawn in a style, in order and without overlaps.
  public var highlights: (_ entry: String, _ cursor: Int) -> [Highlight]
  /// How the function is called whose brackets the cursor is in; nil where it is in none.
  public var signature: (_ entry: String, _ cursor: Int) -> String?
  /// The default of the option or argument whose value is typed next; nil where there is none.
  public var usualValue: (_ entry: String, _ cursor: Int) -> String?
  /// The entry as another editor leaves it; nil where that one changes nothing.
  public var editElsewhere: (_ entry: String) -> String?

  /// By default, every entry is complete, and has no candidates, styles, calls and options.
  public init(
    isIncomplete: @escaping (String) -> Bool = { _ in false },
    completions: @escaping (String, Int) -> CompletionList = { _, _ in CompletionList() },
    highlights: @escaping (String, Int) -> [Highlight] = { _, _ in [] },
    signature: @escaping (String, Int) -> String? = { _, _ in nil },
    usualValue: @escaping (String, Int) -> String? = { _, _ in nil },
    editElsewhere: @escaping (String) -> String? = { _ in nil }
  ) {
    self.isIncomplete = isIncomplete
    self.completions = completions
    self.highlights = highlights
    self.signature = signature
    self.usualValue = usualValue
    self.editElsewhere = editElsewhere
  }
}

/// A part of an entry that has a style.
public struct Highlight: Sendable, Equatable {
  /// The kinds of words; `bracket` is the one at the cursor, or the other one of its pair.
  public enum Style: Sendable {
    case keyword, verb, option, string, number, comment, unknown, bracket
  }

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
