import Text

/// How formulas stand in prose.
enum FormulaSyntax {
  /// What stands for a line end inside of a formula on lines of its own, while Markdown is read.
  static let joint: Unicode.Scalar = "\u{2028}"

  /// The source between the signs, and whether it stands on a line of its own: of `$x$`, `$$x$$`.
  static func parts(_ text: some StringProtocol) -> (tex: String, isDisplay: Bool) {
    let isDisplay = text.hasPrefix("$$")
    let width = isDisplay ? 2 : 1
    return (String(text.dropFirst(width).dropLast(width)), isDisplay)
  }

  /// Joins the lines of each formula that begins a line with `$$`: to Markdown, a line of it that
  /// begins with `+` or `-` would be an item of a list, and a `=` alone would make a heading.
  static func joined(_ prose: String) -> String {
    guard prose.contains("$$") else { return prose }
    let lines = prose.split(separator: "\n", omittingEmptySubsequences: false)
    var result: [String] = []
    var fence: Substring?
    var i = 0
    while i < lines.count {
      let line = lines[i]
      let text = line.drop { $0 == " " }
      if let open = fence {
        if text.hasPrefix(open), text.allSatisfy({ $0 == open.first || $0 == " " }) { fence = nil }
      } else if let mark = text.first, mark == "`" || mark == "~" {
        let run = text.prefix { $0 == mark }
        if run.count >= 3 { fence = run }
      } else if line.count - text.count < 4, text.hasPrefix("$$"),
        let end = end(of: lines[i...])
      {
        let separator = String(Character(joint))
        result.append(lines[i...end].joined(separator: separator))
        i = end + 1
        continue
      }
      result.append(String(line))
      i += 1
    }
    return result.joined(separator: "\n")
  }

  /// The line that closes the formula which begins the first of these lines; nil where the line
  /// itself does, and where a blank line comes before it.
  private static func end(of lines: ArraySlice<Substring>) -> Int? {
    guard let first = lines.first, !first.drop(while: { $0 == " " }).dropFirst(2).contains("$$")
    else { return nil }
    for i in lines.indices.dropFirst() {
      if lines[i].allSatisfy(\.isWhitespace) { return nil }
      if lines[i].contains("$$") { return i }
    }
    return nil
  }
}
