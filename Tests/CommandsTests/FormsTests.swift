import Interpreter
import Language
import TestSupport
import Testing
import Text

@testable import Commands

/// Every object has all the forms that it can have, made of one declaration.
@Suite struct FormsTests {
  /// An object of each type.
  private static let script = """
    d = synth blobs n=60 d=3 classes=3 seed=1
    s = split d train=40 val=20
    m = train s.train iters=5
    h = m.history
    t = tune s.train val=s.val lr=[0.1, 0.01] iters=5
    e = evaluate m on=s.val
    x = explain m on=s.val sample=1
    g = gradcheck svm_loss at=m.W on=s.train samples=4
    o = m.options
    r = m.preparation
    p = plot-ascii [1, 3, 2]
    """
  /// The types whose text has a table; that of the others is lines, or a drawing.
  private static let tables: Set<String> = [
    "split", "table", "evaluation", "explanation", "gradient check", "options", "preparation",
  ]

  private func form(_ type: MediaType, of presentation: Presentation) throws -> String? {
    for case .data(type, let bytes) in try presentation.all(of: [type], on: Display()) {
      return String(decoding: bytes, as: UTF8.self)
    }
    return nil
  }

  @Test func everyTypeHasEveryForm() throws {
    let session = TestSession()
    #expect(session.run(Self.script).errors.isEmpty)
    var types: Set<ObjectIdentifier> = []
    for name in session.session.assignedNames {
      guard case .object(let box)? = session.session.peek(name) else { continue }
      let object = box.object
      types.insert(ObjectIdentifier(type(of: object)))
      #expect(!(try object.presentation.text(Display()).isEmpty))
      let html = try form(.html, of: object.presentation)
      #expect((html != nil) == Self.tables.contains(object.typeName), "\(object.typeName)")
      #expect(html?.contains("</table>") ?? true)
      let json = try #require(try form(.json, of: object.presentation))
      let read = try #require(JSONFields(json))
      #expect(read["type"] == object.typeName)
      #expect(read.names(at: "fields") == Set(object.fieldNames), "\(object.typeName)")
      for field in object.fieldNames { check(read, "fields.\(field)", try object.field(field)) }
    }
    let all =
      StorageCatalog.objects.map { ObjectIdentifier($0) } + [ObjectIdentifier(PlotObject.self)]
    #expect(types == Set(all))
  }

  /// Numbers are the same to the bit; of arrays, those that are shown.
  private func check(_ json: JSONFields, _ path: String, _ value: Value) {
    switch value {
    case .number(let number): #expect(json[path].flatMap(Double.init) == number, "\(path)")
    case .string(let box): #expect(json[path] == box.text, "\(path)")
    case .bool(let flag): #expect(json[path] == "\(flag)", "\(path)")
    case .array(let array) where array.rank == 1:
      let shown = json["\(path).shown.0"].flatMap { Int($0) } ?? array.count
      #expect(json.names(at: path + ".values").count == shown, "\(path)")
      for i in 0..<shown {
        let x = array.pointer[i]
        let read = json["\(path).values.\(i)"]
        #expect(x.isNaN ? read == "nan" : read.flatMap(Double.init) == x, "\(path)")
      }
    default: #expect(json[path] != nil || !json.names(at: path).isEmpty, "\(path)")
    }
  }

  /// What verbs say of other things: HTML and JSON where the text is a table.
  @Test(arguments: [
    ("vars", "name"), ("set", "precision"), ("describe d", "feature"), ("describe s", "storage"),
    ("describe m.options", "loss"), ("help d", "storage"), ("history", nil), ("describe m", nil),
    ("how m", nil), ("print m.options", nil), ("help train", nil),
  ])
  func reportsOfVerbs(code: String, word: String?) throws {
    let session = TestSession()
    session.run(
      "d = synth blobs n=30 d=2 classes=2; s = split d train=20 val=10; m = train d iters=2")
    var shown: [String: String] = [:]
    session.session.sink = Sink(collecting: [.html, .json]) { forms, _ in
      for case .data(let type, let bytes) in forms {
        shown[type.name] = String(decoding: bytes, as: UTF8.self)
      }
    }
    #expect(session.run(code).errors.isEmpty)
    #expect((shown["text/html"] != nil) == (word != nil))
    guard let word else { return #expect(shown.isEmpty) }
    #expect(shown["text/html"]?.contains(word) == true)
    let json = try #require(shown["application/json"])
    #expect(JSONFields(json)?["type"] == "report" && json.contains(word))
  }

  /// The report of a verb stands for its value, whose fields the JSON has.
  @Test func aResultWithAReportHasTheJSONOfItsValue() throws {
    let session = TestSession()
    session.run("d = synth blobs n=30 d=2 classes=2")
    var json: String?
    session.session.sink = Sink(collecting: [.json]) { forms, _ in
      for case .data(_, let bytes) in forms { json = String(decoding: bytes, as: UTF8.self) }
    }
    session.run("m = train d iters=2")
    #expect(json?.hasPrefix("{\"type\":\"model\",\"shape\":\"2×2\",\"fields\":{\"W\":") == true)
  }

  /// What is drawn is also said, for programs and for those who cannot see it.
  @Test(arguments: [
    ("[1, 3, 2]", "line", "series.items.0.entries.1.value.values.1", "3"),
    ("a b title=\"t\"", "scatter", "y.values.1", "7"),
    ("[1, 3] kind=bars labels=[\"a\", \"b\"]", "bars", "labels.items.1", "b"),
    ("[1, 3, 3] kind=histogram", "histogram", "values.values.2", "3"),
    ("[[1, 2], [3, 4]]", "heatmap", "values.values.1.0", "3"),
    ("e", "confusion", "counts.shape.0", "2"),
    ("d m", "decision", "names.items.0", "0"),
    (
      "[0, 9, 8, 7] kind=image shape=[2, 2, 1]", "image",
      "groups.items.0.entries.1.value.items.0.entries.1.value.values.1", "9"
    ),
    ("v", "panels", "panels.items.1.entries.0.value", "validation accuracy"),
  ])
  func plotsAsData(values: String, kind: String, path: String, expected: String) throws {
    let session = TestSession()
    session.run(
      """
      d = synth blobs n=40 d=2 classes=2 seed=1
      m = train d iters=4 val=d batch=10
      v = m.history
      e = evaluate m on=d
      a = [1, 3]
      b = [5, 7]
      """)
    #expect(session.run("p = plot-ascii \(values)").errors.isEmpty)
    guard case .object(let box)? = session.session.peek("p") else {
      Issue.record("no plot")
      return
    }
    let json = try #require(try form(.json, of: box.object.presentation))
    let read = try #require(JSONFields(json))
    #expect(read["fields.kind"] == kind)
    #expect(read["fields.\(path)"] == expected, "\(json)")
  }
}
