import Text

/// The ways in which a candidate fits what is typed, best first.
enum WordMatch: CaseIterable {
  /// It begins so.
  case beginning
  /// It begins so, in upper or lower case.
  case caseless
  /// Its parts begin so, in order: `svl` and `loss` for `svm_loss`.
  case parts
  /// It is the one that is spelled most like it.
  case spelling

  /// The candidates that fit, each once.
  func fitting(_ candidates: [Completion.Candidate], to typed: String) -> [Completion.Candidate] {
    guard isFor(typed) else { return [] }
    let test = test(of: typed, in: candidates)
    var seen: Set<String> = []
    return candidates.filter { test($0.text) && seen.insert($0.text).inserted }
  }

  /// False where so little is typed that anything would fit.
  private func isFor(_ typed: String) -> Bool {
    switch self {
    case .beginning: true
    case .caseless: !typed.isEmpty
    case .parts: typed.count >= 2 && typed.contains { $0.isLetter }
    case .spelling: typed.count >= 3 && typed.contains { $0.isLetter }
    }
  }

  private func test(
    of typed: String, in candidates: [Completion.Candidate]
  ) -> (String) -> Bool {
    switch self {
    case .beginning: return { $0.hasPrefix(typed) }
    case .caseless:
      let lower = typed.lowercased()
      return { $0.lowercased().hasPrefix(lower) }
    case .parts:
      let letters = Array(Self.parts(typed).joined())
      return { Self.fits(letters, Self.parts($0)) }
    case .spelling:
      let nearest = Spelling.nearest(to: typed, in: candidates.map { Self.bare($0.text) })
      return { nearest != nil && Self.bare($0) == nearest }
    }
  }

  /// The word without what ends an option or folder.
  private static func bare(_ text: String) -> String {
    text.last == "=" || text.last == "/" ? String(text.dropLast()) : text
  }

  /// The words of a name, in lower case.
  private static func parts(_ text: String) -> [[UInt8]] {
    text.lowercased().utf8.split { " _-=/.".utf8.contains($0) }.map { Array($0) }
  }

  /// Whether the letters are beginnings of some of the parts, in order.
  private static func fits(_ letters: [UInt8], _ parts: [[UInt8]]) -> Bool {
    // The numbers of letters that the parts so far can account for.
    var ends: Set<Int> = [0]
    for part in parts {
      for start in ends {
        let common = zip(letters[start...], part).prefix { $0 == $1 }.count
        ends.formUnion(start...start + common)
      }
    }
    return ends.contains(letters.count)
  }
}
