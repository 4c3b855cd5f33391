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

  @Test func helpSaysDefaultAndRange() throws {
    let found = Completion(of: "fit 1 lr", at: 8, in: session)
    #expect(found.range == 6..<8)
    #expect(try #require(found.candidates.first).help == "0.001. Step size. Above 0.")
  }
}
