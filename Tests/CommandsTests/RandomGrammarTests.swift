import Interpreter
import LinearAlgebra
import TestSupport
import Testing

@testable import Commands

/// Random programs over the whole grammar and all functions, most of them wrong: each ends with a
/// status, and none with a trap. Those that compute something right are in `RandomProgramTests`.
@Suite(.serialized) struct RandomGrammarTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func nothingTraps(seed: UInt64) {
    var writer = ProgramWriter(SeededNumbers(seed: seed))
    var finished = 0
    for _ in 0..<500 {
      let session = TestSession()
      session.run(ProgramWriter.setup)
      // A program that goes on for long is stopped.
      Interruption.request(afterLooks: 20_000)
      let run = session.run(writer.program(statements: 6), keepGoing: true)
      Interruption.clear()
      #expect([0, 1, 2, 3, 4, 130].contains(run.status))
      if run.status == 0 || run.status == 3 { finished += 1 }
      // The session is as good as before.
      #expect(session.run("1 + 1").text == "2")
    }
    // Most of them pass the parser.
    #expect(finished > 300)
  }
}

/// Writes programs by the grammar.
private struct ProgramWriter {
  static let setup = """
    x = [1, 2, 3]
    y = 2
    d = {"a": [1, 2], "b": "c"}
    l = [1, "a", [2]]
    A = [[1, 2], [3, 4]]
    m = x > 1
    f = fn(u) => u
    data = synth blobs n=12 d=2 classes=3 seed=1;
    """

  private static let names = ["x", "y", "d", "l", "A"]
  private static let values =
    names + [
      "m", "f", "data", "1", "-2", "0.5", "\"a\"", "true", "none", "[1, 2]", "[[1, 2], [3, 4]]",
      "[\"a\", \"b\"]", "{\"a\": 1}", "{}", "(1, 2)", "inf", "nan", "[]", "{(1, \"a\"): [1]}",
      "fn(q) => q", "range(3)", "zeros((2, 0))", "pi",
    ]
  private static let operators = [
    "+", "-", "*", "/", "//", "%", "**", "@", "==", "!=", "<", "<=", ">", ">=", "and", "or", "in",
    "not in",
  ]
  /// All functions but those that read and write files, and shapes that may be of any size.
  private static let functions = CommandCatalog.standard.functions.map(\.name)
    .filter { !["savetxt", "save_npy", "loadtxt", "load_npy"].contains($0) }
  private static let methods = [
    "mean", "sum", "max", "argmax", "reshape", "round", "keys", "values", "items", "get", "split",
    "join", "strip", "upper", "replace", "sort", "append", "flatten", "dot", "clip", "T", "nothing",
  ]

  private var numbers: SeededNumbers

  init(_ numbers: SeededNumbers) { self.numbers = numbers }

  mutating func program(statements: Int) -> String {
    (0..<statements).map { _ in statement(depth: 0) }.joined(separator: "\n")
  }

  private mutating func any(_ texts: [String]) -> String {
    texts[Int.random(in: 0..<texts.count, using: &numbers)]
  }

  private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &numbers) }

  private mutating func several(_ most: Int, _ depth: Int) -> String {
    (0..<below(most + 1)).map { _ in expression(depth: depth) }.joined(separator: ", ")
  }

  private mutating func expression(depth: Int) -> String {
    if depth > 3 || below(10) < 3 { return any(Self.values) }
    let next = depth + 1
    func part(_ writer: inout ProgramWriter) -> String { writer.expression(depth: next) }
    switch below(13) {
    case 0, 1: return "(\(part(&self)) \(any(Self.operators)) \(part(&self)))"
    case 2, 3: return "\(any(Self.functions))(\(several(3, next)))"
    case 4: return "\(any(Self.names))[\(part(&self))]"
    case 5: return "\(any(Self.names))[\(part(&self)):\(part(&self)), \(part(&self))]"
    case 6: return "\(any(Self.names)).\(any(Self.methods))(\(several(2, next)))"
    case 7:
      let target = any(["q", "q, r", "(q, r)", "q, (r, s)"])
      let condition = below(2) == 0 ? "" : " if \(part(&self))"
      return "[\(part(&self)) for \(target) in \(part(&self))\(condition)]"
    case 8: return "(fn(q, r=\(part(&self))) => \(part(&self)))(\(part(&self)))"
    case 9: return any(["-", "not ", "+"]) + part(&self)
    case 10: return "[\(several(3, next))]"
    case 11: return "{\(part(&self)): \(part(&self))}"
    default: return "\"" + any(["{x}", "{y:.3f}", "{A}", "{l:d}", "{d}", "{f}"]) + "\""
    }
  }

  private mutating func statement(depth: Int) -> String {
    let name = any(Self.names)
    func block(_ writer: inout ProgramWriter) -> String {
      "{\n\(writer.statement(depth: depth + 1))\n}"
    }
    switch below(depth < 2 ? 9 : 5) {
    case 0: return "\(name) = \(expression(depth: 0))"
    case 1: return "\(name) \(any(["+", "-", "*", "/", "//", "%", "**"]))= \(expression(depth: 1))"
    case 2:
      let path = "[\(expression(depth: 2))]" + any(["", "[0]", "[\"a\"]", "[0][1]"])
      return "\(name)\(path) \(any(["", "+", "*", "//", "**"]))= \(expression(depth: 1))"
    case 3: return "print(\(expression(depth: 0)))"
    case 4: return expression(depth: 0)
    case 5: return "try \(block(&self)) catch p \(block(&self))"
    case 6:
      return "for \(any(["q", "q, r", "q, (r, s)"])) in \(expression(depth: 1)) \(block(&self))"
    case 7: return "if \(expression(depth: 1)) \(block(&self)) else \(block(&self))"
    default: return "while \(expression(depth: 1)) \(block(&self))"
    }
  }
}
