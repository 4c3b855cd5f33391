import Commands
import Notebook
import Testing

@testable import Book

/// The parts of a page that is made of a script.
@Suite struct ExportedPageTests {
  private func page(_ script: String) throws -> ExportedPage {
    let export = NotebookExport(
      script, name: "lesson.svm", catalog: CommandCatalog.standard,
      facts: PageFacts(version: "1", kernel: "portable"), options: .init())
    let text = try #require(export.text)
    return try #require(ExportedPage(text))
  }

  @Test func itsTitleHeadingsAndBody() throws {
    let page = try page(
      "## # A *lesson*\n## One.\n## ## The `loss`\nprint 1\n## ### More\n## ## The `loss`\n2")
    #expect(page.title == "A <em>lesson</em>")
    #expect(
      page.headings == [
        PageHeading(level: 2, content: "The <code>loss</code>", anchor: "the-loss"),
        PageHeading(level: 3, content: "More", anchor: "more"),
        PageHeading(level: 2, content: "The <code>loss</code>", anchor: "the-loss-1"),
      ])
    #expect(page.body.hasPrefix("<p>One.</p>") && page.body.contains("<samp>2</samp>"))
    #expect(!page.body.contains("<h1") && !page.body.contains("svmrepl 1"))
  }

  /// Times are left out, words in italics of the prose are not.
  @Test func whatDiffersFromRunToRun() throws {
    let page = try page("## In *italics*.\ntimeit 1 + 1")
    #expect(page.body.contains("<em>italics</em>"))
    #expect(page.body.contains("<samp>1 + 1: …</samp>"), "\(page.body)")
  }

  @Test func whatIsNoPage() {
    #expect(ExportedPage("") == nil)
    #expect(ExportedPage("<h1>one</h1>") == nil)
  }
}
