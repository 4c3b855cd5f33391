import Testing

@testable import LineEditor

/// A buffer written with `|` for the cursor.
private func buffer(_ text: String) -> EntryBuffer {
  let scalars = Array(text.unicodeScalars)
  let cursor = scalars.firstIndex(of: "|") ?? scalars.count
  return EntryBuffer(scalars.filter { $0 != "|" }, cursor: cursor)
}

private func written(_ buffer: EntryBuffer) -> String {
  var text = buffer.text
  text.insert("|", at: buffer.cursor)
  return String(String.UnicodeScalarView(text))
}

private func after(_ text: String, _ change: (inout EntryBuffer) -> Void) -> String {
  var edited = buffer(text)
  change(&edited)
  return written(edited)
}

@Suite struct EntryBufferTests {
  @Test func movesByCharacter() {
    #expect(after("ab|c") { $0.moveLeft() } == "a|bc")
    #expect(after("|abc") { $0.moveLeft() } == "|abc")
    #expect(after("ab|c") { $0.moveRight() } == "abc|")
    #expect(after("abc|") { $0.moveRight() } == "abc|")
    // A combining accent belongs to its letter.
    #expect(after("e\u{301}|") { $0.moveLeft() } == "|e\u{301}")
    #expect(after("|e\u{301}x") { $0.moveRight() } == "e\u{301}|x")
    // And the parts of an emoji to it.
    #expect(after("a👩‍🔬|b") { $0.moveLeft() } == "a|👩‍🔬b")
    #expect(after("a|👍🏽b") { $0.deleteForward() } == "a|b")
    #expect(after("a👍🏽|b") { $0.deleteBackward() } == "a|b")
  }

  @Test func movesByWord() {
    #expect(after("m = train d.train| lr=1") { $0.moveWordLeft() } == "m = train d.|train lr=1")
    #expect(after("m |= train d") { $0.moveWordRight() } == "m = train| d")
    #expect(after("|") { $0.moveWordLeft() } == "|")
    // Accents are no ends of words, nor is an emoji split.
    #expect(after("|e\u{301}a b") { $0.moveWordRight() } == "e\u{301}a| b")
    #expect(after("x e\u{301}a|") { $0.moveWordLeft() } == "x |e\u{301}a")
    #expect(after("|❤️ab") { $0.moveWordRight() } == "❤️ab|")
    #expect(after("a 👩‍🔬 |") { $0.moveWordLeft() } == "|a 👩‍🔬 ")
  }

  @Test func startAndEndAreTheLinesThenTheEntrys() {
    #expect(after("one\ntw|o\nthree") { $0.moveToStart() } == "one\n|two\nthree")
    #expect(after("one\n|two\nthree") { $0.moveToStart() } == "|one\ntwo\nthree")
    #expect(after("one\ntw|o\nthree") { $0.moveToEnd() } == "one\ntwo|\nthree")
    #expect(after("one\ntwo|\nthree") { $0.moveToEnd() } == "one\ntwo\nthree|")
  }

  @Test func movesByLineAndKeepsTheColumnWhereItCan() {
    #expect(after("long line\nab|\nthird") { $0.moveUp() } == "lo|ng line\nab\nthird")
    #expect(after("long li|ne\nab\nthird") { $0.moveDown() } == "long line\nab|\nthird")
    #expect(after("a|\nb") { $0.moveUp() } == "a|\nb")
    // Columns are cells, and a wide character is not split.
    #expect(after("日本語\nabc|") { $0.moveUp() } == "日|本語\nabc")
    #expect(after("abcdef\nab|\nabcdef") { $0.moveUp(column: 5) } == "abcde|f\nab\nabcdef")
    #expect(after("a\nb|") { $0.moveDown() } == "a\nb|")
  }

  @Test func newLinesAreIndentedLikeTheLastAndMoreAfterABracket() {
    #expect(after("fn f() {|") { $0.insertNewline(indented: true) } == "fn f() {\n  |")
    #expect(after("  x = 1|") { $0.insertNewline(indented: true) } == "  x = 1\n  |")
    #expect(after("x = [|") { $0.insertNewline(indented: true) } == "x = [\n  |")
    #expect(after("fn f() {|") { $0.insertNewline(indented: false) } == "fn f() {\n|")
  }

  @Test func aBraceThatOpensALineStandsFurtherLeft() {
    #expect(after("{\n    |") { $0.insertClosingBrace() } == "{\n  }|")
    #expect(after("{ x |") { $0.insertClosingBrace() } == "{ x }|")
    #expect(after("|") { $0.insertClosingBrace() } == "}|")
  }

  @Test func backspaceTakesAStepOfIndentation() {
    #expect(after("{\n    |") { $0.deleteBackward() } == "{\n  |")
    #expect(after("{\n   |") { $0.deleteBackward() } == "{\n  |")
    #expect(after("{\n|") { $0.deleteBackward() } == "{|")
    #expect(after("ab|c") { $0.deleteBackward() } == "a|c")
    #expect(after("|ab") { $0.deleteBackward() } == "|ab")
    #expect(after("a|bc") { $0.deleteForward() } == "a|c")
    #expect(after("ab|") { $0.deleteForward() } == "ab|")
  }

  @Test func removesParts() {
    #expect(after("ab|cd\nef") { _ = $0.killToLineEnd() } == "ab|\nef")
    #expect(after("ab|\nef") { _ = $0.killToLineEnd() } == "ab|ef")
    #expect(after("x\nab|cd") { _ = $0.killToLineStart() } == "x\n|cd")
    #expect(after("one two|") { _ = $0.killWordLeft() } == "one |")
    #expect(after("|one two") { _ = $0.killWordRight() } == "| two")
    var edited = buffer("one two|")
    #expect(edited.killWordLeft() == Array("two".unicodeScalars))
  }

  @Test func replacesAWord() {
    #expect(after("x = tr| 1") { $0.replace(4..<6, with: "train ") } == "x = train | 1")
  }

  @Test func bytesBecomeCharacters() {
    #expect(buffer("é = tr").scalars(in: 5..<7) == 4..<6)
    #expect(buffer("ab").scalars(in: 2..<2) == 2..<2)
    #expect(buffer("ab").scalars(in: 1..<9) == 1..<2)
  }
}
