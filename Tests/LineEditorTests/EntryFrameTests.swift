import Testing

@testable import LineEditor

/// Where an entry's characters come to stand, by hand.
@Suite struct EntryFrameTests {
  private func frame(
    _ text: String, cursor: Int? = nil, prompt: String = "> ", columns: Int, suffix: String = "",
    below: [StyledRow] = []
  ) -> EntryFrame {
    EntryFrame(
      prompt: Prompt([.init(prompt)]), buffer: EntryBuffer(text, cursor: cursor), columns: columns,
      suffix: suffix, below: below)
  }

  private func place(_ row: Int, _ column: Int) -> EntryFrame.Place {
    EntryFrame.Place(row: row, column: column)
  }

  @Test func countsFromThePrompt() {
    let one = frame("abc", prompt: "svm[1]> ", columns: 20)
    #expect(one.rows.map(\.text) == ["svm[1]> abc"])
    #expect(one.cursor == place(0, 11))
    let two = frame("ab\ncd", cursor: 4, prompt: "svm[1]> ", columns: 20)
    #expect(two.rows.map(\.text) == ["svm[1]> ab", "   ...> cd"])
    #expect(two.cursor == place(1, 9))
  }

  @Test func aFullRowPutsTheCursorOnTheNext() {
    let full = frame("abc", columns: 5)
    #expect(full.rows.map(\.text) == ["> abc", ""] && !full.rows[0].isWrapped)
    #expect(frame("abcd", columns: 5).rows[0].isWrapped)
    #expect(full.cursor == place(1, 0))
    #expect(frame("abc\nd", columns: 5).rows.map(\.text) == ["> abc", "", "...> ", "d"])
  }

  @Test func aWideCharacterThatDoesNotFitMovesOn() {
    let wide = frame("ab日x", columns: 5)
    #expect(wide.rows.map(\.text) == ["> ab", "日x"])
    #expect(wide.rows.map(\.width) == [4, 3])
  }

  @Test func clustersAreDrawnAsOne() {
    #expect(frame("e\u{301}x", columns: 9).cursor == place(0, 4))
    // Where terminals differ, the next character is told where it stands.
    #expect(frame("👍🏽x", columns: 20).rows[0].text == "> " + "    \u{1B}[3G👍🏽\u{1B}[5Gx")
    #expect(frame("👍🏽x", columns: 20).cursor == place(0, 5))
  }

  @Test func controlsAreShownAndNotSent() {
    #expect(frame("a\u{1B}[2Jb", columns: 20).rows[0].text == "> a^[[2Jb")
    #expect(frame("a\u{202E}b", columns: 20).rows[0].text == "> a\u{FFFD}b")
  }

  @Test func whatFollowsTheCursorIsCutAtTheEndOfTheRow() {
    let ghost = frame("ab", columns: 8, suffix: "cdefgh")
    #expect(ghost.rows.map(\.text) == ["> abcde"] && ghost.cursor == place(0, 4))
    let below = frame("ab", columns: 8, below: [StyledRow("123456789")])
    #expect(below.rows.map(\.text) == ["> ab", "1234567"] && below.entryRows == 1)
  }

  @Test func aPromptWiderThanTheScreenWraps() {
    #expect(frame("x", prompt: "svm[100]> ", columns: 6).rows.map(\.text) == ["svm[10", "0]> x"])
  }
}
