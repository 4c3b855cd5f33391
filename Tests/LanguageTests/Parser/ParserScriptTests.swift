import Foundation
import Testing

@testable import Language

/// The folder of the product's walkthroughs.
private let walkthroughs = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in
  url.deletingLastPathComponent()
}.appending(path: "scripts/walkthroughs")

/// The text of a walkthrough of the product.
func walkthrough(_ name: String) throws -> String {
  try String(contentsOf: walkthroughs.appending(path: name), encoding: .utf8)
}

@Suite struct ParserScriptTests {
  /// The names of all walkthroughs.
  private static let names =
    ((try? FileManager.default.contentsOfDirectory(
      atPath: walkthroughs.path)) ?? []).filter { $0.hasSuffix(".svm") }.sorted()

  @Test(arguments: names) func walkthroughIsRead(name: String) throws {
    let text = try walkthrough(name)
    let result = parse(text)
    #expect(result.diagnostics == [])
    #expect(!result.isIncomplete)
    #expect(result.script.statements.count > 10)
    // One convention for all: a title first, results below their statements, and no mistake among
    // them, which `check` would take for what is meant.
    #expect(text.hasPrefix("#!/usr/bin/env svmrepl\n## # "))
    #expect(text.contains("\n#> "))
    #expect(!text.contains("\n#> error: "))
  }

  /// The page beside the walkthroughs has each once, and nothing else.
  @Test func theIndexOfWalkthroughsIsWhole() throws {
    #expect(Self.names.count > 15)
    let page = try walkthrough("README.md")
    let listed = page.matches(of: /^- \[(\S+)\]\((\S+)\): \S/.anchorsMatchLineEndings())
    #expect(listed.allSatisfy { $0.1 == $0.2 })
    #expect(listed.map { String($0.1) }.sorted() == Self.names)
  }

  /// One line of each kind that the language has.
  @Test(
    arguments: [
      "b = a; b[0] = 1",
      "penalty = 1; train d penalty=none loss=[hinge, squared-hinge] lr=(2 * base)",
      "describe W[0:5, :]; describe accuracy(m, d.val)",
      "x = [49_000, 2.5e4, 1e-7, .5, inf, nan]",
      "x = \"text {loss:.6f}\\n\"",
      "x = [\"a\", 1, true]; y = [[1, 2], [3, 4]]; z = []",
      "loss, dW = f(x)",
      "S[range(n), y] = 0",
      "if a { } else if b { } else { }",
      "for i, x in enumerate(values) { continue }",
      "while true { break }",
      "timeit repeat=10 f(x); param a = 1; forget a b; print(a, b); expect a ~= b within=1e-6",
    ])
  func exampleIsRead(text: String) {
    #expect(messages(text) == [])
  }

