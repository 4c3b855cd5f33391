/// Lays out text in the columns of a terminal.
public enum TextLayout {
  /// The text cut to `columns` columns, with `ellipsis` at the end where something is left out.
  public static func clipped(
    _ text: String, to columns: Int, ellipsis: Character = "…"
  ) -> String {
    if columns == .max || DisplayWidth.of(text) <= columns { return text }
    guard columns > 0 else { return "" }
    var kept = ""
    var used = 0
    for character in text {
      let width = DisplayWidth.of(character)
      if used + width > columns - 1 { break }
      kept.append(character)
      used += width
    }
    kept.append(ellipsis)
    return kept
  }

  /// The text padded on the right to `columns` columns.
  public static func leftAligned(_ text: String, in columns: Int) -> String {
    text + blanks(columns - DisplayWidth.of(text))
  }

  /// The text padded on the left to `columns` columns.
  public static func rightAligned(_ text: String, in columns: Int) -> String {
    blanks(columns - DisplayWidth.of(text)) + text
  }

  /// The words in indented lines of at most `width` columns. Line ends in the text stay, but empty
  /// lines are dropped. Lines that begin with two blanks are not wrapped.
  public static func wrapped(_ text: String, indent: Int, width: Int) -> String {
    let margin = blanks(indent)
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if paragraph.hasPrefix("  ") {
        lines.append(margin + paragraph)
        continue
      }
      var line = margin
      var used = indent
      for word in paragraph.split(separator: " ") {
        let length = DisplayWidth.of(word)
        if used > indent && used + 1 + length > width {
          lines.append(line)
          line = margin
          used = indent
        }
        if used > indent {
          line += " "
          used += 1
        }
        line += word
        used += length
      }
      if used > indent { lines.append(line) }
    }
    return lines.joined(separator: "\n")
  }

  /// A label and a text, whose further lines are indented to its own beginning.
  public static func labeled(_ label: String, _ text: String, width: Int) -> String {
    let indent = DisplayWidth.of(label)
    return label + wrapped(text, indent: indent, width: max(width, indent + 20)).dropFirst(indent)
  }

  /// `count` blanks; none where it is negative.
  public static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
