/// Texts in columns of a terminal.
public enum TextLayout {
  /// The text in at most `columns` columns, the last of them `ellipsis` where something is left
  /// out.
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

  /// The text with blanks after it, so that what follows starts at a column.
  public static func leftAligned(_ text: String, in columns: Int) -> String {
    text + blanks(columns - DisplayWidth.of(text))
  }

  /// The text with blanks before it, so that it ends at a column.
  public static func rightAligned(_ text: String, in columns: Int) -> String {
    blanks(columns - DisplayWidth.of(text)) + text
  }

  /// Words in lines of at most `width` columns, each line indented. Line ends in the text stay, and
  /// so do lines that begin with two blanks.
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

  /// A label and a text that goes on under its own beginning where the line ends.
  public static func labeled(_ label: String, _ text: String, width: Int) -> String {
    let indent = DisplayWidth.of(label)
    return label + wrapped(text, indent: indent, width: max(width, indent + 20)).dropFirst(indent)
  }

  /// Blanks; none where the count is negative.
  public static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
