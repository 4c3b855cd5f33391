import Text
import Glibc
import Testing

@testable import LineEditor

@Suite struct PromptTests {
  private let prompt = Prompt([
    .init("svm[3]", rendition: .bold + .green), .init(" 2 stale", rendition: .yellow), .init("> "),
  ])

  @Test func continuesAsWideAsItIs() {
    #expect(prompt.plain == "svm[3] 2 stale> ")
    #expect(prompt.width == 16)
    #expect(prompt.continuation == "           ...> ")
    #expect(Prompt([.init("> ")]).continuation == "...> ")
  }
}

@Suite struct CompletionListTests {
  private func list(_ words: [String], help: String = "") -> CompletionList {
    CompletionList(candidates: words.map { .init($0, help: help) })
  }

  @Test func commonPrefix() {
    #expect(list(["train", "trace"]).commonPrefix == "tra")
    #expect(list(["a", "b"]).commonPrefix.isEmpty)
    #expect(list([]).commonPrefix.isEmpty)
    #expect(list(["one"]).commonPrefix == "one")
  }
}

@Suite struct CompletionMenuTests {
  private func menu(
    _ words: [String], help: String = "", typed: String = "x = ab"
  ) -> CompletionMenu {
    let list = CompletionList(
      range: 4..<typed.utf8.count, candidates: words.map { .init($0, suffix: "(", help: help) })
    return CompletionMenu(list, in: EntryBuffer(typed))
  }

  private func texts(_ menu: CompletionMenu, columns: Int = 80, limit: Int = 10) -> [String] {
    menu.rows(columns: columns, limit: limit, hasColor: false).map { row in
      let text = row.parts.map(\.text).joined()
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
  }

  @Test func helpStandsBesideAFewWords() {
    let few = menu(["lr", "iters"], help: "step size")
    #expect(texts(few) == [" lr     step size", " iters  step size"])
    #expect(texts(menu(["lr"], help: "how many updates"), columns: 16) == [" lr  how many …"])
  }

  @Test func wordsStandInColumnsAndTheHelpOfTheChosenIsWhole() {
    var many = menu((0..<20).map { "w\($0 + 10)" }, help: "one two three four five six seven")
    #expect(texts(many, columns: 31).first == " w10   w14   w18   w22   w26")
    #expect(texts(many, columns: 31).count == 4)
    many.step(by: 1)
    #expect(texts(many, columns: 31).suffix(2) == ["  one two three four five six", "  seven"])
    #expect(texts(many, columns: 31)[0].hasPrefix(">w10"))
  }

  @Test func theChoiceGoesRoundAndAcross() {
    var five = menu(["a", "b", "c", "d", "e"].map { $0 + "xxxxxxxx" })
    #expect(five.entry() == EntryBuffer("x = ab"))
    five.step(by: -1)
    #expect(five.entry().string == "x = exxxxxxxx")
    five.step(by: 1)
    #expect(five.entry().string == "x = axxxxxxxx")
    #expect(five.entry(isTaken: true).string == "x = axxxxxxxx(")
    // Two columns of three.
    five.move(.right, columns: 26)
    #expect(five.entry().string == "x = dxxxxxxxx")
    five.move(.down, columns: 26)
    five.move(.left, columns: 26)
    #expect(five.entry().string == "x = bxxxxxxxx")
    five.move(.up, columns: 26)
    five.move(.up, columns: 26)
    #expect(five.entry().string == "x = exxxxxxxx")
  }

  @Test func longListsShowTheRowsAroundTheChosen() {
    var long = menu((0..<50).map { "candidate number \($0)" })
    #expect(texts(long, columns: 30, limit: 5).last == " rows 1-4 of 50")
    for _ in 0..<30 { long.step(by: 1) }
    let rows = texts(long, columns: 30, limit: 5)
    #expect(rows.count == 5 && rows.contains(">candidate number 29"))
  }
}

@Suite struct PastingTests {
  @Test func promptsAndControlsAreTakenOut() {
    #expect(Pasting.cleaned("svm> a = 1\r\nsvm[12]> b = 2") == "a = 1\nb = 2")
    #expect(
      Pasting.cleaned("svm[3, 2 stale]> fn f() {\n   ...>   1\n   ...> }") == "fn f() {\n  1\n}")
    #expect(Pasting.cleaned("\tx\u{7}\u{1B}[31m") == "  x[31m")
    #expect(Pasting.cleaned("a\rb") == "a\nb")
    #expect(Pasting.cleaned("svm_loss(W)") == "svm_loss(W)")
  }

