import Commands
import Language
import TestSupport
import Testing
import Text

@testable import Interpreter
@testable import Notebook

/// Scripts as pages in HTML and Markdown.
@Suite struct PageTests {
  private func export(
    _ text: String, to format: NotebookExport.Format = .html, recorded: Bool = false,
    catalog: Vocabulary = CommandCatalog.standard, parameters: [String: String] = [:]
  ) -> NotebookExport {
    var options = NotebookExport.Options()
    options.format = format
    options.isRecorded = recorded
    options.parameters = parameters
    return NotebookExport(
      text, name: "folder/t.svm", catalog: catalog,
      facts: PageFacts(version: "1", kernel: "portable"), options: options)
  }

  /// What is in the `header` and `main` of a page without a table of contents.
  private func body(_ text: String, recorded: Bool = false) throws -> String {
    let page = try #require(export(text, recorded: recorded).text)
    let start = try #require(page.firstRange(of: "<header>\n"))
    let end = try #require(page.firstRange(of: "</main>"))
    let body = String(page[start.upperBound..<end.lowerBound])
    return body.replacing("</header>\n<main>\n", with: "")
  }

  private static let script = """
    #!/usr/bin/env svmrepl
    ## # Title
    ## Prose.

    seed 7
    #~ rel=1e-3
    # A remark.
    x = [1, 2] / 4
    x
    #> [9 9]

    print "a<b"

    ## More.
    y = 1

    """

