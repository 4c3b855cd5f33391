import Interpreter
import LinearAlgebra
import Record
import SVMEngine
import TestSupport
import Testing

@testable import Commands

/// Values are stored and come back the same in every field, to the bit.
@Suite(.serialized) struct StoredValueTests {
  /// The value that comes back from the bytes of another one, for the same session.
  static func again(_ value: Value, in session: Session) throws -> Value {
    let writer = ByteWriter()
    try writer.add(value)
    let reader = ByteReader(writer.bytes)
    let result = try ValueReader(reader, in: session).value()
    try reader.end()
    return result
  }

  /// Checks all variables of a session, and gives the types that they have.
  private func check(_ session: TestSession, _ code: String) throws -> Set<String> {
    var types: Set<String> = []
    let names = session.session.assignedNames + ["_"]
    for name in names {
      guard let value = session.session.peek(name) else { continue }
      types.insert(value.typeName)
      do {
        let again = try Self.again(value, in: session.session)
        let difference = Sameness.difference(value, again)
        #expect(difference == nil, "\(name) of: \(code)")
      } catch is Unstorable where value.typeName == "plot" {}
    }
    return types
  }

  @Test func everyExample() throws {
    var types: Set<String> = []
    let catalog = CommandCatalog.standard
    let codes =
      catalog.signatures.flatMap(\.examples).map(\.code)
      + catalog.functions.flatMap(\.examples).map { Example($0).code }
    for code in codes {
      try TemporaryFolder().whileCurrent {
        let session = TestSession()
        session.run(code)
        types.formUnion(try check(session, code))
      }
    }
    #expect(
      types.isSuperset(of: [
        "bool", "number", "string", "vector", "matrix", "mask", "list", "tuple", "dictionary",
        "function", "dataset", "split", "model", "table", "evaluation", "explanation",
        "gradient check", "predictions", "plot",
      ]), "\(types.sorted())")
  }

  @Test(arguments: [
    "x = nan; y = -0.0; z = inf; e = []; l = [[], [1], \"\", none, true]; t = (1, (2, \"a\"))",
    "a = zeros(0, 3); b = zeros(3, 0); c = zeros(0); m = zeros(0) > 1",
    "M = reshape(arange(12), [3, 4]); rows = [r for r in M]; v = M[1]; T = M.T",
    "k = {\"a\": 1, (1, true): [2], 3: {}, 0.5: none}; j = {}; for q in [2, 1] { j[q] = k }",
    "s = \"ä→🙂\\n\\t{1 + 1}\"; u = \"\"\"raw {x}\"\"\"",
    "f = sum; g = [len, fn(x) => x]; h = {\"f\": g}",
  ])
  func plainValues(code: String) throws {
    let session = TestSession()
    session.run(code, keepGoing: true)
    #expect(!session.session.assignedNames.isEmpty)
    _ = try check(session, code)
  }

  @Test func numbersKeepTheirBits() throws {
    let session = TestSession().session
    for bits: UInt64 in [0x7FF4_0000_DEAD_BEEF, 0xFFF8_0000_0000_0001, 0x8000_0000_0000_0000, 1] {
      guard case .number(let x) = try Self.again(.number(Double(bitPattern: bits)), in: session)
      else { continue }
      #expect(x.bitPattern == bits)
    }
  }

  // MARK: Functions

  @Test(arguments: [
    (
      "# Doubles.\n# Twice.\nfn f(x, y=[1, 2]) {\n  if x > 0 { return x * k }\n  return y\n}",
      "f(3)"
    ),
    ("f = fn(x, p=k) => [x + k * i + p for i in range(3) if i != 1]", "f(2)"),
    (
      "fn outer(a) { b = a * 2; return fn(x) => fn(y) => x + y * a + b + k }\nf = outer(5)",
      "f(1)(2)"
    ),
    ("f = (fn(x) =>\n  x +\n  k)", "f(1)"),
    ("l = [1, fn(x) => \"{x:.2f} {other(k)} ä\"]\nf = l[1]\nfn other(z) { return z + 1 }", "f(2)"),
    ("fn f(n) { if n < 2 { return 1 }\n return n * f(n - 1) }", "f(5)"),
    (
      "fn f(d) { m = train d iters=2 lr=0.1 seed=1; return m.W }\nd = synth blobs n=9 seed=1",
      "f(d)"
    ),
    ("fn(x) => x * k\nf = _", "f(4)"),
    ("f = fn() => k; k = 3", "f()"), ("f = sum", "f([1, 2])"),
  ])
  func functions(code: String, call: String) throws {
    let session = TestSession()
    session.run("k = 7\n" + code)
    _ = try check(session, code)
    let value = try #require(session.session.peek("f"))
    let before = session.run("print \(call)")
    try session.session.assign(Self.again(value, in: session.session), to: "f")
    let after = session.run("print \(call)")
    #expect(before.status == 0 && before.text == after.text, "\(before.report)")
    // In another session there is nothing that it mentions; it is still the same function.
    _ = try Self.again(value, in: TestSession().session)
  }

  @Test func errorsOfFunctionsHaveTheirPlace() throws {
    let session = TestSession()
    session.run("\n\nx = 1; f = fn(a) => a + [1, 2] @ a")
    let before = session.run("f(\"a\")").report
    try session.session.assign(
      Self.again(#require(session.session.peek("f")), in: session.session), to: "f")
    let after = session.run("f(\"a\")").report
    #expect(before.contains("test.svm:3:"))
    #expect(
      before.split(separator: "\n").filter { $0.contains("test.svm") }
        == after.split(separator: "\n").filter { $0.contains("test.svm") })
  }

  // MARK: Sharing

  @Test func pixelsAreStoredOnce() throws {
    let session = TestSession()
    let run = session.run(
      """
      all = synth blobs n=4000 d=128 classes=4 seed=1
      d = split all train=3000 val=500
      t = d.train
      m = train d.train iters=5 val=d.val
      both = [m, m, d, t]
      """)
    #expect(run.status == 0, "\(run.report)")
    let value = try #require(session.session.peek("both"))
    let writer = ByteWriter()
    try writer.add(value)
    // 4096 kB of numbers, and below 300 kB of labels, rows and everything else.
    #expect(writer.count > 4_096_000 && writer.count < 4_400_000, "\(writer.count)")
    let again = try ValueReader(ByteReader(writer.bytes), in: session.session).value()
    #expect(Sameness.difference(value, again) == nil)
    guard case .list(let list) = again, case .object(let first) = list.items[0],
      case .object(let second) = list.items[1]
    else { return }
    #expect(first === second)
  }

  /// A list that holds another one twice, and so on: 2⁹⁰⁰ items if each were stored.
  @Test func whatIsSharedIsStoredOnce() throws {
    let session = TestSession()
    session.run("l = [1]\nfor i in range(900) { l = [l, l] }")
    let writer = ByteWriter()
    try writer.add(#require(session.session.peek("l")))
    #expect(writer.count < 100_000)
    _ = try ValueReader(ByteReader(writer.bytes), in: session.session).value()
  }

  // MARK: Resuming

  @Test(arguments: [
    "sgd lr=0.1", "momentum lr=0.1", "nesterov lr=0.1", "adam lr=0.1", "pegasos", "gd lr=0.1",
    "fista", "lbfgs", "newton reduction=one-vs-rest loss=squared-hinge", "dual",
  ])
  func runsResumeToTheSameBits(solver: String) throws {
    let session = TestSession()
    let run = session.run(
      """
      d = synth blobs n=200 d=5 classes=3 noise=0.4 seed=1
      whole = train d solver=\(solver) iters=14 seed=3 reg=0.01 tolerance=1e-9
      m = train d solver=\(solver) iters=5 seed=3 reg=0.01 tolerance=1e-9
      """.replacing(
        solver.contains("gd")
          || !["fista", "lbfgs", "newton", "dual"].contains { solver.hasPrefix($0) }
          ? " tolerance=1e-9" : "\0", with: ""))
    #expect(run.status == 0, "\(run.report)")
    let model = try #require(session.session.peek("m"))
    #expect(Sameness.difference(model, try Self.again(model, in: session.session)) == nil)
    session.run("a = resume m iters=9")
    try session.session.assign(Self.again(model, in: session.session), to: "m")
    session.run("b = resume m iters=9")
    let (a, b) = (session.session.peek("a"), session.session.peek("b"))
    let (first, second) = (try #require(a), try #require(b))
    #expect(Sameness.difference(first, second) == nil)
  }

  /// A search that was interrupted goes on, also after it was stored.
  @Test(arguments: ["val=d", "folds=3", "val=d patience=1 val-every=1"])
  func searchesResumeToTheSameBits(choice: String) throws {
    let session = TestSession()
    let search = "tune d \(choice) lr=[0.1, 1e300, 0.5] iters=9 seed=3"
    #expect(
      session.run("d = synth blobs n=60 d=5 classes=3 noise=0.4 seed=1\nwhole = \(search)").status
        == 0)
    let many = 1_000_000
    Interruption.request(afterLooks: many)
    session.run("t = \(search)")
    let looks = many - (Interruption.looksLeft ?? 0)
    Interruption.clear()
    var tables: [Value] = []
    for part in 1..<8 {
      let look = looks * part / 8
      session.run("t = 0")
      Interruption.request(afterLooks: look)
      let run = session.run("t = \(search)")
      Interruption.clear()
      // Before the first update there is nothing to keep.
      guard run.status == 130, let table = session.session.peek("t"), case .object = table else {
        continue
      }
      tables.append(table)
      #expect(run.text.contains("`resume` goes on"))
      #expect(Sameness.difference(table, try Self.again(table, in: session.session)) == nil)
      for value in [table, try Self.again(table, in: session.session)] {
        try session.session.assign(value, to: "t")
        #expect(session.run("t = resume t").status == 0)
        let (whole, again) = (session.session.peek("whole"), session.session.peek("t"))
        #expect(Sameness.difference(try #require(whole), try #require(again)) == nil, "\(look)")
      }
    }
    #expect(tables.count >= 2)
    let complete = session.run("resume whole")
    #expect(complete.status == 3 && complete.report.contains("the table is complete"))
    if let table = tables.first {
      try session.session.assign(table, to: "t")
      #expect(session.run("resume t iters=3").report.contains("'iters' is for a model"))
    }
  }

  // MARK: Damage

  /// Values of every kind, small.
  static let everything = """
    all = synth blobs n=24 d=2 classes=3 noise=0.4 seed=1
    d = split all train=14 val=5 test=5
    d = standardize d
    m = train d.train val=d.val val-every=1 patience=3 iters=6 lr=0.1 solver=adam seed=1
    two = synth blobs n=9 d=2 classes=2 seed=2
    two = add-bias two
    b = train two solver=dual reduction=binary iters=4
    t = tune d.train val=d.val lr=[0.1, 1e300] iters=3 seed=1
    u = tune d.train folds=2 lr=[0.1, 1e300] iters=3 seed=1
    e = evaluate m on=d.test
    x = explain m on=d.test sample=1
    fn loss(W, X, y) { return svm_loss(W, X, y) }
    g = gradcheck loss at=m.W on=d.train samples=4
    s = [1, "two", (true, none), {"k": -0.0, 2: [nan]}, fn(q) => q + s0, sum, m.options]
    M = [[1, 2], [3, 4]] > 2
    h = m.history
    """

  /// Random damage gives an error or a value that can be shown, and neither traps nor takes memory.
  @Test func damagedBytesAreErrors() throws {
    let session = TestSession()
    let run = session.run(Self.everything)
    #expect(run.status == 0, "\(run.report)")
    for (name, choice) in [("v", "folds=2"), ("w", "val=d.val")] {
      Interruption.request(afterLooks: 40)
      session.run("\(name) = tune d.train \(choice) lr=[0.1, 1e300] iters=90 seed=1")
      Interruption.clear()
      #expect(session.session.peek(name) != nil)
    }
    var numbers = SeededNumbers(seed: 5)
    var (errors, values) = (0, 0)
    let names = session.session.assignedNames
    #expect(names.count >= 11)
    for name in names {
      let writer = ByteWriter()
      try writer.add(#require(session.session.peek(name)))
      let bytes = writer.bytes
      for round in 0..<1000 {
        var damaged = bytes
        if round % 4 == 0 {
          damaged.removeLast(Int.random(in: 1...damaged.count, using: &numbers))
        } else {
          for _ in 0...Int.random(in: 0..<3, using: &numbers) {
            let place = Int.random(in: 0..<damaged.count, using: &numbers)
            damaged[place] =
              round % 4 == 1
              ? damaged[place] ^ 1 << UInt8.random(in: 0..<8, using: &numbers)
              : [0, 1, 2, 255, UInt8.random(in: 0...255, using: &numbers)]
                .randomElement(using: &numbers) ?? 0
          }
        }
        do {
          let value = try ValueReader(ByteReader(damaged), in: session.session).value()
          values += 1
          if round % 5 == 0 { show(value) }
        } catch {
          errors += 1
          #expect(error is DamagedBytes, "\(error)")
        }
      }
    }
    #expect(errors > 1000 && values > 1000, "\(errors) errors, \(values) values")
  }

  private func show(_ value: Value) {
    _ = try? value.text(for: .init())
    guard case .object(let box) = value else { return }
    if let state = (box.object as? TuningTable)?.result.state {
      _ = try? Tuning.resume(state, isInterrupted: { true })
    }
    _ = box.object.shown(on: .init()).plain
    for name in box.object.fieldNames { _ = try? box.object.field(name) }
  }

  @Test func plotsAreRefused() throws {
    let session = TestSession()
    session.run("p = plot-ascii [1, 2, 3]")
    let plot = try #require(session.session.peek("p"))
    let error = #expect(throws: Unstorable.self) { try ByteWriter().add(.list([plot])) }
    #expect(error?.message == "a plot can't be stored")
  }

  /// What another version wrote: an object and a function that this one does not have.
  @Test func unknownNames() throws {
    let session = TestSession().session
    for kind: UInt8 in [11, 12, 13] {
      let writer = ByteWriter()
      writer.add(kind)
      if kind == 12 { writer.add(0) }
      writer.add("hologram")
      #expect(throws: DamagedBytes.self) {
        try ValueReader(ByteReader(writer.bytes), in: session).value()
      }
    }
  }
}
