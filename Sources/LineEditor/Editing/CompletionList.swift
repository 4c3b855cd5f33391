/// What may stand at the cursor.
public struct CompletionList: Sendable, Equatable {
  /// One possibility.
  public struct Candidate: Sendable, Equatable {
    /// The word that is put in.
    public var text: String
    /// What follows it where it is the only candidate: a blank after a verb, nothing after a
    /// folder.
    public var suffix: String
    /// One line about it.
    public var help: String

    /// A word and what is said about it.
    public init(_ text: String, suffix: String = "", help: String = "") {
      self.text = text
      self.suffix = suffix
      self.help = help
    }
  }

  /// The word that a candidate takes the place of, in UTF-8 bytes of the entry.
  public var range: Range<Int>
  /// The possibilities, best first.
  public var candidates: [Candidate]

  /// Candidates for a part of the entry.
  public init(range: Range<Int> = 0..<0, candidates: [Candidate] = []) {
    self.range = range
    self.candidates = candidates
  }

  /// The longest text that all candidates begin with.
  var commonPrefix: String {
    guard let first = candidates.first?.text else { return "" }
    var prefix = Array(first.unicodeScalars)
    for candidate in candidates.dropFirst() {
      let common = zip(prefix, candidate.text.unicodeScalars).prefix { $0 == $1 }.count
      prefix.removeLast(prefix.count - common)
    }
    return String(String.UnicodeScalarView(prefix))
  }

  /// The candidates as lines: each with its help where any has one, else in columns; at most `rows`
  /// lines.
  func lines(columns: Int, rows: Int) -> [String] {
    let widest = candidates.map { $0.text.unicodeScalars.count }.max() ?? 0
    var lines: [String]
    if candidates.contains(where: { !$0.help.isEmpty }) {
      let nameWidth = min(widest, max(columns / 2, 8))
      lines = candidates.map { candidate in
        let name = candidate.text.padded(to: nameWidth)
        return (name + "  " + candidate.help).cut(to: columns)
      }
    } else {
      let perRow = max(1, columns / (widest + 2))
      let height = (candidates.count + perRow - 1) / perRow
      lines = (0..<height).map { row in
        stride(from: row, to: candidates.count, by: height).map {
          candidates[$0].text.padded(to: widest + 2)
        }.joined().cut(to: columns)
      }
    }
    if lines.count > rows, rows > 0 {
      let hidden = lines.count - rows + 1
      lines = lines.prefix(rows - 1) + ["(\(hidden) more; type a letter or two)"]
    }
    return lines.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - unicodeScalars.count))
  }

  fileprivate func cut(to width: Int) -> String {
    guard unicodeScalars.count > width, width > 1 else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.prefix(width - 1))) + "…"
  }
}
