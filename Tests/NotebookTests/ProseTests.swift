import TestSupport
import Testing

@testable import Notebook

/// Prose in Markdown. What CommonMark says is cmark's business; here is what we add to it.
@Suite struct ProseTests {
  private func prose(
    _ markdown: String, picture: @escaping (String) -> String? = { _ in nil }
  ) -> ProseHTML {
    var anchors = PageAnchors()
    return ProseHTML(
      markdown, &anchors, ProseHTML.Surroundings(code: { "[\($0)]" }, picture: picture))
  }

  private func html(_ markdown: String) -> String { prose(markdown).html }

  @Test(arguments: [
    (
      "one *two* **three** `a<b`",
      "<p>one <em>two</em> <strong>three</strong> <code>a&lt;b</code></p>\n"
    ),
    ("a\nb  \nc", "<p>a\nb<br>\nc</p>\n"),
    ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
    ("3. a\n\n4. b", "<ol start=\"3\">\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>\n"),
    ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
    ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n"),
    ("~~a~~ \\* &amp; ü漢", "<p><del>a</del> * &amp; ü漢</p>\n"),
    ("```\na < b\n```", "<pre class=\"code\"><code>a &lt; b</code></pre>\n"),
    ("```svm\nx = 1\n```", "<pre class=\"code\"><code>[x = 1]</code></pre>\n"),
    ("    indented", "<pre class=\"code\"><code>indented</code></pre>\n"),
    ("", ""),
  ])
  func markdown(source: String, expected: String) { #expect(html(source) == expected) }

  @Test func tables() {
    #expect(
      html("| a | b |\n|---|--:|\n| 1 | *2* |\n| 3 |")
        == """
        <div class="table" role="group" aria-label="Table" tabindex="0"><table>
        <thead>
        <tr><th scope="col">a</th><th scope="col" style="text-align: right">b</th></tr>
        </thead>
        <tbody>
        <tr><td>1</td><td style="text-align: right"><em>2</em></td></tr>
        <tr><td>3</td><td style="text-align: right"></td></tr>
        </tbody>
        </table></div>

        """)
    #expect(html("| a |\n|---|").contains("</thead>\n</table>"))
    #expect(html("| | b |\n|---|---|").contains("<tr><td></td><th scope=\"col\">b</th></tr>"))
  }

