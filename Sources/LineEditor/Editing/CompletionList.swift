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
}
