import Testing

@testable import Language

@Suite struct ParserTests {
  /// language.md: `or` · `and` · `not` · comparisons · `+ -` · `* / // % @` · unary · `**` · postfix.
  @Test(arguments: [
    ("a or b and c", "a or (b and c)"), ("not a and b", "(not a) and b"),
    ("not a == b", "not (a == b)"), ("a < b + c", "a < (b + c)"), ("a + b * c", "a + (b * c)"),
    ("a - b - c", "(a - b) - c"), ("a / b * c", "(a / b) * c"), ("a @ b + c", "(a @ b) + c"),
    ("a // b % c", "(a // b) % c"), ("-a ** 2", "-(a ** 2)"), ("a ** -b", "a ** (-b)"),
    ("a ** b ** c", "a ** (b ** c)"), ("-a * b", "(-a) * b"), ("a.T @ b", "(a.T) @ b"),
    ("-a[0]", "-(a[0])"), ("f(x).y[1]", "((f(x)).y)[1]"), ("a or b or c", "(a or b) or c"),
    ("not not a", "not (not a)"), ("a == b and c != d", "(a == b) and (c != d)"),
  ])
  func precedence(text: String, meaning: String) {
    let tree = bracketed(text)
    #expect(!tree.hasPrefix("error"), "\(tree)")
    #expect(tree == bracketed(meaning), "\(text)")
  }

  @Test func otherBracketsAreAnotherTree() {
    #expect(bracketed("(a + b) * c") != bracketed("a + b * c"))
    #expect(bracketed("(-a) ** 2") != bracketed("-a ** 2"))
  }

  @Test(arguments: [
    "x = 1", "x, y = 1, 2", "W[0:5, :] += 1", "W[::-1]", "W[1:, ::2]", "x[[0, 2]] = 3", "a.b.c",
    "f(1, k=2)", "x = [\n1,\n2\n]", "x = (1 +\n2)", "x = 1 + \\\n2", "a; b; c", "x = 1;",
    "if a { b } else if c { d } else { e }", "for i, x in enumerate(v) { print i x }",
    "while true { break }", "fn f(a, b=2) { return a, b }", "fn f() { }", "param n = -3",
    "param s = \"a\"", "expect a ~= b within=1e-6 \"near\"", "expect x > 1 points=2",
    "timeit repeat=10 f(x)", "print", "print \"a\" x", "print(a, b)", "forget a b",
    "train d.train lr=1e-7 reg=2.5e4", "m = train d loss=squared-hinge penalty=none",
    "tune d val=v loss=[hinge, squared-hinge] lr=(2 * base)", "load \"iris\"",
    "gradcheck f at = W on = d",
    "plot-ascii m.history", "t = timeit train d", "fn f(d) { return train d }", "seed 231", "vars",
    "## # Title\n## prose\nx = 1", "# %% cell\nx\n#> 1\n#~ skip", "m.history", "x = m.train",
    "answer \"q\" \"\"\"two\nlines\"\"\"", "\u{FEFF}x = 1\r\ny = 2\r\n",
  ])
  func rightText(_ text: String) {
    let result = parsed(text)
    #expect(result.diagnostics.isEmpty, "\(text): \(result.diagnostics.map(\.message))")
    #expect(!result.isIncomplete)
  }

  @Test func theAssignmentIsRight() throws {
    let result = Parser.parse(Source(bytes: try assignment(), name: "cs231n_svm.svm"), verbs: verbs)
    #expect(result.diagnostics.isEmpty)
    #expect(result.script.statements.count >= 40)
  }

