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

  @Test func colorsTakeNoRoomAndSequencesMayBeCut() {
    var screen = screen("\u{1B}[1;3")
    screen.receive("2mgreen\u{1B}[0m".utf8)
    #expect(screen.text == "green")
    #expect(screen.hasSeenColor)
    screen.receive([0xE6, 0x97])
    screen.receive([0xA5])
    #expect(screen.text == "green日")
    #expect(screen.unknown.isEmpty)
  }
}

/// Colors are painted over what libedit drew: not a cell may change, nor the cursor.
@Suite struct PainterTests {
  init() { setlocale(LC_CTYPE, "C.UTF-8") }

  @Test(arguments: [10, 11, 23, 80])
  func paintingChangesNothingButColors(columns: Int) {
    var random = SplitMix(state: UInt64(columns))
    for _ in 0..<200 {
      let alphabet = Array("ab 1日語\n".unicodeScalars)
      let length = random.below(40)
      let text = (0..<length).map { _ in alphabet[random.below(alphabet.count)] }
      let buffer = EntryBuffer(text, cursor: random.below(length + 1))
      let layout = ScreenLayout(promptWidth: 5, buffer: buffer, columns: columns)
      let painter = Painter(columns: columns, rows: 60)
      let styles: [Rendition] = text.map { _ in [.plain, .red, .bold + .blue][random.below(3)] }

      // Drawn by hand, cell by cell, at the places of the layout.
      var drawn = Screen(columns: columns, rows: 60)
      drawn.receive("svm> ".utf8)
      for (scalar, place) in zip(text, layout.places) where scalar != "\n" {
        drawn.receive("\u{1B}[\(place.row + 1);\(place.column + 1)H\(scalar)".utf8)
      }
      drawn.receive("\u{1B}[\(layout.cursor.row + 1);\(layout.cursor.column + 1)H".utf8)
      var painted = drawn
      let painting = painter.painting(of: buffer, layout: layout, styles: styles, ghost: "")
      painted.receive((painting ?? "nothing").utf8)
      #expect(painted.cells == drawn.cells, "\(buffer.string.debugDescription)")
      #expect(painted.row == drawn.row && painted.column == drawn.column)
    }
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
