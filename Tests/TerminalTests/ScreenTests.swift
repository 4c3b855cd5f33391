import Text
import Glibc
import Testing

@testable import LineEditor

/// The model of a terminal, against what ECMA-48 and xterm's documentation say.
@Suite struct ScreenTests {
  init() { setlocale(LC_CTYPE, "C.UTF-8") }

  private func screen(_ text: String, columns: Int = 10, rows: Int = 4) -> Screen {
    var screen = Screen(columns: columns, rows: rows)
    screen.receive(text.utf8)
    return screen
  }

  @Test func textWrapsAndScrolls() {
    #expect(screen("0123456789ab").lines[1] == "ab")
    // After a full row the cursor waits on it.
    #expect(screen("0123456789").row == 0)
    #expect(screen("0123456789\r\nx").lines[1] == "x")
    let scrolled = screen("a\r\nb\r\nc\r\nd\r\ne")
    #expect(scrolled.text == "b\nc\nd\ne")
    #expect(scrolled.history == ["a"])
  }

  @Test func wideCharactersTakeTwoCells() {
    #expect(screen("日本").column == 4)
    #expect(screen("012345678日").lines[1] == "日")
  }

  @Test func movesAndErases() {
    #expect(screen("abc\u{1B}[2Dx").text == "axc")
    #expect(screen("abc\r\u{1B}[K").text.isEmpty)
    #expect(screen("a\r\nb\r\nc\u{1B}[2A\u{1B}[J").text == "a")
    #expect(screen("abc\r\u{1B}[P").text == "bc")
    #expect(screen("abc\r\u{1B}[2@").text == "  abc")
    #expect(screen("a\u{1B}7bc\u{1B}8x").text == "axc")
    #expect(screen("\u{1B}[2;3Hx").lines[1] == "  x")
  }

  @Test func linesAreWrappedAnew() {
    var screen = screen("ab\r\n0123456789abc\r\nx")
    screen.resize(columns: 5, rows: 8)
    #expect(screen.lines.prefix(5) == ["ab", "01234", "56789", "abc", "x"])
    #expect(screen.row == 4 && screen.column == 1)
    screen.resize(columns: 20, rows: 4)
    #expect(screen.lines.prefix(3) == ["ab", "0123456789abc", "x"] && screen.row == 2)
  }

  @Test func colorsTakeNoRoomAndSequencesMayBeCut() {
    var screen = screen("\u{1B}[1;3")
    screen.receive("2mgreen\u{1B}[0m".utf8)
    #expect(screen.text == "green")
    #expect(screen.hasSeenColor)
    #expect(
      screen.cells[0].map(\.rendition).prefix(6) == ["1;32", "1;32", "1;32", "1;32", "1;32", ""])
    screen.receive([0xE6, 0x97])
    screen.receive([0xA5])
    #expect(screen.text == "green日")
    #expect(screen.unknown.isEmpty)
  }
}

/// Frames drawn one after the other, each by what differs from the one before: the screen is as if
/// the last one had been drawn alone.
@Suite struct EntryScreenTests {
  private let prompt = Prompt([.init("svm", rendition: .bold), .init("> ")])

  @Test(arguments: [12, 13, 23, 80], [3, 5, 40])
  func whatDiffersIsEnough(columns: Int, rows: Int) {
    var random = SplitMix(state: UInt64(columns * rows))
    let alphabet = Array("ab 1日語e\u{301}\n".unicodeScalars)
    var before = EntryScreen(columns: columns, rows: rows)
    var shown = Screen(columns: columns, rows: rows)
    for _ in 0..<300 {
      let length = random.below(60)
      let text = (0..<length).map { _ in alphabet[random.below(alphabet.count)] }
      let renditions: [Rendition] = [.plain, .red, .bold + .blue]
      let styles = text.indices.filter { _ in random.below(3) > 0 }.map {
        StyledRange(range: $0..<$0 + 1, rendition: renditions[random.below(3)])
      }
      let below = (0..<random.below(3)).map { StyledRow("row \($0)", .dim) }
      var buffer = EntryBuffer(text)
      for _ in 0..<random.below(9) { buffer.moveLeft() }
      let frame = EntryFrame(
        prompt: prompt, buffer: buffer, columns: columns, hasColor: true, styles: styles,
        suffix: random.below(2) == 0 ? "" : "ghost", below: below)
      shown.receive(before.drawing(frame).utf8)
      var alone = EntryScreen(columns: columns, rows: rows)
      var drawn = Screen(columns: columns, rows: rows)
      drawn.receive(alone.drawing(frame).utf8)
      if frame.rows.count <= rows {
        // On a screen that others have scrolled, it stands further down.
        let top = shown.row - frame.cursor.row
        let count = frame.rows.count
        #expect(top >= 0 && drawn.row == frame.cursor.row)
        guard top >= 0, top + count <= rows else { return }
        #expect(Array(shown.cells[top..<top + count]) == Array(drawn.cells[..<count]))
        let below = shown.lines[(top + count)...].joined()
        #expect(below.isEmpty)
      }
      #expect(shown.column == frame.cursor.column && drawn.column == frame.cursor.column)
    }
    #expect(shown.unknown.isEmpty)
  }

  /// All rows of an entry that is taller than the screen are in the terminal's memory at the end.
  @Test func aTallEntryIsKeptWhole() {
    let lines = (1...20).map { "line \($0)" }
    let buffer = EntryBuffer(lines.joined(separator: "\n"))
    let frame = EntryFrame(prompt: prompt, buffer: buffer, columns: 30)
    var screen = EntryScreen(columns: 30, rows: 6)
    var shown = Screen(columns: 30, rows: 6)
    shown.receive(screen.drawing(frame).utf8)
    #expect(shown.lines.last == "...> line 20" && shown.row == 5)
    var up = buffer
    up.moveToEntryStart()
    shown.receive(
      screen.drawing(EntryFrame(prompt: prompt, buffer: up, columns: 30)).utf8)
    #expect(shown.lines.first == "svm> line 1" && shown.row == 0)
    shown.receive(screen.finishing(frame).utf8)
    let all = shown.history + shown.lines
    let start = all.lastIndex(of: "svm> line 1") ?? all.count
    #expect(
      all[start...].prefix(20).dropFirst().map { $0.dropFirst(5) }
        == lines.dropFirst().map { $0[...] })
    #expect(shown.column == 0 && shown.row == 5)
  }

  @Test func aFinishedLineIsOneForTheTerminal() {
    let buffer = EntryBuffer("0123456789abcdefghij")
    var screen = EntryScreen(columns: 12, rows: 8)
    var shown = Screen(columns: 12, rows: 8)
    let frame = EntryFrame(prompt: prompt, buffer: buffer, columns: 12)
    shown.receive(screen.drawing(frame).utf8)
    #expect(shown.lines.prefix(3) == ["svm> 0123456", "789abcdefghi", "j"])
    shown.receive(screen.finishing(frame).utf8)
    #expect(shown.lines.prefix(3) == ["svm> 0123456", "789abcdefghi", "j"] && shown.row == 3)
    shown.resize(columns: 40, rows: 8)
    #expect(shown.lines[0] == "svm> 0123456789abcdefghij" && shown.row == 1)
  }
}

/// A small source of numbers for tests, the same every time: Steele, Lea and Flood's SplitMix64.
struct SplitMix {
  var state: UInt64

  mutating func below(_ n: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(n))
  }
}
