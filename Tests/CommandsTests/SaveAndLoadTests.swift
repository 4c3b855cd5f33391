import Datasets
import Interpreter
import LinearAlgebra
import TestSupport
import Testing

@testable import Commands

/// What `save` writes, `load` gives again: every kind of value in every format. A format that can't
/// hold a value refuses it, or says what the file lacks.
@Suite struct SaveAndLoadTests {
  /// Statements that make `v`.
  private static let values: [(name: String, code: String)] = [
    ("model", "s = standardize d; s = add-bias s; v = train s iters=30 val=s val-every=10"),
    ("binary model", "v = train two reduction=binary loss=hinge iters=20 lr=0.01"),
    (
      "weighted model",
      "v = train d iters=9 class-weights=[1, 2, 0.1] reduction=crammer-singer schedule=cosine"
    ),
    ("history", "m = train d iters=30 val=d val-every=10; v = m.history"),
    (
      "history with gaps",
      "s = add-bias two; m = train s reduction=binary solver=dual iters=9; v = m.history"
    ),
    ("vector", "v = [1, -0.0, 1e-320, nan, 1 / 0, -1 / 0, 0.1]"),
    ("matrix", "v = randn(7, 3)"), ("column", "v = randn(7, 1)"), ("row", "v = randn(1, 7)"),
    ("no rows", "v = zeros(0, 3)"), ("dataset", "v = d"), ("bytes", "v = images[:20]"),
    ("prepared", "v = center d; v = add-bias v"), ("scaled", "v = rescale d to=[-1, 1]"),
    ("a class without rows", "v = d[:20]"), ("numbers as classes", "v = two"),
    ("classes in no order", "v = dataset(d.X, d.y, classes=[\"c\", \"a\", \"b\"])"),
    ("split", "v = split d train=90 val=30 test=30 dev=10; v = standardize v"),
    ("pictures in parts", "v = split images train=20 test=9; v = center v"),
    ("table", "v = tune d val=d lr=[1e-3, 1e-2] iters=5"), ("text", "v = \"text\""),
    ("number", "v = 1"),
  ]

  private static let data = """
    iris = load "iris"
    d = iris
    images = load "patches10"
    images = images.train
    two = dataset(d.X[:100], d.y[:100] * 2 - 1)

    """

  @Test(arguments: SavedFile.formats.map { $0.ending })
  func whatIsNotSaidIsKept(ending: String) throws {
    var kept: [String] = []
    for (name, code) in Self.values {
      try TemporaryFolder().whileCurrent {
        let session = TestSession()
        let made = session.run(Self.data + code.replacing("; ", with: "\n"))
        #expect(made.status == 0, "\(name): \(made.report)")
        let saved = session.run("save v to=\"file.\(ending)\"")
        let isSaid = saved.text.split(separator: "\n").count > 1
        guard saved.status == 0 else {
          #expect(saved.report.contains("can't be written as .\(ending)"), "\(saved.report)")
          #expect(saved.report.contains("help: "), "\(saved.report)")
          return
        }
        let loaded = session.run("w = load \"file.\(ending)\"")
        guard !isSaid else { return }
        kept.append(name)
        #expect(loaded.status == 0, "\(name) as \(ending): \(loaded.report)")
        let before = try #require(session.session.peek("v"))
        let after = try #require(session.session.peek("w"), "\(name) as \(ending)")
        let difference = try Self.difference(before, after)
        #expect(difference == nil, "\(name) as \(ending)")
      }
    }
    let expected: [String: Int] = [
      "npz": 19, "npy": 5, "csv": 4, "libsvm": 1, "model": 0, "json": 9, "onnx": 0,
    ]
    #expect(kept.count == expected[ending], "\(ending): \(kept)")
  }

  /// An option that means nothing for what is loaded is refused, or it is said what became of it.
  @Test func noOptionIsIgnored() throws {
    try TemporaryFolder().whileCurrent {
      let session = TestSession()
      session.run(Self.data + "m = train two iters=3 reduction=binary\nsave m to=\"m.json\"")
      for option in [
        "label=first", "header=true", "size=3", "missing=drop", "drop=1", "test=\"a\"",
      ] {
        let name = option.prefix { $0 != "=" }
        let run = session.run("load \"m.json\" \(option)")
        #expect(run.status != 0 && run.report.contains("'\(name)' is for data"), "\(run.report)")
      }
      #expect(session.run("load \"iris\" stream=true").text.contains("kept in memory"))
      #expect(!session.run("load \"iris\" stream=false").text.contains("kept"))
      #expect(!session.run("load \"iris\"").text.contains("kept"))
    }
  }

  /// Where two values differ first; nil where they are the same to the bit.
  private static func difference(_ a: Value, _ b: Value, at place: String = "") throws -> String? {
    switch (a, b) {
    case (.number(let x), .number(let y)):
      return x.bitPattern == y.bitPattern ? nil : "\(place): \(x) and \(y)"
    case (.array(let x), .array(let y)):
      guard x.rank == y.rank, x.rows == y.rows, x.columns == y.columns else {
        return "\(place): \(a.typeAndShape) and \(b.typeAndShape)"
      }
      let same = try zip(x.entries, y.entries).allSatisfy {
        $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN
      }
      return same ? nil : "\(place): entries"
    case (.string(let x), .string(let y)): return x.text == y.text ? nil : "\(place): \(x.text)"
    case (.bool(let x), .bool(let y)): return x == y ? nil : place
    case (.none, .none): return nil
    case (.list(let x), .list(let y)), (.tuple(let x), .tuple(let y)):
      guard x.items.count == y.items.count else { return "\(place): \(x.items.count) items" }
      for (i, (p, q)) in zip(x.items, y.items).enumerated() {
        if let found = try difference(p, q, at: "\(place)[\(i)]") { return found }
      }
      return nil
    case (.object(let x), .object(let y)):
      guard x.object.typeName == y.object.typeName, x.object.fieldNames == y.object.fieldNames
      else {
        return "\(place): \(x.object.fieldNames) and \(y.object.fieldNames)"
      }
      if let p = x.object as? Dataset, let q = y.object as? Dataset,
        p.features.preparation != q.features.preparation
          || p.features.storageName != q.features.storageName
      {
        return "\(place): preparation or \(p.features.storageName) and \(q.features.storageName)"
      }
      // The support vectors are of the training data, which no file has: the field says so.
      for field in x.object.fieldNames where field != "support" {
        let found = try difference(
          try x.object.field(field), try y.object.field(field), at: "\(place).\(field)")
        if let found { return found }
      }
      return nil
    default: return "\(place): \(a.typeAndShape) and \(b.typeAndShape)"
    }
  }
}