  @Test func itemsInOrder() {
    let result = parse(
      """
      ## # Title
      ## second line
      ##third
      a = 1
      #> one
      #>  two

      ## alone
      # %% The cell
      #~ within=1e-3
      #~ ignore
      b;
      #> three
      # plain
      c
      """)
    #expect(result.diagnostics == [])
    let items = result.script.items.map { item in
      switch item {
      case .prose(let text, _): return "prose \(text)"
      case .cell(let title, _): return "cell \(title)"
      case .statement(let statement):
        return
          "\(tree(statement.statement)) \(statement.isSilent) \(statement.recorded ?? ["-"]) "
          + "\(statement.comparison)"
      }
    }
    #expect(
      items == [
        "prose # Title\nsecond line\nthird",
        #"a = 1.0 false ["one", " two"] []"#,
        "prose alone",
        "cell The cell",
        #"b true ["three"] ["within=1e-3", "ignore"]"#,
        #"c false ["-"] []"#,
      ])
  }

  @Test func emptyOutputIsRecordedToo() {
    #expect(parse("a\n#>").script.statements.first?.recorded == [""])
    #expect(parse("a").script.statements.first?.recorded == nil)
  }

  @Test func recordedOutputHasItsPlace() throws {
    let text = "a\n#> x\n#> y\nb"
    let span = try #require(parse(text).script.statements.first?.recordedSpan)
    #expect(Source(text, name: "t").text(in: span) == "#> x\n#> y")
  }

  @Test func onlyTheStartOfALineMakesAMark() {
    let items = parse("a ## b\n  ## c\nfn f() {\n## d\n# %% e\n}\n").script.items
    #expect(items.count == 2)
  }

  @Test func semicolonAtTheLineEndIsSilent() {
    let silent = parse("a; b\nc;\nd; # e\nf;").script.statements.map(\.isSilent)
    #expect(silent == [false, false, true, true, true])
  }

  @Test func statementSpansAreTheirText() {
    let text = "a = 1;  b[0] = f(\n2)\nif c {\n d }\ntrain d lr=1 # x\n"
    let source = Source(text, name: "t")
    let found = parse(text).script.statements.map { source.text(in: $0.statement.span) }
    #expect(found == ["a = 1", "b[0] = f(\n2)", "if c {\n d }", "train d lr=1"])
  }

  // MARK: - Several errors, and what is read after one

  @Test func errorsComeTogether() {
    let result = parse(
      """
      x = 2x
      y = (1
      z = 3
      train d lr=1 lr=2
      if a = b { c = ; d = 1 }
      w = 4
      print f (x); v = 5
      "abc
      u = 6
      """)
    let lines = result.diagnostics.map { diagnostic in
      diagnostic.source.flatMap { source in diagnostic.span.map { source.line(at: $0.lower) } }
    }
    #expect(lines == [1, 2, 4, 5, 5, 7, 8])
    #expect(!result.isIncomplete)
    let read = result.script.statements.map { tree($0.statement) }
    for statement in ["z = 3.0", "w = 4.0", "v = 5.0", "u = 6.0"] {
      #expect(read.contains(statement), "\(read)")
    }
  }

  /// Each of these is one error, and the statement after it is read.
  @Test(
    arguments: [
      "x = )", "x = (1 2)", "x = [1, 2", "x = f(1,", "x = 1 +", "x = = 1", "train d, e",
      "print f (x)", "if a { b", "fn f( { x }", "fn f { x }", "for i { x }", "if { x }",
      "while a b { x }", "x = \"abc", "x = $", "forget 1", "param x", "expect", "a.b = 1",
      "if a\n{ x }", "if a { x }\nelse { y }", "x = [1; 2]", "x = (1]", "else { x }", "}",
      "def f(x) { y }", "x = 1 y = 2", "x.", "x[", "x[0", "x = f(1, g(2,", "x = f(1 2,\n3, [4\n])",
      "x = (2 3\n+ 4)", "train d lr=(2 3\n)", "x = a < b < c", "break",
      "return 1",
      "print a -3", "load/a", "m = train(d)", "x = \"{\"", "x = \"{a b}\"", "x = \"\\q\"",
    ])
  func nextStatementIsRead(text: String) {
    let closed = text.contains("{ b") ? "\n}" : ""
    let result = parse("before = 1\n\(text)\nload \"after\"\(closed)\nlast = 2\n")
    #expect(result.diagnostics.count >= (closed.isEmpty ? 1 : 0))
    #expect(result.diagnostics.count <= 1, "\(result.diagnostics.map(\.message))")
    let read = result.script.statements.map { tree($0.statement) }
    #expect(read.first == "before = 1.0")
    #expect(read.last == "last = 2.0")
    #expect(read.contains { $0.contains("load \"'after'\"") })
  }

  @Test func errorsInsideABlockLeaveTheBlock() {
    let result = parse("fn f(x) {\n  a = \n  b = )\n  return 1\n}\nc = 2")
    #expect(result.diagnostics.count == 2)
    #expect(result.script.statements.map { tree($0.statement) }.last == "c = 2.0")
  }

  @Test func errorsInOrderOfTheText() {
    let found = parse("x = “a”\ny = )\nz = 2x\n").diagnostics.compactMap { $0.span?.lower }
    #expect(found.count == 3)
    #expect(found == found.sorted())
  }

  @Test func notMoreThanAPersonReads() {
    #expect(parse(String(repeating: "x = )\n", count: 1000)).diagnostics.count == 20)
  }

  // MARK: - Incomplete input

  @Test(
    arguments: [
      "f(", "f(1,", "f(1", "x = [1,\n2", "x = (", "x[", "x[0:", "print (a", "train d lr=[1,",
      "train d lr=(2 *", "describe f(", "print(", "print(a,", "forget(a",
      "if a {", "if a {\n", "if a { b", "if a {\nb\n", "if a { } else {", "if a { } else if b {",
      "for i in v {", "while a {", "fn f(", "fn f(a,", "fn f() {", "fn f() {\nreturn 1",
      "fn f() { for i in v { if a { f(", "fn f() {\n  x = [1,\n", "fn f() {\n # comment",
      "x = \"\"\"", "x = \"\"\"a\nb\n", "answer \"q\" \"\"\"", "f(\"\"\"",
      "x = 1 + \\", "x = 1 + \\\n", "x = 1 \\  ", "train d \\", "timeit for i in v {",
      "timeit repeat=(", "expect (a", "param a = [1,", "if (a", "if a and (b\n",
      "x = 1; f(", "a\nb\nfn f() {", "[", "(((",
    ])
  func moreIsToCome(text: String) {
    let result = parse(text)
    #expect(result.isIncomplete)
    // What is missing is said too, for a file that ends here.
    #expect(result.diagnostics.count == 1)
    // A comment or an empty line changes nothing inside brackets and blocks.
    if !text.contains("\"\"\"") && !text.contains("\\") && !text.contains("#") {
      #expect(parse(text + "\n").isIncomplete)
      #expect(parse(text + " # comment\n\n").isIncomplete)
    }
  }

  @Test(
    arguments: [
      "", "x", "x = 1", "if a { }", "fn f() {\n}", "x = \"\"\"a\"\"\"", "# (", "## {", "x = \"(\"",
      "a;", "#> (",
    ])
  func nothingIsMissing(text: String) {
    #expect(parse(text).diagnostics == [])
    #expect(!parse(text).isIncomplete)
  }

  @Test(
    arguments: [
      "f(1 2", "f(]", "x = )", "if a { b = ) ", "f(2x", "x = 2x + (", "x = (1 +* ", "fn 1() {",
      "if = {", "}", "x = \"abc", "x = 1 +", "x = ", "if a", "fn f", "for i in", "x = $ + (",
      "train = (", "train(d", "return (", "x = “a” + [", "if a {\nx = )",
      "x = \"{f(\"", "{ x", "if a { fn f() {", "x = “", "f(a b c", "x = \\ y (", "param a",
    ])
  func moreTextMendsNothing(text: String) {
    let result = parse(text)
    #expect(!result.isIncomplete, "\(result.diagnostics.map(\.message))")
    #expect(!result.diagnostics.isEmpty)
  }
}