  @Test func aPageShowsProseCodeAndOutput() throws {
    let title =
      "<h1 id=\"title\">Title<a class=\"anchor\" href=\"#title\""
      + " aria-label=\"Link to this section\">#</a></h1>\n"
    let body = try body(Self.script)
    #expect(
      body == title + """
        <p>Prose.</p>
        <pre class="code"><code><span class="v">seed</span> <span class="n">7</span>
        <span class="c"># A remark.</span>
        x = [<span class="n">1</span>, <span class="n">2</span>] / <span class="n">4</span>
        x</code></pre>
        <pre class="output"><samp>[0.25 0.50]</samp></pre>
        <pre class="code"><code><span class="v">print</span> \
        <span class="s">&quot;a&lt;b&quot;</span></code></pre>
        <pre class="output"><samp>a&lt;b</samp></pre>
        <p>More.</p>
        <pre class="code"><code>y = <span class="n">1</span></code></pre>

        """)
    let page = try #require(export(Self.script).text)
    #expect(page.contains("<title>Title</title>"))
    #expect(
      page.contains(
        "<span>t.svm by svmrepl 1</span> · <span>seed 7</span> · <span>portable kernels"))
    #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("<script"))
    #expect(!page.contains("folder/"))
  }

  /// The same in Markdown, where the prose stands as it is.
  @Test func markdown() throws {
    #expect(
      export(Self.script, to: .md).text == """
        # Title
        Prose.

        ```svm
        seed 7
        # A remark.
        x = [1, 2] / 4
        x
        ```

        ```text
        [0.25 0.50]
        ```

        ```svm
        print "a<b"
        ```

        ```text
        a<b
        ```

        More.

        ```svm
        y = 1
        ```

        ---

        <sub>t.svm by svmrepl 1 · seed 7 · portable kernels</sub>

        """)
    let fence = try #require(export("print \"```\"", to: .md).text)
    #expect(fence.contains("````text\n```\n````\n"))
  }

  @Test func recordedOutputsAreShownWithoutARun() throws {
    let script = "x = nothing_here\n#> one\n#>\n#>   two <b>\ny = 1\n"
    #expect(
      try body(script, recorded: true).hasSuffix(
        """
        <pre class="code"><code>x = nothing_here</code></pre>
        <pre class="output"><samp>one

          two &lt;b&gt;</samp></pre>
        <pre class="code"><code>y = <span class="n">1</span></code></pre>

        """))
    let page = export(script, recorded: true)
    #expect(page.status == 0 && page.text?.contains("outputs as recorded") == true)
  }

  @Test func theSameScriptMakesTheSameBytes() {
    for format in NotebookExport.Format.allCases {
      let script = Self.script + "r = randn(3, 3)\nr\nplot-ascii r\nd = synth blobs n=30 seed=1\n"
      #expect(export(script, to: format).text == export(script, to: format).text)
    }
  }

  /// Line ends, a missing one at the end, a mark of the byte order: all the same page.
  @Test func lineEndsDoNotMatter() {
    for format in NotebookExport.Format.allCases {
      let expected = export(Self.script, to: format).text
      let windows = Self.script.replacing("\n", with: "\r\n")
      #expect(export(windows, to: format).text == expected)
      #expect(export("\u{FEFF}" + Self.script, to: format).text == expected)
      #expect(export(String(Self.script.dropLast()), to: format).text == expected)
      #expect(export(Self.script + "\n\n", to: format).text == expected)
    }
  }

  @Test(arguments: ["", "\n\n", "#!/usr/bin/env svmrepl\n", "x = 1", "##", "# %%", "#> a\n", "# c"])
  func littleIsAPage(script: String) throws {
    for format in NotebookExport.Format.allCases {
      let page = export(script, to: format)
      #expect(page.status == 0 && page.text?.last == "\n")
    }
    let body = try body(script)
    #expect(body.hasPrefix("<h1 id=\"tsvm\">t.svm<a "), "\(body)")
  }

  /// `# %%` parts a page, and `##` inside of a statement is a remark.
  @Test func marks() throws {
    let body = try body(
      "# %% Part <1>\nfn f(x) {\n## inside\n  return x\n}\n#> orphan\n# %%\nz = 2\n")
    #expect(body.contains("<h2 id=\"part-1\">Part &lt;1&gt;<a"))
    #expect(body.contains("<span class=\"c\">## inside</span>\n"))
    #expect(body.contains("}</code></pre>\n<pre class=\"code\"><code>z"))
    #expect(!body.contains("orphan") && !body.contains("%%"))
  }

  /// Two statements of a line stand once, with the output of both.
  @Test func statementsOfOneLine() throws {
    let body = try body("1 + 1; \"two\"; for i in range(2) {\n print i\n}\n3\n")
    let outputs = ["2", "two", "0\n1"].map { "<pre class=\"output\"><samp>\($0)</samp></pre>\n" }
    #expect(body.contains("}</code></pre>\n" + outputs.joined()))
  }

  // MARK: Errors

  @Test func anErrorStandsBelowItsLine() throws {
    let script = "print 1\nnothing_here\nprint 2\n"
    let page = export(script)
    #expect(page.status == 3 && page.errors.count == 1)
    #expect(
      try body(script).contains(
        """
        nothing_here</code></pre>
        <pre class="output error" tabindex="0"><samp><b>error: \
        there is no 'nothing_here'</b>
          t.svm:2:1
            2 | nothing_here
              | ^^^^^^^^^^^^
          help: assign it first; `vars` lists what there is</samp></pre>
        <pre class="code"><code><span class="v">print</span> <span class="n">2</span></code></pre>

        """))
  }

  /// Errors of the text are in the page, each below its line, and nothing runs.
  @Test func errorsOfTheText() throws {
    let script = "print 1\nx = 1 +\n## prose\nprint 2\ntrain itres=3\n"
    let page = export(script)
    #expect(page.status == 2 && page.errors.count == 1)
    let checked = export("d = load \"iris\"\ntrain d itres=3\nload \"iris\" nothing=2\n")
    #expect(checked.status == 2 && checked.errors.count == 2)
    #expect(checked.text?.contains("seed") == false)
    let body = try body(script)
    #expect(body.contains("2 | x = 1 +") && body.contains("<b>error: "))
    #expect(!body.contains("<samp>1</samp>"))
    for format in NotebookExport.Format.allCases {
      #expect(export(script, to: format).text?.contains("x = 1 +") == true)
    }
    let parameter = export("x = 1", parameters: ["n": "3"])
    #expect(parameter.status == 2 && parameter.text?.contains("no parameter 'n'") == true)
  }

  @Test func aFailedExpectationAndAWarning() throws {
    let page = export("expect 1 == 2\nprint 3\n")
    #expect(page.status == 1 && page.text?.contains("<samp>3</samp>") == true)
    let warning = export("d = synth blobs n=20 seed=1;\nm = train d iters=3 lr=1e9 reg=1;\n")
    #expect(warning.text?.contains("class=\"output warning\"") == true || warning.status != 0)
  }

  @Test func parametersAreInTheFooter() {
    let page = export("param n = 1\nprint n\n", parameters: ["n": "5<"])
    #expect(page.status == 2)
    let other = export("param n = 1\nprint n\n", parameters: ["n": "5"])
    #expect(other.text?.contains("<samp>5</samp>") == true)
    #expect(other.text?.contains("<span>n=5</span>") == true)
  }

  // MARK: Long and strange

  @Test func longOutputIsCutInItsMiddle() throws {
    for script in [
      "for i in range(5000) { print i }", "print \"\\n\".join([str(i) for i in range(5000)])",
    ] {
      let body = try body(script)
      let start = try #require(body.firstRange(of: "<samp>"))
      let lines = body[start.upperBound...].split(separator: "\n")
      #expect(lines.count < 1010 && lines.contains("…") && lines.contains("499"))
      #expect(body.contains("\n4999</samp>") && !body.contains("\n2500\n"))
    }
    let wide = try body("print \"é\" * 1")
    #expect(wide.contains("error") || wide.contains("é"))
    let long = try body("x = \"漢\"\nfor i in range(17) { x = x + x }\nprint x\n")
    #expect(long.utf8.count < 100_000 && long.contains("漢…</samp>"))
  }

  @Test func controlCharactersAreVisible() throws {
    #expect(try body("print \"a\\u{1b}[31mb\\u{0}\"").contains("<samp>a\\u{1b}[31mb\\0</samp>"))
    #expect(try body("print \"\\n\"").contains("<samp>\n\n</samp>"))
  }

  /// 10 000 lines take a second or two, not minutes.
  @Test(.timeLimit(.minutes(1))) func aLongScript() throws {
    let part = """
      ## ## Part $x_1$
      ##
      ## Words *of* prose.

      x = [1, 2, 3] * 2
      x[0] + 1
      #> 3
      fn f(a) {
        return a
      }

      """
    let script = String(repeating: part, count: 1000)
    let page = try #require(export(script).text)
    #expect(page.split(separator: "<samp>3</samp>").count == 1001)
    #expect(page.contains("id=\"part-999\""))
  }

  // MARK: Files

  /// The footer names the files that were read, with the digits that `sha256sum` gives; not where
  /// they lie, and not what is bundled.
  @Test func theFooterHasTheChecksumsOfFiles() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a <b>.csv", "x,y\n1,0\n2,1\n")
    let script = "d = load \"\(file)\";\ni = load \"iris\";\nd.n\n"
    for format in [NotebookExport.Format.html, .md] {
      let page = try #require(export(script, to: format).text)
      #expect(page.contains("a &lt;b&gt;.csv: 12 B, SHA-256 f102f9ff55c5…"))
      #expect(page.split(separator: "SHA-256").count == 2)
    }
    let recorded = try #require(export(script, recorded: true).text)
    #expect(!recorded.contains("SHA-256"))
  }

  // MARK: Pictures

  /// Dots, which have one more form.
  private struct Dots: ObjectValue {
    let type: MediaType
    let bytes: [UInt8]
    var typeName: String { "dots" }
    var fieldNames: [String] { [] }
    func field(_ name: String) throws -> Value { .none }
    func report(on display: Display) -> Report { Report("dots") }
    var presentation: Presentation {
      Presentation { report(on: $0) }.adding(type) { _ in bytes }
    }
  }

  /// A command that draws.
  private struct Sketch: Command {
    static let name = "sketch"
    static let summary = "Draw."
    static let examples: [Example] = []
    static let group = CommandGroup.looking
    @Operand("What is drawn.") var kind: String
    func run(in session: Session) throws -> Output {
      let bytes: [UInt8]
      switch kind {
      case "svg": bytes = Array("<?xml version=\"1.0\"?>\n<svg width=\"1\"/>".utf8)
      case "html": bytes = Array("<table></table>".utf8)
      default: bytes = [1, 2, 3, 4]
      }
      let type: MediaType = kind == "svg" ? .svg : kind == "html" ? .html : .png
      return Output(.object(Dots(type: type, bytes: bytes)), showsEverywhere: true)
    }
  }

  /// An answer is prose: its formulas and emphasis are set, and its name is taken as it stands.
  @Test func answersAreProse() throws {
    let script = #"""
      answer "1 * 2" """Where $x < 0$ the *slope* is 0.

      # Not a part of the page"""
      """#
    let body = try body("## # T\n\(script)")
    let start = try #require(body.firstRange(of: "<div class=\"answer\">\n"))
    let answer = body[start.upperBound...]
    #expect(answer.hasPrefix("<p><strong>1 * 2:</strong></p>\n<p>Where <math"))
    #expect(answer.contains("the <em>slope</em> is 0.</p>\n<h1 id=\"not-a-part-of-the-page\">"))
    #expect(!body.contains("<samp>"))
    let markdown = try #require(export(script, to: .md).text)
    #expect(markdown.contains("\n**1 \\* 2\\:**\n\nWhere $x < 0$ the *slope* is 0.\n"))
    let wrong = export("answer \"1\" \"$\\\\x$\"")
    #expect(
      wrong.remarks.map(\.message) == [
        "the formula $\\x$ of an answer is shown as its source: "
          + "'\\x' is not among the commands of formulas"
      ])
  }

  @Test func picturesAreDrawn() throws {
    let catalog = Vocabulary(commands: [Sketch.self], functions: [])
    let script = "sketch \"svg\"\nsketch \"png\"\nsketch \"html\"\n"
    let page = try #require(export(script, catalog: catalog).text)
    #expect(
      page.contains(
        "<div class=\"figure\" tabindex=\"0\"><svg role=\"img\""
          + " aria-label=\"Picture: sketch &quot;svg&quot;\" width=\"1\"/></div>"))
    #expect(page.contains("<img src=\"data:image/png;base64,AQIDBA==\" alt=\"Picture: sketch"))
    #expect(page.contains("<table></table></div>"))
    let text = try #require(export(script, to: .md, catalog: catalog).text)
    #expect(text.contains("```text\ndots\n```"))
    let notebook = try #require(export(script, to: .ipynb, catalog: catalog).text)
    let file = try #require(JSONValue(parsing: notebook))
    let data = file["cells"]?.array?.first?["outputs"]?.array?.first?["data"]
    #expect(data?["text/plain"]?.text == "[\"dots\"]")
    #expect(data?["image/svg+xml"] != nil)
  }
}

/// RFC 4648, section 10.
@Suite struct Base64Tests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func vectors(text: String, encoded: String) {
    #expect(Base64.text(Array(text.utf8)) == encoded)
  }
}
