import Glibc
import Testing

@testable import LineEditor

private func place(_ row: Int, _ column: Int) -> ScreenLayout.Place {
  ScreenLayout.Place(row: row, column: column)
}

@Suite struct ScreenLayoutTests {
  init() { setlocale(LC_CTYPE, "C.UTF-8") }

  @Test func countsFromThePrompt() {
    let layout = ScreenLayout(promptWidth: 8, buffer: EntryBuffer("abc"), columns: 20)
    #expect(layout.places == [place(0, 8), place(0, 9), place(0, 10)])
    #expect(layout.cursor == place(0, 11))
    #expect(layout.rows == 1)
  }

  @Test func aFullRowPutsTheCursorOnTheNext() {
    let layout = ScreenLayout(promptWidth: 2, buffer: EntryBuffer("abc"), columns: 5)
    #expect(layout.cursor == place(1, 0))
    // libedit then gives a line end a row of its own.
    let two = ScreenLayout(promptWidth: 2, buffer: EntryBuffer("abc\nd"), columns: 5)
    #expect(two.places[3] == place(1, 0))
    #expect(two.places[4] == place(2, 0))
  }

  @Test func aWideCharacterThatDoesNotFitMovesOn() {
    let layout = ScreenLayout(promptWidth: 2, buffer: EntryBuffer("ab日x"), columns: 5)
    #expect(layout.places == [place(0, 2), place(0, 3), place(1, 0), place(1, 2)])
  }

  @Test func whatIsNotOneCharacterToACellIsSaid() {
    #expect(ScreenLayout(promptWidth: 0, buffer: EntryBuffer("a日\nb"), columns: 9).isExact)
    #expect(!ScreenLayout(promptWidth: 0, buffer: EntryBuffer("\u{1}"), columns: 9).isExact)
    #expect(!ScreenLayout(promptWidth: 0, buffer: EntryBuffer("e\u{301}"), columns: 9).isExact)
  }
}
