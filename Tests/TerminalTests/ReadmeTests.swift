import Testing

/// The README's sessions do what it says.
@Suite struct ReadmeTests {
  /// The blocks of a Markdown text that are fenced as `svm`.
  private func blocks(of text: String) -> [String] {
    var blocks: [String] = []
    var current: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "```svm" {
        current = []
      } else if line == "```", let lines = current {
        blocks.append(lines.joined(separator: "\n") + "\n")
        current = nil
      } else {
        current?.append(line)
      }
    }
    return blocks
  }

  /// Compares a line with a pattern in which `…` stands for anything.
  private func matches(_ line: Substring, _ pattern: Substring) -> Bool {
    let parts = pattern.split(separator: "…", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else {
      return line == pattern
    }
    guard line.hasPrefix(first), line.hasSuffix(last), line.count >= first.count + last.count else {
      return false
    }
    var rest = line.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }

  @Test func itsSessionsAreTrue() throws {
    let root = PseudoTerminal.packageFolder
    let sessions = blocks(of: ProgramRun.contents(of: root + "/README.md"))
    try #require(!sessions.isEmpty)
    for session in sessions {
      let expected = session.split(separator: "\n").filter { $0.hasPrefix("#>") }.map {
        $0.dropFirst(2).drop { $0 == " " }
      }
      try #require(!expected.isEmpty)
      let result = ProgramRun(["-c", session])
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.isEmpty)
      let shown = result.output.split(separator: "\n")
      #expect(shown.count == expected.count, "\(result.output)")
      for (line, pattern) in zip(shown, expected) {
        #expect(matches(line, pattern), "\(line) is not \(pattern)")
      }
    }
  }
}
