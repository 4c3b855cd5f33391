import TestSupport
import Testing

@testable import Interpreter

@Suite struct CompletionTests {
  private let session = TestSession().session

  /// The candidates where `|` marks the cursor.
  private func candidates(_ marked: String) -> [String] {
    let parts = marked.split(separator: "|", omittingEmptySubsequences: false)
    let text = parts.joined()
    return Completion(of: text, at: parts[0].utf8.count, in: session).candidates.map(\.text)
  }

  @Test func verbsAtTheStart() {
    #expect(candidates("fi|") == ["fit"])
    #expect(candidates("m = fi|") == ["fit"])
    #expect(candidates("x = 1; plo|") == ["plot-it"])
    #expect(candidates("if true { plot-|") == ["plot-it"])
    #expect(candidates("exp|").contains("expect"))
    #expect(candidates("# fi|") == [])
  }

  @Test func options() {
    #expect(candidates("fit 1 l|") == ["loss=", "lr="])
    #expect(candidates("fit 1 lr=2 l|") == ["loss="])
    #expect(candidates("m = fit 1 cl|") == ["class-weights="])
    #expect(candidates("fit 1 \\\n  it|") == ["iters="])
  }

  @Test func choices() {
    #expect(candidates("fit 1 loss=|").prefix(3) == ["hinge", "squared-hinge", "none"])
    #expect(candidates("fit 1 loss=squared-|") == ["squared-hinge"])
    #expect(candidates("middle v lo|") == ["lower"])
    #expect(candidates("vary loss=[hinge, squ|") == ["squared-hinge"])
    #expect(candidates("fit 1 verbose=|") == ["false", "true"])
  }

  @Test func namesAndFields() {
    session.runEntry("speed = 3\nspectrum = [1, 2]")
    #expect(candidates("fit spe|") == ["speed"])
    #expect(candidates("print spe|") == ["spectrum", "speed"])
    #expect(candidates("x = 2 * spe|") == ["spectrum", "speed"])
    #expect(candidates("spectrum.s|") == ["shape", "size"])
    #expect(candidates("print spectrum.|") == ["T", "shape", "size"])
    #expect(candidates("forget spec|") == ["spectrum"])
    #expect(candidates("sq|").contains("sqrt"))
    #expect(candidates("2.|") == [])
  }

  @Test func wordsOfTheLanguage() {
    #expect(candidates("for i i|") == ["in"])
    #expect(candidates("if true { } el|") == ["else"])
    #expect(candidates("while true { br|") == ["break"])
    #expect(candidates("br|") == [])
    #expect(candidates("x = tru|") == ["true"])
  }

  @Test func specialForms() {
    #expect(candidates("timeit rep|") == ["repeat=", "repeat"])
    #expect(candidates("timeit repeat=2 rep|") == ["repeat"])
    #expect(candidates("timeit fi|") == ["fit"])
    #expect(candidates("expect 1 == 1 wi|") == ["within="])
    #expect(candidates("m = tim|") == ["timeit"])
    #expect(candidates("m = prin|") == [])
  }

  @Test func namesInTheCodeOfAString() {
    session.runEntry("spectrum = [1, 2]")
    #expect(candidates("print \"a {spec|") == ["spectrum"])
    #expect(candidates("print \"a {spectrum.si|") == ["size"])
    #expect(candidates("print \"a {spectrum} spec|") == [])
    // A word at the start may be a difference.
    #expect(candidates("spectrum-spec|") == ["spectrum"])
  }

  @Test func pathsInStrings() throws {
    let folder = try TemporaryFolder()
    try folder.write("iris.csv", "1")
    try folder.write("iris.txt", "1")
    #expect(candidates("note \"\(folder.path)/iris.|") == ["iris.csv", "iris.txt"])
    #expect(candidates("note title=\"\(folder.path)/iris.c|") == ["iris.csv"])
    #expect(candidates("note \"\(folder.path)/iris.csv\"|") == [])
    #expect(candidates("note \"\"\"\(folder.path)/iris.|") == [])
    let entry = "note \"\(folder.path)/ir"
    let end = entry.utf8.count
    #expect(Completion(of: entry, at: end, in: session).range == end - 2..<end)
  }

  /// Nothing where the line is wrong, or only an operator may follow.
  @Test(arguments: ["fit (1)|", "fit 1, l|", "nobody 1 l|", "x = 1 1|", "fn f(|", "\"a\"|"])
  func nothing(marked: String) {
    #expect(candidates(marked) == [])
  }

  /// Wherever the cursor is, a candidate begins as the word before it does.
  @Test(arguments: [
    "m = fit 1 loss=squared-hinge lr=(2 * speed) # note", "if true { plot-it } else { fit 1 }",
    "print \"a {speed:.3f}\" [1, 2].shape; vary loss=[hinge, none] lr=[1, 2]",
    "fn f(a, b=2) { return fit a lr=b }", "expect speed ~= 3 within=1e-6", "é = “speed”",
  ])
  func candidatesContinueWhatIsTyped(entry: String) {
    session.runEntry("speed = 3")
    let bytes = Array(entry.utf8)
    var offered = 0
    for cursor in 0...bytes.count {
      let found = Completion(of: entry, at: cursor, in: session)
      #expect(found.range.upperBound == cursor && found.range.lowerBound >= 0)
      let typed = String(decoding: bytes[found.range], as: UTF8.self)
      #expect(found.candidates.allSatisfy { $0.text.hasPrefix(typed) }, "at \(cursor)")
      offered += found.candidates.count
    }
    #expect(offered > 20)
  }

  @Test func helpSaysDefaultAndRange() throws {
    let found = Completion(of: "fit 1 lr", at: 8, in: session)
    #expect(found.range == 6..<8)
    #expect(try #require(found.candidates.first).help == "0.001. Step size. Above 0.")
  }
}