  /// Where each error stands, and what it says.
  @Test(arguments: [
    ("x = ⟦*⟧ 2", ""), ("1 < 2 ⟦<⟧ 3", "and"), ("⟦train⟧ = 3", "train"),
    ("print ⟦f (x)⟧", "two ways"),
    ("print ⟦a -3⟧", "two ways"), ("train d lr=⟦2*base⟧", ""), ("print ⟦a-b⟧", ""),
    ("train d lr=1 ⟦lr⟧=2", "twice"), ("⟦train(⟧d)", ""), ("x = \"⟦{⟧1 +\"", ""),
    ("⟦break⟧", "loop"), ("⟦return⟧ 1", "function"), ("if a { ⟦fn⟧ f() { } }", "top level"),
    ("fn ⟦train⟧(x) { }", "train"), ("param n = ⟦f(1)⟧", "literal"), ("x = ⟦]⟧", ""), ("⟦}⟧", ""),
    ("x = 1 ⟦2⟧", ""), ("for ⟦1⟧ in x { }", ""), ("⟦_⟧ = 3", "_"), ("fn f(a, ⟦a⟧) { }", "a"),
    ("⟦f(x)⟧ = 2", ""),
  ])
  func errors(marked: String, says: String) {
    let expected = Marked(marked)
    let result = parsed(expected.text)
    guard let first = result.diagnostics.first else {
      Issue.record("\(expected.text) is no error")
      return
    }
    let text = [first.message, first.help ?? ""].joined(separator: "\n")
    #expect(says.isEmpty || text.contains(says), "\(expected.text): \(text)")
    if let span = first.span {
      let overlaps = span.lower <= expected.span.upper && span.upper >= expected.span.lower
      #expect(overlaps, "\(expected.text): \(span) and not \(expected.span): \(first.message)")
    } else {
      Issue.record("\(expected.text): no place")
    }
    #expect(!result.isIncomplete, "\(expected.text)")
  }

  @Test func severalErrorsComeTogether() {
    let result = parsed("x = * 2\ny = 3\nz = ) 4\nw = 1 < 2 < 3\n")
    #expect(result.diagnostics.count == 3)
    let source = Source("x = * 2\ny = 3\nz = ) 4\nw = 1 < 2 < 3\n", name: "")
    #expect(
      result.diagnostics.compactMap { $0.span.map { source.line(at: $0.lower) } } == [1, 3, 4])
  }

  @Test(arguments: [
    "x = (1 + 2", "x = [1,", "if a {", "if a {\n x = 1", "fn f(a) {", "for x in v {", "while a {",
    "x = \"\"\"text", "x = 1 + \\", "if a { b } else {", "train d lr=(", "x = [\n1,\n2,",
  ])
  func moreIsToCome(_ text: String) {
    #expect(parsed(text).isIncomplete, "\(text)")
    #expect(!parsed(text).diagnostics.isEmpty, "a script that ends here is wrong: \(text)")
  }

  @Test(arguments: [
    "x = ) (", "x = 1 +", "x = \"half", "1 < 2 < 3 (", "x = * (", "fn train(", "}{",
  ])
  func moreDoesNotMend(_ text: String) {
    #expect(!parsed(text).isIncomplete, "\(text)")
    #expect(!parsed(text).diagnostics.isEmpty)
  }

  // MARK: Whatever comes

  @Test(arguments: ["(", "[", "{ ", "-", "not ", "if a { ", "f(", "x[", "\"{", "2 ** "])
  func deepNestingIsRefused(_ piece: String) {
    let text = "x = " + String(repeating: piece, count: 10_000)
    #expect(!parsed(text).diagnostics.isEmpty)
    #expect(!parsed(String(repeating: piece, count: 10_000)).diagnostics.isEmpty)
  }

  private func checkPlaces(_ bytes: [UInt8]) {
    let source = Source(bytes: bytes, name: "fuzz.svm")
    let result = Parser.parse(source, verbs: verbs)
    for diagnostic in result.diagnostics {
      if let span = diagnostic.span {
        #expect(span.lower >= 0 && span.upper <= bytes.count && span.lower <= span.upper)
      }
      #expect(diagnostic.rendered(color: false).hasPrefix("error: "))
    }
  }

  @Test func mutatedTextIsReadToItsEnd() throws {
    let original = try assignment()
    var random = SeededNumbers(state: 7)
    let spice = Array("()[]{}\"\\#=+-*,.:;\n\0".utf8) + [0xFF, 0xC3, 0xE2]
    for _ in 0..<400 {
      let start = Int.random(in: 0..<original.count - 200, using: &random)
      var bytes = Array(original[start..<start + Int.random(in: 1..<200, using: &random)])
      for _ in 0..<Int.random(in: 1..<5, using: &random) where !bytes.isEmpty {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.remove(at: at)
        case 1: bytes.insert(spice.randomElement(using: &random) ?? 0, at: at)
        case 2: bytes[at] = spice.randomElement(using: &random) ?? 0
        default: bytes.insert(contentsOf: bytes[at...].prefix(9), at: at)
        }
      }
      checkPlaces(bytes)
    }
  }

  @Test func everyBeginningIsRead() throws {
    let text = try assignment()
    for end in stride(from: 0, to: text.count, by: 37) { checkPlaces(Array(text[..<end])) }
  }
}
