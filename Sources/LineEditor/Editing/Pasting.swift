/// Text from elsewhere, made fit for an entry.
enum Pasting {
  /// One kind of line end, blanks for tabs, no other control characters, none of our own prompts,
  /// and no line end at the end: the user decides when it runs.
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
    var lines = String(kept).split(separator: "\n", omittingEmptySubsequences: false).map {
      withoutPrompt($0)
    }
    while lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// The line without `svm>`, `svm[3]>`, `svm[3, 2 stale]>` or the continuation prompt before it.
  private static func withoutPrompt(_ line: Substring) -> Substring {
    var rest = line.drop { $0 == " " }
    if rest.hasPrefix("...> ") { return rest.dropFirst(5) }
    guard rest.hasPrefix("svm") else { return line }
    rest = rest.dropFirst(3)
    if rest.first == "[", let end = rest.firstIndex(of: "]") { rest = rest[end...].dropFirst() }
    guard rest.first == ">" else { return line }
    rest = rest.dropFirst()
    return rest.first == " " ? rest.dropFirst() : rest
  }
}