  /// HTML of the prose is text, its remarks are left out, and no link runs anything.
  @Test func nothingOfTheProseRuns() {
    #expect(html("a <b>c</b>") == "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n")
    #expect(html("<script>x</script>\n").contains("&lt;script&gt;"))
    #expect(html("a <!-- b --> c") == "<p>a  c</p>\n")
    #expect(html("<!-- b\nc -->") == "")
    for address in [
      "javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
      "&#106;avascript:x", "javascript&colon;x",
    ] {
      #expect(html("[a](\(address))") == "<p>a</p>\n", "\(address)")
    }
    #expect(html("[a](<java\nscript:x>)").contains("href") == false)
    #expect(
      html("[a](https://x.org/?a=1&b=ü)")
        == "<p><a href=\"https://x.org/?a=1&amp;b=%C3%BC\">a</a></p>\n")
    #expect(
      html("[a](b/c.html#d \"t\\\"\")")
        == "<p><a href=\"b/c.html#d\" title=\"t&quot;\">a</a></p>\n")
    #expect(html("<https://x.org>") == "<p><a href=\"https://x.org\">https://x.org</a></p>\n")
    // Characters that no page may have.
    #expect(html("a\u{1B}b\u{85}c\u{FFFE}") == "<p>a\\u{1b}b\\u{85}c\\u{fffe}</p>\n")
  }

  // MARK: Formulas

  @Test(arguments: [
    "$x$", "a $x_i * y_i * z$ b", "**$x$**", "[$x$](a)", "($x$)", "$x$.", "$\\$5$", "$$x$$",
  ])
  func formulas(source: String) {
    let found = prose(source)
    #expect(found.html.contains("<math") && found.troubles.isEmpty, "\(found.html)")
    #expect(!found.html.contains("<em>"))
  }

  /// Money, and dollars in code.
  @Test(arguments: [
    "costs $5 and $10", "$5", "$ x $", "\\$x$", "`$x$`", "``a ` $x$``", "```\n$x$\n```", "    $x$",
    "from $5–$10", "$$", "$$ $$", "a $x", "$5, `echo $x` and so on", "US$ 5$",
  ])
  func dollars(source: String) {
    let found = prose(source)
    #expect(!found.html.contains("<math") && found.troubles.isEmpty, "\(found.html)")
  }

  @Test func displayedFormulas() {
    #expect(html("$$x$$").contains("<span class=\"display\"><math display=\"block\">"))
    let lines = html("a\n\n$$\nL =\n+ \\lambda\n- 1\n=\n2\n$$\n\nb")
    #expect(lines.contains("<math display=\"block\">") && !lines.contains("<li>"))
    #expect(!lines.contains("<h1"), "\(lines)")
    #expect(html("```math\nx\n```").contains("<math display=\"block\">"))
    // Not closed, or across a blank line.
    #expect(!html("$$\nx\n\ny\n$$").contains("<math"))
    #expect(html("```\n$$\n- x\n$$\n```").contains("$$\n- x\n$$"))
    #expect(html("| a |\n|---|\n| $x$ |").contains("<td><math>"))
  }

  @Test func aFormulaThatIsNotKnownIsItsSource() {
    let found = prose("a $\\foo<$ b")
    #expect(found.html == "<p>a <code class=\"tex\">$\\foo&lt;$</code> b</p>\n")
    #expect(found.troubles.map(\.formula) == ["$\\foo<$"])
    #expect(found.troubles.first?.trouble.offset == 1)
  }

  // MARK: Headings

  @Test func headingsHaveNamesAndNoGaps() {
    var anchors = PageAnchors()
    let none = ProseHTML.Surroundings(code: { $0 }, picture: { _ in nil })
    let first = ProseHTML(
      "# The *loss* `L`\n\n#### Deep\n\n# The loss L\n\n## 漢字 & $x$", &anchors, none)
    #expect(first.headings.map(\.anchor) == ["the-loss-l", "deep", "the-loss-l-1", "漢字"])
    #expect(first.headings.map(\.level) == [1, 2, 1, 2])
    let second = ProseHTML("## Deep\n\n## !", &anchors, none)
    #expect(second.headings.map(\.anchor) == ["deep-1", "section"])
    #expect(second.html.hasPrefix("<h2 id=\"deep-1\">Deep<a class=\"anchor\" href=\"#deep-1\""))
  }

  // MARK: Pictures

  @Test func picturesAreInThePage() throws {
    let folder = try TemporaryFolder()
    // The smallest head of a PNG; `TWFu` is RFC 4648's way with "Man".
    try folder.write("a b.png", [0x89, 0x50, 0x4E, 0x47])
    try folder.write("c.txt", "text")
    let pictures = PagePictures(besides: folder("script.svm"))
    #expect(pictures.address(of: "a%20b.png") == "data:image/png;base64,iVBORw==")
    for other in ["c.txt", "none.png", "https://x.org/a.png", "//x.org/a.png", "", "."] {
      #expect(pictures.address(of: other) == nil, "\(other)")
    }
    let found = prose("![a *b* \"c\"](x.png)") { $0 == "x.png" ? "data:x" : nil }
    #expect(found.html == "<p><img src=\"data:x\" alt=\"a b &quot;c&quot;\"></p>\n")
    let web = prose("![words](https://x.org/a.png)")
    #expect(web.html == "<p><a href=\"https://x.org/a.png\">words</a></p>\n")
    #expect(web.lacking == ["https://x.org/a.png"])
  }

  /// Whatever the text, no crash, and as many tags closed as opened.
  @Test func deepNesting() {
    for text in [
      String(repeating: "> ", count: 5000), String(repeating: "- ", count: 3000) + "x",
      String(repeating: "[", count: 20_000), String(repeating: "*a ", count: 20_000),
      String(repeating: "![", count: 5000) + String(repeating: "](x)", count: 5000),
      String(repeating: "$", count: 50_001), String(repeating: "$x", count: 20_000),
    ] {
      let found = html(text)
      for tag in ["p", "li", "em", "blockquote"] {
        #expect(
          found.components(separatedBy: "<\(tag)>") == found.components(separatedBy: "</\(tag)>"))
      }
    }
  }
}

extension String {
  /// The number of parts between a separator.
  fileprivate func components(separatedBy separator: String) -> Int {
    split(separator: separator, omittingEmptySubsequences: false).count
  }
}
