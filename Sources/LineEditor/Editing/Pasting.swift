/// Cleans pasted text for an entry.
enum Pasting {
  /// The text with `\n` for all line ends, blanks for tabs, and without other control characters,
  /// prompts of this program, and line ends at its end: the user decides when it runs.
  static func cleaned(_ text: String) -> String {
    var kept = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\n", "\r": kept.append("\n")
      case "\t": kept.append(contentsOf: "  ".unicodeScalars)
      case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value): break
      default: kept.append(scalar)
      }
      previous = scalar
    }
    let lines = String(kept).split(separator: "\n", omittingEmptySubsequences: false)
    var entry = withoutOutput(lines) ?? lines
    while entry.count > 1, entry.last?.isEmpty == true { entry.removeLast() }
    return entry.joined(separator: "\n")
  }

  /// The prompts that people copy with what they typed, ours first.
  private static var prompts: [(first: Regex<Substring>, next: Regex<Substring>)] {
    [
      // `svm>`, `svm[3]>`, `svm[3, 2 stale]>`, and the continuation prompt.
      (first: #/^ *svm(?:\[[^\]]*\])?>(?: |$)/#, next: #/^ *\.\.\.>(?: |$)/#),
      // IPython's, and Python's.
      (first: #/^ *In \[\d*\]:(?: |$)/#, next: #/^ *\.\.\.+:(?: |$)/#),
      (first: #/^>>>(?: |$)/#, next: #/^\.\.\.(?: |$)/#),
      // A shell's.
      (first: #/^\$ /#, next: #/^> /#),
    ]
  }

  /// What was typed in a transcript: the lines that have a prompt, without it. Nil where none has
  /// one.
  private static func withoutOutput(_ lines: [Substring]) -> [Substring]? {
    for prompt in prompts where lines.contains(where: { $0.prefixMatch(of: prompt.first) != nil }) {
      return lines.compactMap { line in
        let match = line.prefixMatch(of: prompt.first) ?? line.prefixMatch(of: prompt.next)
        return match.map { line[$0.range.upperBound...] }
      }
    }
    // The rest of an entry whose first line was left out.
    guard lines.contains(where: { $0.prefixMatch(of: prompts[0].next) != nil }) else { return nil }
    return lines.map { line in
      line.prefixMatch(of: prompts[0].next).map { line[$0.range.upperBound...] } ?? line
    }
  }
}