  /// In a transcript, what has no prompt is output.
  @Test func outputsAreTakenOut() {
    let ours = """
      svm[1]> x = [1, 2]
      svm[2]> x * 2
      [2 4]
      svm[3, 1 stale]> fn f() {
               ...>   x
               ...> }
      error: there is no 'y'
        svm[4]:1:1
      svm[5]>
      """
    #expect(Pasting.cleaned(ours) == "x = [1, 2]\nx * 2\nfn f() {\n  x\n}")
    #expect(
      Pasting.cleaned(">>> x = 1\n>>> for i in x:\n...   i\n...\n1\n>>> x")
        == "x = 1\nfor i in x:\n  i\n\nx")
    #expect(
      Pasting.cleaned("In [3]: a = 1\n   ...: b = 2\n\nOut[3]: 5\nIn [4]: a") == "a = 1\nb = 2\na")
    #expect(Pasting.cleaned("$ svmrepl x.svm\n3") == "svmrepl x.svm")
    // Not prompts.
    #expect(Pasting.cleaned("x > 1\n...") == "x > 1\n...")
    #expect(Pasting.cleaned("print \"$ 5\"") == "print \"$ 5\"")
  }

  @Test func aLineEndAtTheEndRunsNothing() {
    #expect(Pasting.cleaned("a = 1\n\n") == "a = 1")
    #expect(Pasting.cleaned("\n").isEmpty)
  }
}

@Suite struct KeyReaderTests {
  /// What the reader makes of these bytes, up to the end of input.
  private func events(_ bytes: [UInt8], hasEscapeKey: Bool = false) -> [KeyReader.Event] {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return [] }
    _ = bytes.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
    close(ends[1])
    defer { close(ends[0]) }
    let reader = KeyReader(input: ends[0])
    reader.hasEscapeKey = hasEscapeKey
    var events: [KeyReader.Event] = []
    while events.count < 100 {
      let event = reader.next(beforeWaiting: {})
      if event == .end { break }
      events.append(event)
    }
    return events
  }

  private func events(_ text: String, hasEscapeKey: Bool = false) -> [KeyReader.Event] {
    events(Array(text.utf8), hasEscapeKey: hasEscapeKey)
  }

  @Test func characters() {
    #expect(events("aé日😀") == [.character("a"), .character("é"), .character("日"), .character("😀")])
    // Not UTF-8, and controls above ASCII: nobody's keys.
    #expect(events([0xFF, 0xC3, 0x28, 0x61]) == [.character("("), .character("a")])
    #expect(events("\u{85}a") == [.character("a")])
  }

  @Test func keysThatSendSequences() {
    #expect(
      events("\u{1B}[A\u{1B}OB\u{1B}[1;5D") == [.action(.up), .action(.down), .action(.wordLeft)])
    #expect(events("\u{1B}[3~") == [.action(.deleteForward)])
    // An unknown one leaves nothing behind.
    #expect(events("\u{1B}[1;2Ax\u{1B}[99~") == [.character("x")])
  }

  @Test func altAndEscape() {
    #expect(events("\u{1B}b\u{1B}\r") == [.action(.wordLeft), .action(.newline)])
    #expect(events("\u{1B}q") == [.character("\u{1B}"), .character("q")])
    #expect(events("\u{1B}b", hasEscapeKey: true) == [.character("\u{1B}"), .character("b")])
    #expect(events("\u{1B}") == [.character("\u{1B}")])
  }

  @Test func pastedText() {
    #expect(
      events("\u{1B}[200~a\nb\u{1B}[A\u{1B}[201~c") == [.paste("a\nb\u{1B}[A"), .character("c")])
    #expect(events("\u{1B}[200~cut") == [.paste("cut")])
  }
}

