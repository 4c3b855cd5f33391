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
}
