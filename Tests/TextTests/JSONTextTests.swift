import Testing

@testable import Text

@Suite struct JSONTextTests {
  @Test func writesAndReads() {
    for text in ["", "a\nb", "say \"hi\" \\ / \t\r", "日本語 é 😀", "\u{1}\u{1F}\u{7F}"] {
      let line = "{\"time\":12,\"entry\":\(JSONText.quoted(text))}"
      #expect(!line.contains("\n"))
      #expect(JSONText.string("entry", in: line[...]) == text)
    }
  }

  /// RFC 8259, section 7.
  @Test func readsWhatOthersWrite() {
    let line = #" { "a" : 1.5e3 , "entry" : "\u0041\/\uD834\uDD1E" , "b" : true } "#
    #expect(JSONText.string("entry", in: line[...]) == "A/\u{1D11E}")
  }

  @Test(arguments: [
    "", "{", "{}", "[]", "nonsense", #"{"entry":"cut"#, #"{"entry":"cut\"#, #"{"entry":"\uD834"}"#,
    #"{"entry":"\u12"}"#, #"{"entry":"x"} more"#, #"{"other":"x"}"#, #"{"entry":12}"#,
    #"{entry:"x"}"#,
  ])
  func damageIsNothing(line: String) {
    #expect(JSONText.string("entry", in: line[...]) == nil)
  }

  @Test func valuesOnOneLine() {
    let value = JSONValue.object([
      ("event", "done"), ("cell", 3), ("loss", .number(.nan)), ("seconds", .number(0.5)),
      ("help", nil), ("data", .object([("text/plain", "a\n\"b\"")])),
      ("list", .array([1, .number(1e-7)])),
    ])
    #expect(
      value.text == #"{"event":"done","cell":3,"loss":null,"seconds":0.5,"#
        + #""data":{"text/plain":"a\n\"b\""},"list":[1,1e-07]}"#)
  }

  /// As Python's `json.dumps(value, indent=1, ensure_ascii=False)` writes it.
  @Test func indentedText() {
    let value = JSONValue.object([
      ("a", .array([1, .object([("b", "é\n"), ("none", nil)]), .array([]), .object([])])),
      ("none", nil), ("c", .null),
    ])
    let expected = """
      {
       "a": [
        1,
        {
         "b": "é\\n"
        },
        [],
        {}
       ],
       "c": null
      }
      """
    #expect(value.indentedText == expected)
    #expect(JSONValue.object([("none", nil)]).indentedText == "{}")
    #expect(value["a"]?.array?[1]["b"]?.string == "é\n" && value["b"] == nil)
  }
}

@Suite struct JSONParsingTests {
  /// What is read is written the same again.
  @Test(arguments: [
    "null", "true", "[1,2.5,-3e-7,[],{}]", "{\"a\":{\"b\":[\"ü\\n\",false]},\"c\":1e+300}",
    "\"\\u00e9\\ud83d\\ude00\"", "0", "-0.5", " [ 1 , 2 ] \n",
  ])
  func readsAndWrites(text: String) throws {
    let read = JSONValue(parsing: text)
    let value = try #require(read)
    let reread = JSONValue(parsing: value.text)
    let again = try #require(reread)
    #expect(again.text == value.text)
    let blanks: Set<Character> = [" ", "\n"]
    if !text.contains("\\u") && !text.contains("e") {
      #expect(value.text == text.filter { !blanks.contains($0) })
    }
  }

  @Test(arguments: [
    "", "[", "[1", "[1,", "[1,]", "{", "{\"a\"", "{\"a\":", "{\"a\":1,}", "{a:1}", "01x", "+1",
    ".5",
    "1.", "0x10", "nan", "inf", "tru", "\"a", "\"\\x\"", "[1] 2", "--1", "1e", "\u{FEFF}1",
    "{\"a\" 1}",
    String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000),
  ])
  func whatIsNoJSON(text: String) {
    let read = JSONValue(parsing: text)
    #expect(read == nil, "\(text.prefix(40))")
  }

  /// A look that throws ends the reading.
  @Test func readingStops() {
    struct Stop: Error {}
    let long = "[" + Array(repeating: "1", count: 10_000).joined(separator: ",") + "]"
    #expect(throws: Stop.self) { try JSONValue(parsing: long) { throw Stop() } }
  }
}

@Suite struct TextPiecesTests {
  /// Pieces are the text again, and none ends inside of a scalar.
  @Test(
    arguments: ["", "a", "abcdef", "äöü日本語👩‍👩‍👧e\u{301}\r\n", String(repeating: "é", count: 50)],
    [1, 2, 3, 7])
  func piecesAreTheText(text: String, size: Int) {
    let pieces = Array(TextPieces(text, size: size))
    #expect(Array(pieces.joined().unicodeScalars) == Array(text.unicodeScalars))
    #expect(pieces.allSatisfy { !$0.isEmpty && $0.utf8.count < size + 4 })
  }
}
