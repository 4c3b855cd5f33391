import Testing

@testable import Book

/// What the search field looks through.
@Suite struct SearchIndexTests {
  private func page(_ body: String) -> BookPage {
    BookPage(
      path: "verbs/train.html", title: "train", summary: "", heading: "train", body: body,
      headings: [])
  }

  @Test func sectionsAndOptionsAreFoundByTheirHeadings() {
    var index = SearchIndex()
    index.add(
      page(
        """
        <p>Fit a <em>linear</em> classifier &amp; more.</p>
        <h2 id="options">Options<a class="anchor" href="#options">#</a></h2>
        <p>Some.</p><div class="figure"><svg class="svm-plot"><text>1 2</text></svg></div>
        <dl><dt id="lr"><code>lr=0.1</code> <span class="note">number</span></dt>
        <dd><p>Step size.</p>
        </dd>
        </dl>
        """))
    #expect(
      index.entries == [
        .init(
          address: "verbs/train.html", heading: "", page: "train",
          text: "Fit a linear classifier & more."),
        .init(
          address: "verbs/train.html#options", heading: "Options", page: "train", text: "Some."),
        .init(
          address: "verbs/train.html#lr", heading: "lr=0.1", page: "train",
          text: "Step size."),
      ])
    #expect(index.script.hasPrefix("svmreplBook([\n[\"verbs/train.html\",\"\",\"train\",\"Fit"))
  }
}
