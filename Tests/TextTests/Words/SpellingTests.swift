import TestSupport
import Testing

@testable import Text

@Suite struct SpellingTests {
  private static let options = ["loss", "lr", "reg", "iters", "batch", "init", "class-weights"]

  @Test(
    arguments: [
      ("itres", "iters"), ("iter", "iters"), ("Iters", "iters"), ("ITERS", "iters"),
      ("bacth", "batch"), ("btch", "batch"), ("batchs", "batch"), ("los", "loss"),
      ("class_weights", "class-weights"), ("class", "class-weights"), ("rl", nil), ("lt", "lr"),
      ("momentum", nil), ("x", nil), ("", nil), ("lossss", "loss"), ("ретs", nil),
    ] as [(String, String?)])
  func nearest(word: String, expected: String?) {
    #expect(Spelling.nearest(to: word, in: Self.options) == expected)
  }

  @Test func hintIsAQuestion() {
    #expect(Spelling.hint("itres", in: Self.options) == "did you mean 'iters'?")
    #expect(Spelling.hint("zebra", in: Self.options) == nil)
  }

  @Test func theWordItselfIsNoHelp() {
    #expect(Spelling.nearest(to: "loss", in: ["loss"]) == nil)
  }

  @Test func startOfTwoWordsIsNeither() {
    #expect(Spelling.nearest(to: "plot", in: ["plot-ascii", "plot-file"]) == nil)
    #expect(Spelling.nearest(to: "stand", in: ["standardize", "train"]) == "standardize")
  }

  @Test func sameFirstLetterWins() {
    #expect(Spelling.nearest(to: "bat", in: ["cat", "bar"]) == "bar")
  }

  @Test(
    arguments: [
      ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("abc", "acb", 1),
      ("abc", "ab", 1), ("abc", "abcd", 1), ("abc", "axc", 1), ("kitten", "sitting", 3),
      ("ca", "abc", 3),
    ])
  func distance(a: String, b: String, expected: Int) {
    #expect(Spelling.distance(a, b) == expected)
    #expect(Spelling.distance(b, a) == expected)
  }

  @Test func distanceIsNeverMoreThanTheLettersDiffer() {
    var numbers = SeededNumbers(seed: 7)
    for _ in 0..<300 {
      func word() -> String {
        String(
          (0..<Int.random(in: 0...8, using: &numbers)).map { _ in
            "abc".randomElement(using: &numbers) ?? "a"
          })
      }
      let (a, b) = (word(), word())
      let steps = Spelling.distance(a, b)
      #expect(steps == Spelling.distance(b, a))
      #expect(steps <= max(a.count, b.count) && steps >= abs(a.count - b.count))
      #expect((steps == 0) == (a == b))
    }
  }

  @Test func longWordsTakeNoTime() {
    let long = String(repeating: "a", count: 1_000_000)
    #expect(Spelling.nearest(to: long, in: Self.options) == nil)
  }
}
