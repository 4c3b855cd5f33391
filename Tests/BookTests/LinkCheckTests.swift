import Testing

@testable import Book

/// Links that lead nowhere are found, and others are not.
@Suite struct LinkCheckTests {
  private func problems(_ body: String, in page: String = "verbs/train.html") -> [String] {
    LinkCheck([
      page: "<h1 id=\"train\">train</h1>\n" + body,
      "index.html": "<h2 id=\"two-commands\">Two commands</h2>", "book.css": "",
    ]).problems
  }

  @Test(arguments: [
    "#train", "train.html", "train.html#train", "../index.html", "../index.html#two-commands",
    "../verbs/train.html", "../book.css", "https://example.org/a?b=1&amp;c=2#d",
  ])
  func whatLeadsSomewhere(address: String) {
    #expect(problems("<a href=\"\(address)\">x</a>").isEmpty)
    #expect(problems("<img src=\"\(address)\" alt=\"\">").isEmpty)
  }

  @Test(arguments: [
    ("#lr", "'verbs/train.html' has no part 'lr'"), ("tune.html", "there is no 'verbs/tune.html'"),
    ("index.html", "there is no 'verbs/index.html'"), ("../index.html#three", "no part 'three'"),
    ("../../README.md", "leads out of the book"), ("../search.js", "there is no 'search.js'"),
    ("http://", "is no address"), ("https://local host/", "is no address"),
    ("javascript:alert(1)", "is no address"),
  ])
  func whatLeadsNowhere(address: String, problem: String) {
    let found = problems("<a class=\"x\" href=\"\(address)\">x</a>")
    #expect(found.count == 1 && found.first?.contains(problem) == true, "\(found)")
    #expect(found.first?.hasPrefix("verbs/train.html: ") == true)
    #expect(problems("<script src=\"\(address)\"></script>").count == 1)
  }

  @Test func aNameThatTwoPartsHave() {
    #expect(problems("<p id=\"train\">").contains { $0.contains("two parts are named 'train'") })
  }
}
