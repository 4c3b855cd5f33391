/// Finds the word meant by a misspelled one.
public enum Spelling {
  /// The candidate nearest to `word`; nil where none is near.
  ///
  /// A candidate is near if it differs only in case and in `-` or `_`; or if at most a third of the
  /// letters is mistyped; or if it is the only one that begins with `word`, of three letters or
  /// more. Of equally near candidates, one with the same first letter is preferred, then the first.
  public static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    let folded = fold(word)
    guard !folded.isEmpty else { return nil }
    var best: (name: String, distance: Int)?
    var longer: [String] = []
    for name in candidates where name != word {
      let other = fold(name)
      if other == folded { return name }
      if folded.count >= 3 && other.starts(with: folded) { longer.append(name) }
      let length = max(folded.count, other.count)
      let limit = length <= 2 ? (folded.first == other.first ? 1 : 0) : max(1, length / 3)
      guard abs(folded.count - other.count) <= limit else { continue }
      let steps = distance(folded, other)
      guard steps <= limit else { continue }
      // Twice the distance, so that a different first letter counts less than an edit.
      let weighed = 2 * steps + (folded.first == other.first ? 0 : 1)
      if weighed < best?.distance ?? .max { best = (name, weighed) }
    }
    return best?.name ?? (longer.count == 1 ? longer[0] : nil)
  }

  /// `did you mean 'iters'?`; nil where no candidate is near.
  public static func hint(_ word: String, in candidates: some Sequence<String>) -> String? {
    nearest(to: word, in: candidates).map { "did you mean '\($0)'?" }
  }

  /// The bytes in lower case, with `-` for `_`; at most 100.
  private static func fold(_ word: String) -> [UInt8] {
    word.utf8.prefix(100).map { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 32
      case UInt8(ascii: "_"): UInt8(ascii: "-")
      default: byte
      }
    }
  }

  /// The least number of bytes to insert, delete, replace, or swap with their neighbor, if no byte
  /// is edited twice.
  public static func distance(_ a: String, _ b: String) -> Int {
    distance(Array(a.utf8), Array(b.utf8))
  }

  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        row[j] = min(replaced, last[j] + 1, row[j - 1] + 1)
        if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