@Suite struct ScriptSourceTests {
  @Test func readsEntriesOfSeveralLines() {
    var input: [Int32] = [0, 0]
    var output: [Int32] = [0, 0]
    guard pipe(&input) == 0, pipe(&output) == 0 else { return }
    FileOutput.write("a = 1\nf {\n}\nlast", to: input[1])
    close(input[1])
    let source = ScriptSource(
      isIncomplete: { $0.contains("{") && !$0.contains("}") }, input: input[0], output: output[1])
    let prompt = Prompt([.init("svm> ")])
    #expect(source.next(prompt: prompt) == .entry("a = 1"))
    #expect(source.next(prompt: prompt) == .entry("f {\n}"))
    #expect(source.next(prompt: prompt) == .entry("last"))
    #expect(source.next(prompt: prompt) == .end)
    close(output[1])
    var shown = [UInt8](repeating: 0, count: 200)
    let count = read(output[0], &shown, shown.count)
    #expect(
      String(decoding: shown.prefix(max(count, 0)), as: UTF8.self) == "svm> svm> ...> svm> svm> ")
  }
}

@Suite struct TerminalTests {
  private func terminal(_ environment: [String: String], isTerminal: Bool = true) -> Terminal {
    Terminal(
      input: isTerminal, output: isTerminal, error: isTerminal,
      size: isTerminal ? (columns: 120, rows: 30) : nil, isUnicode: true
    ) { environment[$0] }
  }

  @Test func colors() {
    #expect(terminal(["TERM": "xterm"]).display.color == .indexed)
    #expect(terminal(["TERM": "xterm", "COLORTERM": "truecolor"]).display.color == .truecolor)
    #expect(terminal(["TERM": "dumb"]).display.color == .none)
    #expect(terminal([:]).display.color == .none)
    #expect(terminal(["TERM": "xterm", "NO_COLOR": "1"]).display.color == .none)
    #expect(terminal(["TERM": "xterm", "NO_COLOR": ""]).display.color == .indexed)
    #expect(terminal(["TERM": "xterm", "CLICOLOR": "0"]).display.color == .none)
    #expect(terminal(["TERM": "xterm"], isTerminal: false).display.color == .none)
    #expect(terminal(["FORCE_COLOR": "1"], isTerminal: false).display.color == .indexed)
    #expect(terminal(["FORCE_COLOR": "3"], isTerminal: false).display.color == .truecolor)
    #expect(
      terminal(["FORCE_COLOR": "1", "NO_COLOR": "1"], isTerminal: false).display.color == .none)
  }

  @Test func size() {
    #expect(terminal(["TERM": "xterm"]).display.width == 120)
    #expect(terminal(["TERM": "xterm"]).display.height == 30)
    #expect(terminal([:], isTerminal: false).display.width == 80)
    #expect(terminal([:], isTerminal: false).display.height == nil)
    #expect(terminal(["COLUMNS": "40"], isTerminal: false).display.width == 40)
    #expect(terminal(["COLUMNS": "none"]).display.width == 120)
    #expect(terminal(["COLUMNS": "40"]).errorDisplay.width == 40)
    #expect(terminal([:], isTerminal: false).errorDisplay.width == 100)
  }

  @Test func characters() {
    #expect(terminal(["TERM": "xterm"]).display.canvas == .braille)
    #expect(terminal(["TERM": "linux"]).display.canvas == .blocks)
    let ascii = Terminal(
      input: true, output: true, error: true, size: nil, isUnicode: false
    ) { $0 == "TERM" ? "linux" : nil }
    #expect(ascii.display.isASCII && ascii.errorDisplay.isASCII)
  }
}

@Suite(.serialized) struct KeyReaderSignalTests {
  /// A signal in the middle of a sequence neither ends the sequence nor is lost.
  @Test func aSignalInsideOfASequenceWaits() throws {
    SignalPipe.open()
    SignalPipe.drain()
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { close(ends[0]) }
    let reader = KeyReader(input: ends[0])
    FileOutput.write("\u{1B}[", to: ends[1])
    // The size of the screen changes while the rest of the sequence is on its way.
    let events = [
      reader.next(beforeWaiting: {
        SignalPipe.notify(SIGWINCH)
        FileOutput.write("3~x", to: ends[1])
        close(ends[1])
      }),
      reader.next(beforeWaiting: {}), reader.next(beforeWaiting: {}),
    ]
    #expect(events == [.action(.deleteForward), .signal(SIGWINCH), .character("x")])
  }
}
