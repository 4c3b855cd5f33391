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
    Step(keys: "é") { $0.insert("é") }, Step(keys: "e\u{301}") { $0.insert("e\u{301}") },
    Step(keys: "👩‍🔬") { $0.insert("👩‍🔬") }, Step(keys: "❤️") { $0.insert("❤️") },
    Step(keys: "👍🏽") { $0.insert("👍🏽") },
    Step(keys: "\u{1B}[200~p q\nr\u{1B}[201~") { $0.insert("p q\nr") },
    Step(keys: "\u{1B}[200~" + block + "\u{1B}[201~") { $0.insert(block) },
    Step(keys: Key.altEnter) { $0.insertNewline(indented: true) },
    Step(keys: "}") { $0.insertClosingBrace() },
    Step(keys: Key.left) { $0.moveLeft() }, Step(keys: Key.left) { $0.moveLeft() },
    Step(keys: Key.right) { $0.moveRight() }, Step(keys: Key.home) { $0.moveToStart() },
    Step(keys: Key.end) { $0.moveToEnd() },
    // The column of a walk is the editor's own matter: a step to the side ends each.
    Step(keys: Key.up + Key.home + Key.right) {
      $0.moveUp()
      $0.moveToStart()
      $0.moveRight()
    },
    Step(keys: Key.down + Key.end) {
      $0.moveDown()
      $0.moveToEnd()
    },
    Step(keys: "\u{1B}[1;5H") { $0.moveToEntryStart() },
    Step(keys: "\u{1B}[1;5F") { $0.moveToEntryEnd() },
    Step(keys: Key.backspace) { $0.deleteBackward() },
    Step(keys: Key.delete) { $0.deleteForward() },
    Step(keys: Key.control("W")) { _ = $0.killWordLeft() },
    Step(keys: "\u{1B}b") { $0.moveWordLeft() }, Step(keys: "\u{1B}f") { $0.moveWordRight() },
  ]

  private static let block = "for i in x {\n  y = 日本語 * i\n}"

  /// A session of random keys, pastes and sizes of the screen.
  private func session(seed: UInt64, keys: Int, environment: [String: String] = [:]) throws {
    var random = SplitMix(state: seed)
    let columns = 12 + random.below(seed % 3 == 0 ? 189 : 40)
    let rows = 4 + random.below(30)
    let terminal = try #require(
      PseudoTerminal(columns: columns, rows: rows, environment: environment))
    try #require(terminal.wait { $0.lines.contains("svm[1]>") })
    var model = EntryBuffer()
    var typed: [String] = []
    for _ in 0..<keys {
      if random.below(15) == 0 {
        let size = (12 + random.below(100), 4 + random.below(30))
        let before = terminal.screen.erasures
        terminal.resize(columns: size.0, rows: size.1)
        // What a terminal shows of a frame for another size differs: the program has to know first.
        terminal.wait { $0.erasures > before }
        typed.append("to \(size.0)×\(size.1)")
      } else {
        let step = Self.steps[random.below(Self.steps.count)]
        step.change(&model)
        typed.append(step.keys.debugDescription)
        terminal.type(step.keys)
      }
      let isReached = terminal.wait(seconds: 5) { Self.shows($0, model) == nil }
      guard isReached else {
        Issue.record(
          """
          session \(seed), after \(typed.suffix(8).joined(separator: " ")) of \(typed.count) keys, \
          at \(terminal.screen.row),\(terminal.screen.column) of \
          \(terminal.screen.columns)×\(terminal.screen.rows): \
          \(Self.shows(terminal.screen, model) ?? "")
          \(terminal.screen.lines.joined(separator: "\n"))
          --- of
          \(Self.rows(model, columns: terminal.screen.columns).rows.joined(separator: "\n"))
          """)
        return
      }
    }
    #expect(terminal.screen.unknown.isEmpty)
    #expect(terminal.screen.hasSeenColor == (environment["NO_COLOR"] == nil))
    terminal.type(Key.control("C"))
    terminal.type(Key.control("D"))
    #expect(terminal.waitForEnd() == 0, "\(terminal.screen.text)")
  }

  /// A dozen sessions, or as many as `SVMREPL_EDITING_SESSIONS` says.
  private static let seeds: Range<UInt64> =
    0..<(Terminal.environmentVariable("SVMREPL_EDITING_SESSIONS").flatMap { UInt64($0) } ?? 12)

  @Test(arguments: seeds) func theScreenIsTheEntry(seed: UInt64) throws {
    try session(seed: seed, keys: 80)
  }

  @Test func theScreenIsTheEntryWithoutColors() throws {
    try session(seed: 1000, keys: 80, environment: ["NO_COLOR": "1"])
  }

  /// The rows of an entry, wrapped cluster by cluster, and where the cursor is among them.
  private static func rows(
    _ entry: EntryBuffer, columns: Int
  ) -> (rows: [String], row: Int, column: Int) {
    var rows = [String.UnicodeScalarView()]
    var column = 0
    var cursor = (row: 0, column: 0)
    func put(_ character: Character) {
      let widths = character.unicodeScalars.map { Screen.cells(of: $0) }
      let asksForPicture = character.unicodeScalars.contains("\u{FE0F}")
      let width = asksForPicture ? 2 : widths.max() ?? 0
      let sum = widths.reduce(0, +)
      if column > 0, column + max(width, sum) + (width == sum ? 0 : 1) > columns {
        rows.append(String.UnicodeScalarView())
        column = 0
      }
      if let first = character.unicodeScalars.first { rows[rows.count - 1].append(first) }
      if width > widths[0] { rows[rows.count - 1].append(" ") }
      column += width
      if column >= columns {
        rows.append(String.UnicodeScalarView())
        column = 0
      }
    }
    for character in "svm[1]> " { put(character) }
    var offset = 0
    for character in entry.string {
      if offset == entry.cursor { cursor = (rows.count - 1, column) }
      offset += character.unicodeScalars.count
      if character == "\n" {
        rows.append(String.UnicodeScalarView())
        column = 0
        for character in "   ...> " { put(character) }
      } else {
        put(character)
      }
    }
    if entry.cursor >= offset { cursor = (rows.count - 1, column) }
    return (
      rows.map { row in
        String(String.UnicodeScalarView(row.reversed().drop { $0 == " " }.reversed()))
      }, cursor.row, cursor.column
    )
  }

  /// What is wrong with a screen that should show an entry; nil where nothing is.
  private static func shows(_ screen: Screen, _ entry: EntryBuffer) -> String? {
    let (rows, row, column) = rows(entry, columns: screen.columns)
    guard screen.column == column else { return "the cursor is not in column \(column)" }
    let top = row - screen.row
    let lines = screen.lines
    if rows.count >= screen.rows {
      guard top >= 0, top + screen.rows <= rows.count else { return "row \(row) is not there" }
      return Array(rows[top..<top + screen.rows]) == lines ? nil : "not rows \(top)…"
    }
    guard top <= 0, rows.count - top <= screen.rows else { return "row \(row) is not there" }
    let below = Array(lines[(rows.count - top)...])
    guard below.allSatisfy(\.isEmpty) else { return "there is something below" }
    guard !lines[..<(-top)].contains(where: { $0.contains("svm[") }) else { return "a stale row" }
    return Array(lines[(-top)..<(rows.count - top)]) == rows ? nil : "other rows"
  }
}
