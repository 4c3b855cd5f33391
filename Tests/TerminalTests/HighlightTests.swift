import Commands
import Interpreter
import LineEditor
import Testing

@testable import svmrepl

/// Which words of an entry get which color.
@Suite struct HighlightTests {
  private let session: Session

  init() {
    session = Session(catalog: CommandCatalog.standard)
    session.runEntry("d = 1; m = 2; x = 3; a = 4; bias = 5; fn f(train_at=1) { return 1 }")
  }

  private func marks(_ entry: String, at cursor: Int = -1) -> [String] {
    let bytes = Array(entry.utf8)
    return EntryHighlights(of: entry, at: cursor, in: session).all.map {
      "\($0.style):\(String(decoding: bytes[$0.range], as: UTF8.self))"
    }
  }

  @Test func words() {
    #expect(
      marks("m = train d.train lr=1e-7 class-weights=balanced # fast")
        == ["verb:train", "option:lr", "number:1e-7", "option:class-weights", "comment:# fast"])
    #expect(marks("add-bias d; x - bias") == ["verb:add-bias"])
    #expect(marks("return train d") == ["keyword:return", "verb:train"])
    #expect(
      marks("for i in x { load \"a\" }") == [
        "keyword:for", "keyword:in", "verb:load", "string:\"a\"",
      ])
    #expect(marks("f(train_at=1)") == ["number:1"])
    #expect(marks("x = m.train") == [])
    #expect(marks("a == 1") == ["number:1"])
    #expect(
      marks("timeit repeat=3 train d") == [
        "verb:timeit", "option:repeat", "number:3", "verb:train",
      ])
    #expect(marks("x = (1 +\nload \"a\"") == ["number:1", "verb:load", "string:\"a\""])
    #expect(marks("train d lr=") == ["verb:train", "option:lr"])
  }

  @Test func aVerbThatNobodyKnows() {
    #expect(marks("trian d") == ["unknown:trian"])
    #expect(marks("trian", at: 5) == [])
    #expect(marks("x = 1\nlaod \"a\"") == ["number:1", "unknown:laod", "string:\"a\""])
  }

  private var language: EditorLanguage {
    EditorLanguage(session: session, shell: Shell(mode: nil, report: { _ in }))
  }

  /// A word that nothing is known of, unless it is still being typed.
  @Test(arguments: [
    ("train d itres=5", "itres"), ("train d solver=duall", "duall"), ("x = nobody + 1", "nobody"),
    ("f(1, rge=2)", "rge"), ("sum([1], axs=0)", "axs"), ("print \"{nobody} {x}\"", "nobody"),
    ("fn g(p) { q = p; return q + r }", "r"), ("fn g(p) { }\ng(q=1)", "q"),
    ("forget nobody", "nobody"),
    ("train nobody", "nobody"), ("tune d loss=[hinge, hing]", "hing"), ("x[nobody] = 1", "nobody"),
    ("timeit x = nobody", "nobody"), ("for i in [i, nobody] { }", "nobody"),
    ("expect x == nobody", "nobody"), ("while not nobody { }", "nobody"),
    ("y = nobody(1)", "nobody"),
    ("load \"iris\" label=nobody", "nobody"),
  ])
  func nothingIsKnownOf(entry: String, word: String) {
    #expect(marks(entry).filter { $0.hasPrefix("unknown:") } == ["unknown:\(word)"])
    let range = entry.utf8.count
    for cursor in 0...range where !marks(entry, at: cursor).contains("unknown:\(word)") {
      let text = Array(entry.utf8)
      let around = max(cursor - word.utf8.count, 0)..<min(cursor + word.utf8.count, range)
      #expect(String(decoding: text[around], as: UTF8.self).contains(word))
    }
  }

  @Test(arguments: [
    "y = 1; z = y", "fn g(p, q=1) { for i in p { s = q }; return s + i }",
    "train d solver=dual lr=x",
    "train d loss=a", "x.anything", "f(train_at=2)", "run \"a.svm\"\nx = made", "y = _",
    "help trian",
    "d.train[0:2]", "x = inf + nan", "a = nobody +", "y(z=1) = 2",
    "tune d lr=[1, x] loss=[hinge, none]",
    "set canvas=braille", "load \"iris\" label=first", "f = x; f(z=1)", "describe f",
  ])
  func everythingIsKnownOf(entry: String) {
    #expect(marks(entry).filter { $0.hasPrefix("unknown:") } == [])
  }

  /// While a statement in the middle is changed, its names are not lost.
  @Test func namesOfUnreadStatements() {
    for first in ["y = (1 +", "y, w = f(", "y = 1 1", "for y in ("] {
      #expect(
        marks("\(first)\nx = nobody + y", at: first.utf8.count).contains("unknown:y") == false)
    }
    #expect(marks("y = 1 1\nx = nobody + y").contains("unknown:nobody"))
  }

  /// The prompt's own words are not in the language.
  @Test func wordsOfThePrompt() {
    for entry in ["ls -l Sources", "pwd", "exit", "!nobody (x)", "cd Sources"] {
      #expect(language.assistance.highlights(entry, 0) == [])
      #expect(language.assistance.signature(entry, 0) == nil)
    }
    #expect(language.assistance.highlights("nobody\nexit", 20).isEmpty == false)
    #expect(language.assistance.signature("sum(", 4) == "sum(x, axis=none, keepdims=false)")
  }

  @Test func codeInStrings() {
    #expect(
      marks("print \"a {x + 1:.2f} b\"")
        == ["verb:print", "string:\"a {", "number:1", "string::.2f} b\""])
    #expect(
      marks("print \"{f(\"{2}\")}\"") == [
        "verb:print", "string:\"{", "string:\"{", "number:2", "string:}\"", "string:}\"",
      ])
    #expect(marks("print \"{true}{{3}}\"").contains("keyword:true"))
    #expect(!marks("print \"{true}{{3}}\"").contains("number:3"))
  }

  @Test(arguments: [
    ("f((x))", 1, [1, 5]), ("f((x))", 2, [1, 5]), ("f((x))", 3, [2, 4]), ("f((x))", 4, [2, 4]),
    ("f((x))", 6, [1, 5]), ("f((x))", 0, []), ("f((x)", 1, []), ("f((x)", 5, [2, 4]),
    ("if a {\n x[0]\n}", 5, [5, 13]), ("f(\"{(x)}\")", 4, [4, 6]), ("(]", 0, []), ("(x", -5, []),
    ("\"(\" + (x)", 1, []), ("()", 99, []), ("(1) # )", 3, [0, 2]),
  ])
  func bracketsAtTheCursor(entry: String, cursor: Int, places: [Int]) {
    let found = EntryHighlights(of: entry, at: cursor, in: session).all
    #expect(found.filter { $0.style == .bracket }.map(\.range.lowerBound) == places)
  }

  @Test func wordsAfterAQuestionMark() {
    let found = language.completions("?trai", at: 5)
    #expect(found.range == 1..<5)
    #expect(found.candidates.map(\.text) == ["train"])
    #expect(language.completions("?", at: 0).range == 0..<0)
    #expect(language.completions("help tra", at: 8).range == 5..<8)
    for cursor in 0...9 { _ = language.completions("??? a?é b", at: cursor) }
  }

  /// The words that Tab offers, with what follows them.
  private func words(_ entry: String) -> [String] {
    language.completions(entry, at: entry.utf8.count).candidates.map { $0.text + $0.suffix }
  }

  @Test func wordsForTheRealVerbs() {
    session.runEntry("forget d m x a bias f")
    session.runEntry("d = load \"iris\"; s = split d train=100 test=50")
    session.runEntry("m = train s.train iters=2; n = 3; fn my_loss(W) { return 1, W }")
    #expect(words("train ").filter { !$0.hasSuffix("=") } == ["d", "s."])
    #expect(words("train s.te") == ["test"])
    #expect(words("evaluate m on=") == ["d", "s."])
    #expect(words("evaluate ").filter { !$0.hasSuffix("=") } == ["m"])
    #expect(words("center ").filter { !$0.hasSuffix("=") } == ["d", "s"])
    #expect(words("gradcheck my_l") == ["my_loss "])
    #expect(words("describe my_l") == ["my_loss"])
    #expect(words("fn own_loss() { describe own") == ["own_loss"])
    #expect(words("train d solver=du") == ["dual "])
    #expect(!words("train d solver=").contains("n"))
    #expect(words("train d iters=").filter { $0.count < 3 } == ["d.", "m.", "n", "s."])
    #expect(
      words("s.train.") == ["X", "y", "n", "d", "k", "classes", "columns", "image_shape", "mean"])
    #expect(words("m.history.l") == ["loss"])
    #expect(words("d[0:5].X.T.").prefix(3) == ["T", "shape", "size"])
    #expect(words("svm_loss(m.W, d, del") == ["delta="])
  }

  /// All that is bundled, and nothing else.
  @Test func bundledDataByName() {
    let found = language.completions("load \"", at: 6).candidates.filter { !$0.help.isEmpty }
    let load = session.catalog.signature(named: "load")?.discussion ?? ""
    let names = load.prefix { $0 != "." }.split(separator: " ").suffix(found.count)
    #expect(found.map(\.text) == names.map(String.init))
    #expect(load.contains("bundled dataset: \(found.map(\.text).joined(separator: " "))."))
  }

  /// In order, within the entry and apart, whatever is typed and wherever the cursor is.
  @Test func placesAreRight() {
    for entry in [
      "", " ", "\"half", "\"\"\"raw", "x = (", "-", "a-", "a-b-", "日本 = 1", "= =", "return",
      "add-bias if-b=1 (", "print \"{a-b", "print \"{a} {\" } {b:}\"", "f(g(], )", "fn f(x { }",
      "train d loss=[a, [b", "print \"{\"{\"{x}\"}\"}\"", "\u{FEFF}x\r\n(y)",
    ] {
      for cursor in -1...entry.utf8.count + 1 {
        var end = 0
        for highlight in EntryHighlights(of: entry, at: cursor, in: session).all {
          #expect(highlight.range.lowerBound >= end)
          end = highlight.range.upperBound
        }
        #expect(end <= entry.utf8.count)
      }
    }
  }
}
