import Commands
import Testing

@testable import Book

/// Words of the language in prose lead to where they are explained.
@Suite struct WordLinksTests {
  private let words = WordLinks(CommandCatalog.standard)

  @Test(arguments: [
    ("tune", "tune.html"), ("hinge", "../losses.html#hinge"),
    ("svm_loss(W, d)", "../functions.html#svm_loss"), ("help margin", "../concepts.html#margin"),
    ("help losses", "../losses.html"), ("help lr", "#lr"), ("lr=0.1", "#lr"),
    ("tune d lr=[1, 2]", "tune.html"), ("delta", "../concepts.html#margin"),
  ])
  func whatIsAWord(code: String, address: String) {
    #expect(words.address(of: code, for: "verbs/train.html") == address)
    #expect(
      words.linked("<p>See <code>\(code)</code>.</p>", for: "verbs/train.html")
        == "<p>See <a href=\"\(address)\"><code>\(code)</code></a>.</p>")
  }

  @Test(arguments: ["nobody", "m = train d", "W", "help nobody", "nobody=3", "train", "train d"])
  func whatIsNone(code: String) {
    #expect(words.address(of: code, for: "verbs/train.html") == nil)
  }

  /// An option of a page's own verb is explained there.
  @Test func anOptionOfThePage() {
    #expect(words.address(of: "lr=", for: "verbs/tune.html") == "#lr")
    #expect(words.address(of: "train=", for: "verbs/split.html") == "#train")
    #expect(words.address(of: "lr=", for: "verbs/load.html") == "train.html#lr")
  }

  @Test func headingsBlocksAndLinksStayAsTheyAre() {
    for html in [
      "<h2 id=\"x\"><code>tune</code></h2>", "<pre class=\"code\"><code>tune</code></pre>",
      "<a href=\"x\"><code>tune</code></a>", "<math><mi>x</mi></math>", "a < b <code>",
    ] {
      #expect(words.linked(html, for: "index.html") == html)
    }
    let after = words.linked("<pre>a</pre><code>tune</code>", for: "index.html")
    #expect(after == "<pre>a</pre><a href=\"verbs/tune.html\"><code>tune</code></a>")
  }
}
