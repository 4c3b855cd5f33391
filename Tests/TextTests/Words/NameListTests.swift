import Testing

@testable import Text

@Suite struct NameListTests {
  @Test func namesAndHowManyMore() {
    #expect(NameList.text([]).isEmpty)
    #expect(NameList.text(["cat"]) == "cat")
    #expect(NameList.text(["cat", "dog"], atMost: 2) == "cat, dog")
    #expect(NameList.text(["cat", "dog", "frog", "ship"], atMost: 2) == "cat, dog and 2 more")
  }

  @Test func namesOfFilesDoNoHarm() {
    #expect(NameList.text(["a\u{1B}[2Jb"]) == "a\\u{1b}[2Jb")
    #expect(NameList.text([String(repeating: "x", count: 99)]).count == 40)
  }
}
