import Text

/// The candidates for the word at the cursor.
public struct CompletionList: Sendable, Equatable {
  /// A word that may stand there.
  public struct Candidate: Sendable, Equatable {
    /// The word to insert.
    public var text: String
    /// The text to insert after it where it is the only candidate: a blank after a verb, nothing
    /// after a folder.
    public var suffix: String
    /// One line about it.
    public var help: String

    /// A candidate.
    public init(_ text: String, suffix: String = "", help: String = "") {
      self.text = text
      self.suffix = suffix
      self.help = help
    }
  }

  /// The word that a candidate replaces, in UTF-8 bytes of the entry.
  public var range: Range<Int>
  /// The candidates, best first.
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

  /// The candidates in at most `rows` lines: each with its help where any has one, else in columns.
  func lines(columns: Int, rows: Int) -> [String] {
    let widest = candidates.map { DisplayWidth.of($0.text) }.max() ?? 0
    var lines: [String]
    if candidates.contains(where: { !$0.help.isEmpty }) {
      let nameWidth = min(widest, max(columns / 2, 8))
      lines = candidates.map { candidate in
        let name = TextLayout.leftAligned(candidate.text, in: nameWidth)
        return TextLayout.clipped(name + "  " + candidate.help, to: columns)
      }
    } else {
      let perRow = max(1, columns / (widest + 2))
      let height = (candidates.count + perRow - 1) / perRow
      lines = (0..<height).map { row in
        let words = stride(from: row, to: candidates.count, by: height).map {
          TextLayout.leftAligned(candidates[$0].text, in: widest + 2)
        }
        return TextLayout.clipped(words.joined(), to: columns)
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
