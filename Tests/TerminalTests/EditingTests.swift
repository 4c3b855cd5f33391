import Glibc
import Testing

@testable import LineEditor

/// Random keys at the real prompt: after each, the screen shows what a plain model of the entry
/// says, and the cursor stands where it should.
@Suite struct EditingTests {
  init() { setlocale(LC_CTYPE, "C.UTF-8") }

  private struct Step: Sendable {
    var keys: String
    var change: @Sendable (inout EntryBuffer) -> Void
  }

  private static let steps: [Step] = [
    Step(keys: "a") { $0.insert("a") }, Step(keys: "x") { $0.insert("x") },
    Step(keys: " ") { $0.insert(" ") }, Step(keys: "(") { $0.insert("(") },
    Step(keys: "12") { $0.insert("12") }, Step(keys: "日") { $0.insert("日") },
    Step(keys: "é") { $0.insert("é") },
    Step(keys: "\u{1B}[200~p q\nr\u{1B}[201~") { $0.insert("p q\nr") },
    Step(keys: Key.altEnter) { $0.insertNewline(indented: true) },
    Step(keys: "}") { $0.insertClosingBrace() },
    Step(keys: Key.left) { $0.moveLeft() }, Step(keys: Key.left) { $0.moveLeft() },
    Step(keys: Key.right) { $0.moveRight() }, Step(keys: Key.home) { $0.moveToStart() },
    Step(keys: Key.end) { $0.moveToEnd() }, Step(keys: Key.up) { $0.moveUp() },
    Step(keys: Key.down) { $0.moveDown() }, Step(keys: Key.backspace) { $0.deleteBackward() },
    Step(keys: Key.delete) { $0.deleteForward() },
    Step(keys: Key.control("W")) { _ = $0.killWordLeft() },
    Step(keys: "\u{1B}b") { $0.moveWordLeft() }, Step(keys: "\u{1B}f") { $0.moveWordRight() },
  ]

  @Test(arguments: [(80, ""), (40, ""), (40, "1"), (23, "")])
  func theScreenIsTheEntry(columns: Int, noColor: String) throws {
    let terminal = try #require(
      PseudoTerminal(columns: columns, rows: 50, environment: ["NO_COLOR": noColor]))
    let prompt = "svm[1]> "
    terminal.wait { $0.lines.contains("svm[1]>") }
    let top = terminal.screen.row
    var random = SplitMix(state: UInt64(columns))
    var model = EntryBuffer()
    var typed: [String] = []
    for _ in 0..<150 {
      let step = Self.steps[random.below(Self.steps.count)]
      var next = model
      step.change(&next)
      // Room for the whole entry, so that nothing scrolls away.
      let marked = next.marked(with: Array("   ...> ".unicodeScalars))
      let layout = ScreenLayout(promptWidth: prompt.count, buffer: marked, columns: columns)
      guard top + layout.rows < 45 else { continue }
      model = next
      typed.append(step.keys.debugDescription)
      terminal.type(step.keys)
      let expected = Self.drawn(marked, layout, prompt, columns: columns)
      let isReached = terminal.wait(seconds: 10) { screen in
        screen.row == top + layout.cursor.row && screen.column == layout.cursor.column
          && Array(screen.lines[top...]) == Array(expected.lines[..<(50 - top)])
      }
      guard isReached else {
        Issue.record(
          """
          after \(typed.suffix(6).joined(separator: " ")) of \(typed.count) keys
          cursor \(terminal.screen.row - top),\(terminal.screen.column), not \(layout.cursor)
          \(terminal.screen.text)
          --- not
          \(expected.text)
          """)
        return
      }
    }
    #expect(terminal.screen.unknown.isEmpty)
    #expect(terminal.screen.hasSeenColor == noColor.isEmpty)
    terminal.type(Key.control("C"))
    terminal.type(Key.control("D"))
    #expect(terminal.waitForEnd() == 0)
  }

  private static func drawn(
    _ buffer: EntryBuffer, _ layout: ScreenLayout, _ prompt: String, columns: Int
  ) -> Screen {
    var screen = Screen(columns: columns, rows: 50)
    screen.receive(prompt.utf8)
    for (scalar, place) in zip(buffer.text, layout.places) where scalar != "\n" {
      screen.receive("\u{1B}[\(place.row + 1);\(place.column + 1)H\(scalar)".utf8)
    }
    return screen
  }
}
