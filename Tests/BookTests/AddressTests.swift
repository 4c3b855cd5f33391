import Testing

@testable import Book

/// Addresses from page to page.
@Suite struct AddressTests {
  @Test(arguments: [
    ("index.html", "losses.html#hinge", "losses.html#hinge"),
    ("verbs/train.html", "index.html", "../index.html"),
    ("verbs/train.html", "verbs/tune.html", "tune.html"),
    ("verbs/train.html", "verbs/train.html#lr", "#lr"),
    ("index.html", "verbs/train.html", "verbs/train.html"),
    ("walkthroughs/a.html", "verbs/train.html#lr", "../verbs/train.html#lr"),
  ])
  func thereAndBack(page: String, target: String, address: String) {
    #expect(BookAddress.from(page, to: target) == address)
    #expect(BookAddress.resolved(address, in: page) == target)
  }

  @Test func whatLeadsOut() {
    #expect(BookAddress.resolved("../x", in: "index.html") == nil)
    #expect(BookAddress.resolved("./a/../b.html", in: "x/index.html") == "x/b.html")
  }
}
