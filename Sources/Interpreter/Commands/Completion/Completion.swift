import Language

/// The candidates for the word at the cursor of an entry.
public struct Completion: Sendable, Equatable {
  /// A word that may stand there.
  public struct Candidate: Sendable, Equatable {
    /// The word to insert.
    public var text: String
    /// The text to insert after it where it is the only candidate: a blank after a verb, nothing
    /// after `lr=`.
    public var suffix: String
    /// One line about it.
    public var help: String

    /// A candidate.
    public init(text: String, suffix: String = "", help: String = "") {
      self.text = text
      self.suffix = suffix
      self.help = help
    }
  }

  /// The word that a candidate replaces, in UTF-8 bytes of the entry.
  public var range: Range<Int>
  /// The candidates, best first.
  public var candidates: [Candidate]

  /// The candidates at `cursor`, an offset in UTF-8 bytes, in an entry of this session. `data` are
  /// what `load` finds by name beside files.
  ///
  /// They begin as what is typed. Where there are none of these, they differ in case, contain its
  /// parts, or are spelled nearly so.
  public init(
    of entry: String, at cursor: Int, in session: Session, data: [Candidate] = []
  ) {
    let source = Source(entry, name: "")
    let continuations = Parser.continuations(of: source, at: cursor, verbs: session.catalog.verbs)
    let readings = Self.readings(of: continuations, in: source, session, data)
    for match in WordMatch.allCases {
      // `plot-as` may be one word or a difference: the first reading that has candidates is taken.
      for (typed, end, candidates) in readings {
        let fitting = match.fitting(candidates, to: typed)
        guard !fitting.isEmpty else { continue }
        self.init(range: end - typed.utf8.count..<end, candidates: fitting)
        return
      }
    }
    self.init(range: cursor..<cursor, candidates: [])
  }

  init(range: Range<Int>, candidates: [Candidate]) {
    self.range = range
    self.candidates = candidates
  }

  /// A reading of what is typed: the word, where it ends, and all words that may stand there.
  private typealias Reading = (typed: String, end: Int, candidates: [Candidate])

  /// One reading for each word that the cursor may be in.
  private static func readings(
    of continuations: [Continuation], in source: Source, _ session: Session, _ data: [Candidate]
  ) -> [Reading] {
    var words: [Span] = []
    for continuation in continuations where !words.contains(continuation.word) {
      words.append(continuation.word)
    }
    return words.map { word in
      let here = continuations.filter { $0.word == word }
      let kinds = here.map(\.kind)
      let offers = Offers(scope: Scope(session, here[0].names), source: source, data: data)
      let typed = source.text(in: word)
      guard typed.first == "\"" else { return (typed, word.upper, offers.words(kinds)) }
      let path = typed.dropFirst()
      let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
      return (String(name), word.upper, offers.strings(kinds, path: String(path)))
    }
  }
}
