/// Lists names in a sentence.
public enum NameList {
  /// The first names, and how many more there are: `cat, dog, frog and 7 more`.
  ///
  /// Names may come from files, so control characters are escaped and long names are clipped.
  public static func text(_ names: [String], atMost most: Int = 12) -> String {
    let shown = names.prefix(most).map { TextLayout.clipped(Escaping.visible($0), to: 40) }
    let more = names.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}
