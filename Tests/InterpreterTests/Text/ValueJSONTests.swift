import Language
import TestSupport
import Testing
import Text

@testable import Interpreter

@Suite struct ValueJSONTests {
  /// The forms of the value of an expression.
  private func forms(_ code: String) -> (json: String?, html: String?) {
    var found: [MediaType: String] = [:]
    let session = Session(catalog: Vocabulary(commands: [], functions: Builtins.all))
    session.sink = Sink(collecting: [.json, .html]) { forms, _ in
      for case .data(let type, let bytes) in forms {
        found[type] = String(decoding: bytes, as: UTF8.self)
      }
    }
    #expect(ScriptRunner(session).run(Source(code, name: "test.svm")) == 0)
    return (found[.json], found[.html])
  }

  @Test(arguments: [
    ("1 / 3", "0.3333333333333333"), ("nan", "\"nan\""), ("-inf", "\"-inf\""),
    ("2 ** 53 - 1", "9007199254740991"),
    ("true", "true"), ("\"a\\n\\\"b\\\"\"", "\"a\\n\\\"b\\\"\""),
    (
      "[1, nan, -inf, 0.1]",
      "{\"type\":\"vector\",\"shape\":[4],\"values\":[1,\"nan\",\"-inf\",0.1]}"
    ),
    ("[[1, 2], [3, 4]]", "{\"type\":\"matrix\",\"shape\":[2,2],\"values\":[[1,2],[3,4]]}"),
    ("[1, 2] > 1", "{\"type\":\"mask\",\"shape\":[2],\"values\":[false,true]}"),
    ("zeros(0, 3)", "{\"type\":\"matrix\",\"shape\":[0,3],\"values\":[]}"),
    ("[\"a\", none]", "{\"type\":\"list\",\"length\":2,\"items\":[\"a\",null]}"),
    ("(1, true)", "{\"type\":\"tuple\",\"length\":2,\"items\":[1,true]}"),
    (
      "{\"lr\": 0.1, 2: []}",
      "{\"type\":\"dictionary\",\"length\":2,\"entries\":[{\"key\":\"lr\",\"value\":0.1},"
        + "{\"key\":2,\"value\":{\"type\":\"vector\",\"shape\":[0],\"values\":[]}}]}"
    ),
  ])
  func values(code: String, json: String) { #expect(forms(code).json == json) }

  @Test func thereIsNoFormOfNothing() { #expect(forms("none").json == nil) }

  /// What is cut off says so: its shape, and what is shown of it.
  @Test(arguments: [
    ("zeros(500)", [500], [100]), ("zeros(300, 5)", [300, 5], [100, 5]),
    ("zeros(300, 1000)", [300, 1000], [9, 100]), ("zeros(100)", [100], nil),
  ])
  func largeArraysAreCutOff(code: String, shape: [Int], shown: [Int]?) throws {
    let json = try #require(forms(code).json)
    let read = try #require(JSONFields(json))
    func numbers(_ name: String) -> [Int] {
      (0..<2).compactMap { read["\(name).\($0)"].flatMap { Int($0) } }
    }
    #expect(numbers("shape") == shape && numbers("shown") == shown ?? [])
    let size = shown ?? shape
    #expect(read.names(at: "values").count == size[0])
    if size.count == 2 { #expect(read.names(at: "values.0").count == size[1]) }
  }

  /// Lists in lists, and long texts, stay short enough for any reader.
  @Test(arguments: [
    "x = []; for i in range(900) { x = [x, \"\"] }; x",
    "[[zeros(100) for i in range(300)] for j in range(20)]",
    "s = \"ab\"; for i in range(14) { s = \"{s}{s}\" }; s",
    "s = \"ab\"; for i in range(12) { s = \"{s}{s}\" }; [s for i in range(300)]",
  ])
  func sizesAreBounded(code: String) throws {
    let json = try #require(forms(code).json)
    #expect(json.utf8.count < 1_000_000 && json.contains("\"shown\":"))
    #expect(JSONFields(json) != nil)
  }

  /// Tables where they read better than the text, which the shape decides.
  @Test(arguments: [
    ("[[1, 2], [3, 4]]", "<table class=\"matrix\">", 2),
    ("zeros(100, 3)", "<p>100 rows</p>", 11), ("[[1e-7, 2e-7], [3e-7, 4e-7]]", "1e-07 ×", 2),
    ("[{\"lr\": 1, \"name\": \"<a>\"}, {\"lr\": 2, \"name\": \"b\"}]", ">&lt;a&gt;</td>", 2),
    ("[(1, \"x\"), (2, \"y\"), (3, \"z\")]", ">z</td>", 3),
    (
      "{\"lr\": [1, 2, 3], \"loss\": [4, 5, 6]}",
      "<th scope=\"col\" style=\"text-align:right\">loss</th>", 3
    ),
    (
      "{\"a long name of an entry\": 1, \"another long name of one\": \"its long text\"}",
      "its long text", 2
    ),
  ])
  func tables(code: String, part: String, rows: Int) throws {
    let html = try #require(forms(code).html)
    #expect(html.contains(part))
    let body = try #require(html.split(separator: "<tbody>").last)
    #expect(body.split(separator: "<tr>").count - 1 == rows)
  }

  @Test(arguments: [
    "[1, 2, 3]", "[[1], [2]]", "[[1, 2]]", "zeros(3, 13)", "zeros(0, 3)", "[\"a\", \"b\"]",
    "{\"a\": 1, \"b\": 2}", "[[1, 2], [\"a\"]]", "1", "\"text\"", "[{\"a\": 1}, {\"b\": 1}]",
    "[(1, [1, 2]), (2, [3, 4])]",
  ])
  func whatReadsBetterAsText(code: String) { #expect(forms(code).html == nil) }
}
