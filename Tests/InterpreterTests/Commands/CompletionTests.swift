import Glibc
import TestSupport
import Testing

@testable import Interpreter

@Suite struct CompletionTests {
  private let session = TestSession().session

  /// The candidates where `|` marks the cursor.
  private func candidates(_ marked: String) -> [String] { completion(marked).map(\.text) }

  private func completion(_ marked: String) -> [Completion.Candidate] {
    let parts = marked.split(separator: "|", omittingEmptySubsequences: false)
    let data = [Completion.Candidate(text: "iris", suffix: "\"", help: "flowers")]
    return Completion(of: parts.joined(), at: parts[0].utf8.count, in: session, data: data)
      .candidates
  }

  /// The candidates with what follows them.
  private func words(_ marked: String) -> [String] {
    completion(marked).map { $0.text + $0.suffix }
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
    #expect(candidates("spectrum.s|").prefix(2) == ["shape", "size"])
    #expect(candidates("print spectrum.|").prefix(3) == ["T", "shape", "size"])
    #expect(candidates("forget spec|") == ["spectrum"])
    #expect(candidates("sq|").contains("sqrt"))
    #expect(candidates("2.|") == [])
  }

  @Test func wordsOfTheLanguage() {
    #expect(candidates("for i i|") == ["in"])
    #expect(candidates("if true { } el|") == ["else"])
    #expect(candidates("while true { br|") == ["break"])
    #expect(candidates("br|") == [])
    #expect(candidates("x = tru|") == ["trunc", "true"])
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
      let begin = found.candidates.count { $0.text.hasPrefix(typed) }
      #expect(begin == 0 || begin == found.candidates.count, "at \(cursor)")
      offered += found.candidates.count
    }
    #expect(offered > 20)
  }

  /// No text and no cursor is too strange, beginnings of the texts included.
  @Test(arguments: [
    "f(g(h(", "print \"{f(\"{g(x)}\")} {\"", "fn f(a, b=g(1) { x = f(", "é(“", "f(\\\n", "f)(",
    "[f(, ](",
    "\u{FEFF}sum(\r\naxis=1, ", "x = x = sum(", "vary loss=[hinge, [", "a.b.c[0].d(", "note \"~/",
    "-- - --",
    "fit 1 lr=-", "x[0](1).T.", "fn f(f=f) { f(f=f).", "a, a = a; a.a", "note \"/\"",
    "note \"//..//",
  ])
  func nothingTraps(entry: String) {
    for end in 0...entry.unicodeScalars.count {
      let text = String(String.UnicodeScalarView(entry.unicodeScalars.prefix(end)))
      let count = text.utf8.count
      for cursor in -2...count + 2 where end == entry.unicodeScalars.count || cursor >= count - 1 {
        let found = Completion(of: text, at: cursor, in: session)
        #expect(
          found.range.lowerBound >= min(cursor, 0) && found.range.upperBound <= max(cursor, 0))
        _ = CallSignature.text(of: text, at: cursor, in: session)
      }
    }
  }

  @Test func helpSaysDefaultAndRange() throws {
    let found = Completion(of: "fit 1 lr", at: 8, in: session)
    #expect(found.range == 6..<8)
    #expect(try #require(found.candidates.first).help == "0.001. Step size. Above 0.")
  }

  // MARK: Calls

  @Test func argumentsByName() {
    session.runEntry("fn weigh(x, reg=0.5, name=\"a, b\") { return x }")
    #expect(candidates("weigh(|").prefix(3) == ["x=", "reg=", "name="])
    #expect(candidates("weigh(1, r|").first == "reg=")
    #expect(candidates("weigh(1, reg=2, |").prefix(2).contains("reg=") == false)
    #expect(candidates("sum([1], |").prefix(2) == ["axis=", "keepdims="])
    #expect(candidates("x = 2 * sum([1], axis=0, k|") == ["keepdims="])
    #expect(candidates("print \"{sum([1], ax|") == ["axis="])
    #expect(candidates("zeros(sha|") == ["shape"])
    let help = completion("weigh(|").prefix(3).map(\.help)
    #expect(help == ["must be given", "0.5", "\"a, b\""])
    #expect(completion("sum([1], axis|").map(\.help) == ["none"])
    #expect(words("sum([1], axis|") == ["axis="])
    // A variable that hides a function, and a function that nobody knows.
    session.runEntry("sum = 3")
    #expect(candidates("sum(ax|") == [])
    #expect(candidates("nobody(ax|") == [])
  }

  @Test(arguments: [
    ("sum(|", "sum(x, axis=none, keepdims=false)"),
    ("max(sum([1]), |", "max(x, axis=none, keepdims=false)"),
    ("fn f(a, b=[1, 2]) { }\nx = f(1, |", "f(a, b=[1, 2])"), ("weigh(|", "weigh(x, reg=0.5)"),
    ("sum(1)|", nil), ("nobody(|", nil), ("fn f(sum) { sum(|", nil), ("fn f(a) { f(|", "f(a)"),
  ])
  func theCallAroundTheCursor(marked: String, text: String?) {
    session.runEntry("fn weigh(x, reg=0.5) { return x }")
    let before = marked.prefix { $0 != "|" }
    let entry = marked.replacing("|", with: "")
    #expect(CallSignature.text(of: entry, at: before.utf8.count, in: session) == text)
  }

  // MARK: What fits

  @Test func onlyWhatFitsTheOption() {
    session.runEntry("n = 3\nword = \"hinge\"\nflag = true\nv = [1, 2]\nfn f(x) { return x }")
    #expect(candidates("fit 1 loss=|") == ["hinge", "squared-hinge", "none"])
    #expect(candidates("fit 1 iters=|") == ["100", "n"])
    #expect(candidates("fit 1 verbose=|") == ["false", "true", "flag"])
    #expect(candidates("fit 1 class-weights=|") == ["v"])
    #expect(candidates("fit |").contains("n") && !candidates("fit |").contains("word"))
    #expect(!candidates("fit |").contains("f"))
    #expect(candidates("vary lr=|") == ["0.001", "n", "v"])
    #expect(candidates("m = 1; s = \"a\"; w = 2 * v\nfit 1 iters=|") == ["100", "m", "n"])
  }

  @Test func parameterTypes() {
    func takes(_ type: String, _ value: Value) -> Bool {
      var card = Signature.of(Toys.Fit.self).options[0]
      card.typeName = type
      return ParameterType(card).takes(value)
    }
    #expect(takes("number or matrix", .number(1)) && takes("number or matrix", .vector([1])))
    #expect(takes("list of words", .list([])) && !takes("list of words", .number(1)))
    #expect(takes("value", .bool(true)) && !takes("word", .bool(true)))
    #expect(takes("word or column name", .string("a")) && !takes("dataset or split", .vector([])))
  }

  @Test(arguments: [
    ("vary lr=", "0.001"), ("fit 1 iters=", "100"), ("x = 1\nvary lr=", "0.001"),
    ("sum(1, keepdims=", "false"), ("sum(exp(1), axis=", "none"),
    ("fn f(a, rate_2=0.5) { }\nf(1, rate_2=", "0.5"), ("vary lr=0", nil), ("vary lr", nil),
    ("fn f(a) { }\nf(a=", nil), ("x =", nil), ("sum(1, nobody=", nil), ("sum(1 ==", nil),
    ("", nil), ("=", nil), ("\"{sum(1, axis=", "none"),
  ])
  func usualValues(entry: String, usual: String?) {
    #expect(UsualValue.text(of: entry, at: entry.utf8.count, in: session) == usual)
  }

  // MARK: Names of the entry

  @Test func namesOfTheEntryItself() {
    #expect(candidates("fn f(weights, y) {\n  wei|") == ["weights"])
    #expect(candidates("fn f(weights, y) { }\nwei|").contains("weights") == false)
    #expect(words("fn weigh(a) { return weig|") == ["weigh("])
    #expect(candidates("for index, other in [1] {\n  x = 2 * ind|") == ["index"])
    #expect(candidates("gamma = 1\nprint \"{gam|") == ["gamma"])
    #expect(candidates("x = 1; y = 2; forget |").contains("y"))
    #expect(candidates("gamma = [1]\ngamma.sh|") == ["shape"])
    #expect(candidates("fn f(a=[1]) { a.sh|") == ["shape"])
    #expect(completion("gamma = [1]\ngam|").map(\.help) == ["vector"])
  }

  // MARK: Fields

  @Test(arguments: [
    "X.T.", "X.shape.", "(X + 1).", "(2 * X).", "(-X).", "(X > 0).", "(not X).", "X[0].",
    "X[:, 1].",
    "X[X[0] > 1].", "[1, 2].", "[[1], [2]].", "zeros(2).", "zeros(2).T.shape.", "(X @ y).",
    "items[1].", "(y == 1).", "Y = X * 2; Y.", "z = X; z = z + z; z.", "exp(X).", "maximum(0, X).",
    "sum(X, axis=0).", "randn(2, 3).",
  ])
  func fieldsOfArrays(expression: String) {
    session.runEntry("X = ones(2, 2); items = [\"a\", [1, 2], \"b\"]; y = [1, 2]")
    let found = candidates("\(expression)|")
    #expect(found.prefix(3) == ["T", "shape", "size"])
    #expect(found.contains("mean") && found.contains("argmax"))
  }

  @Test func methods() {
    session.runEntry("X = ones(2, 2); s = \"a\"; d = {\"k\": [1]}")
    #expect(candidates("X.me|") == ["mean"])
    #expect(candidates("X.T.cum|") == ["cumprod", "cumsum"])
    #expect(candidates("s.st|") == ["startswith", "strip"])
    #expect(candidates("d.|") == ["get", "items", "keys", "values"])
    #expect(candidates("{1: 2}.k|") == ["keys"])
  }

  @Test(arguments: [
    "X.size.", "(1 + 2).", "[\"a\"].", "(1 == 2).", "X[0, 0].", "y[0].", "(y @ y).",
    "nobody.",
    "items.", "items[9].", "sum(y).", "f(1).", "true.", "(y and y).", "(1, 2).",
    "q = q; q.", "exp(2).", "sum(X).", "randn().", "nobody(X).",
  ])
  func noFields(expression: String) {
    session.runEntry("X = ones(2, 2); items = [\"a\", [1, 2], \"b\"]; y = [1, 2]")
    #expect(candidates("\(expression)|") == [])
  }

  /// Names that are made of themselves, over and over.
  @Test func longChainsOfNamesAreQuick() {
    let lines = (0..<200).map { _ in "a = a + a" }.joined(separator: "\n")
    #expect(candidates("a = [1]\n\(lines)\na.|").prefix(3) == ["T", "shape", "size"])
  }

  // MARK: Strings

  @Test func dataByName() throws {
    let session = TestSession(commands: Toys.all + [Load.self]).session
    let data = [Completion.Candidate(text: "iris", suffix: "\"", help: "flowers")]
    func found(_ entry: String) -> [Completion.Candidate] {
      Completion(of: entry, at: entry.utf8.count, in: session, data: data).candidates
    }
    #expect(found("load \"ir") == data)
    #expect(found("x = load \"").first == data[0])
    #expect(found("load \"/ir").contains(data[0]) == false)
    #expect(found("note \"iri") == [])
  }

  private struct Load: Toy {
    static let name = "load"
    static let summary = "Read."
    @Operand("The path.") var path: String
    func run(in session: Session) throws -> Output { Output() }
  }

  @Test func linksToFoldersAreFolders() throws {
    let folder = try TemporaryFolder()
    #expect(mkdir("\(folder.path)/real", 0o700) == 0)
    #expect(symlink("\(folder.path)/real", "\(folder.path)/link") == 0)
    #expect(symlink("\(folder.path)/nothing", "\(folder.path)/loose") == 0)
    #expect(words("note \"\(folder.path)/|") == ["link/", "loose\"", "real/"])
  }

  // MARK: Words of verbs

  @Test func topicsAndStatements() {
    let helped = TestSession(commands: Toys.all + [Explain.self]).session
    helped.runEntry("my_loss = 1")
    for (word, meant) in [("fi", "fit"), ("my", "my_loss"), ("expe", "expect"), ("sqr", "sqrt")] {
      let found = Completion(of: "help \(word)", at: 5 + word.count, in: helped).candidates
      #expect(found.map(\.text) == [meant])
    }
    #expect(words("timeit fi|") == ["fit "])
    #expect(words("t = timeit repeat=2 fi|") == ["fit "])
  }

  private struct Explain: Toy {
    static let name = "help"
    static let summary = "Explain."
    @Operand("What.") var topic: Word?
    func run(in session: Session) throws -> Output { Output() }
  }

  @Test func functionsAsOperands() {
    let session = TestSession(commands: [Check.self]).session
    session.runEntry("fn my_loss(W) { return 1 }\nother = 2")
    func words(_ entry: String) -> [String] {
      Completion(of: entry, at: entry.utf8.count, in: session).candidates.map {
        $0.text + $0.suffix
      }
    }
    #expect(words("check my_l") == ["my_loss "])
    #expect(words("check sqr") == ["sqrt "])
    #expect(words("check oth") == [])
    #expect(words("look my_l") == [])
  }

  private struct Check: Toy {
    static let name = "check"
    static let summary = "Check."
    @Operand("The function.") var function: FunctionArgument
    func run(in session: Session) throws -> Output { Output() }
  }

  // MARK: Near misses

  @Test func partsAndNearMisses() {
    session.runEntry("svm_loss = 1; score_loss = 2; learning_rate = 3; Alpha = 4")
    #expect(candidates("x = svl|") == ["svm_loss"])
    #expect(candidates("x = los|") == ["score_loss", "svm_loss"])
    #expect(candidates("x = svm|") == ["svm_loss"])
    #expect(candidates("x = alp|") == ["Alpha"])
    #expect(candidates("x = lr|") == ["learning_rate"])
    #expect(candidates("x = lerning_rate|") == ["learning_rate"])
    #expect(candidates("fit 1 itres|") == ["iters="])
    #expect(candidates("fit 1 loss=sqared-hinge|") == ["squared-hinge"])
    #expect(candidates("fti|") == ["fit"])
    #expect(candidates("x = zzzzzz|") == [])
    let entry = "x = 1 + lerning_rate"
    #expect(Completion(of: entry, at: entry.utf8.count, in: session).range == 8..<20)
  }

  /// Names of many parts take no longer.
  @Test func manyPartsAreQuick() {
    let name = (0..<60).map { _ in "a" }.joined(separator: "_")
    session.runEntry("\(name) = 1")
    #expect(candidates("x = aaaaaaaaaaaaaaaaaaaaaaaaab|") == [])
  }
}
