import Commands
import Language
import TestSupport
import Testing
import Text

@testable import Notebook

/// Scripts as notebooks of Jupyter, and back.
@Suite struct JupyterTests {
  private func notebook(_ text: String, recorded: Bool = false) throws -> String {
    var options = NotebookExport.Options()
    options.format = .ipynb
    options.isRecorded = recorded
    let export = NotebookExport(
      text, name: "t.svm", catalog: CommandCatalog.standard,
      facts: PageFacts(version: "1", kernel: "portable"), options: options)
    return try #require(export.text)
  }

  private func imported(_ text: String) throws -> NotebookImport {
    try NotebookImport(text, name: "t.ipynb")
  }

  /// The code of the statements and the prose of a script.
  private func contents(_ text: String) -> [String] {
    let source = Source(text, name: "")
    return Parser.parse(source, verbs: CommandCatalog.standard.verbs).script.items.map { item in
      switch item {
      case .statement(let statement):
        source.text(in: statement.statement.span) + (statement.isSilent ? ";" : "")
          + " \(statement.comparison)"
      case .prose(let text, _): "## " + text
      // A title becomes prose.
      case .cell(let title, _): title.isEmpty ? "" : "## ## " + title
      }
    }.filter { !$0.isEmpty }
  }

  private func recorded(_ text: String) -> [[String]] {
    Parser.parse(Source(text, name: ""), verbs: CommandCatalog.standard.verbs).script.statements
      .map { $0.recorded ?? [] }
  }

  @Test func cells() throws {
    let text = try notebook("## # Title\nx = 1\nx + 1\nprint \"a\\nb\"\nnothing_here\n")
    let file = try #require(JSONValue(parsing: text))
    let cells = try #require(file["cells"]?.array)
    #expect(cells.map { $0["cell_type"]?.string } == ["markdown", "code", "code", "code"])
    #expect(cells[0]["source"]?.text == "[\"# Title\"]")
    #expect(cells[1]["source"]?.text == "[\"x = 1\\n\",\"x + 1\"]")
    #expect(
      cells[1]["outputs"]?.text
        == "[{\"data\":{\"application/vnd.svmrepl+json\":2,\"text/plain\":[\"2\"]},"
        + "\"execution_count\":1,\"metadata\":{},\"output_type\":\"execute_result\"}]")
    #expect(
      cells[2]["outputs"]?.text
        == "[{\"name\":\"stdout\",\"output_type\":\"stream\",\"text\":[\"a\\n\",\"b\\n\"]}]")
    let error = cells[3]["outputs"]?.array?.first
    #expect(error?["output_type"]?.string == "error" && error?["ename"]?.string == "RuntimeError")
    #expect(error?["evalue"]?.string == "there is no 'nothing_here'")
    #expect(error?["traceback"]?.array?.count == 5)
    #expect(file["metadata"]?["kernelspec"]?["name"]?.string == "svmrepl")
    #expect(file["nbformat"]?.text == "4" && file["nbformat_minor"]?.text == "5")
  }

  /// A cell keeps its name while others change; no two have the same.
  @Test func cellsHaveNames() throws {
    func names(_ text: String) throws -> [String] {
      let file = try #require(JSONValue(parsing: try notebook(text)))
      return (file["cells"]?.array ?? []).compactMap { $0["id"]?.string }
    }
    let before = try names("## a\nprint 1\nprint 2\nprint 1\n")
    let after = try names("print 3\n## a\nprint 1\nprint 2\nprint 1\n")
    #expect(after.dropFirst() == before[...] && Set(after).count == 5)
    for name in after {
      #expect(
        name.count <= 64
          && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    }
  }

  /// There and back: the same statements, prose, tolerances and recorded outputs.
  @Test(arguments: ["cs231n_svm", "every_optimum", "how_good", "worked_example"])
  func walkthroughsComeBack(name: String) throws {
    let script = try Repository.text("scripts/walkthroughs/\(name).svm")
    let back = try imported(notebook(script, recorded: true))
    #expect(contents(back.text) == contents(script))
    #expect(recorded(back.text) == recorded(script))
    #expect(back.remarks.isEmpty)
    // Once more changes nothing.
    #expect(try imported(notebook(back.text, recorded: true)).text == back.text)
  }

  /// What a run shows is recorded in the script that comes back, so that it passes its check.
  @Test func outputsComeBackAsRecorded() throws {
    let script = """
      ## # Title
      seed 1
      #~ rel=1e-3
      x = [1, 2, 3] / 7
      x
      print ""
      print "a\\n\\nb  c"; x * 2
      # %% Part
      for i in range(3) { print i }
      plot-ascii [1, 3, 2] kind=bars
      expect 1 == 2
      expect [1, 2] ~= [1, 3] within=0.1
      y = (1 +
        2)
      d = synth blobs n=20 seed=1
      nothing_hree

      """
    let back = try imported(notebook(script)).text
    #expect(contents(back) == contents(script))
    let check = NotebookCheck(back, name: "t.svm", catalog: CommandCatalog.standard)
    #expect(check.difference.isEmpty, "\(back)\n\(check.difference)")
  }

  // MARK: Notebooks of others

  private func file(_ cells: String, _ metadata: String = "{}", format: Int = 4) -> String {
    "{\"cells\": [\(cells)], \"metadata\": \(metadata), \"nbformat\": \(format)}"
  }

  @Test func codeOfAnotherLanguageStandsAsComments() throws {
    let python = "{\"kernelspec\": {\"language\": \"python\", \"name\": \"python3\"}}"
    let script = try imported(
      file(
        """
        {"cell_type": "markdown", "metadata": {}, "source": ["# A\\n", "\\n", "b"]},
        {"cell_type": "code", "metadata": {}, "execution_count": 1, "outputs": [
          {"output_type": "stream", "name": "stdout", "text": "x"}],
         "source": "%%time\\n# %% a\\n#> b\\n#c\\n\\nx = 1"}
        """, python))
    #expect(
      script.text == """
        ## # A
        ##
        ## b

        #   %%time
        #   # %% a
        #   #> b
        #   #c
        #
        #   x = 1

        """)
    #expect(
      script.remarks == ["'t.ipynb' is in python: its code stands as comments, without outputs"])
    #expect(contents(script.text) == ["## # A\n\nb"])
  }

  @Test func outputsOfOthersKernels() throws {
    let script = try imported(
      file(
        """
        {"cell_type": "code", "metadata": {}, "execution_count": null, "source": "x", "outputs": [
          {"output_type": "execute_result", "data": {"text/plain": "\\u001b[1ma\\u001b[0m\\r\\nb"}},
          {"output_type": "display_data", "data": {"image/png": "AAAA"}},
          {"output_type": "stream", "name": "stderr", "text": ["warning: w\\n", "  help: h\\n"]},
          {"output_type": "error", "ename": "E", "evalue": "v", "traceback": []}]},
        {"cell_type": "raw", "metadata": {}, "source": "raw"},
        {"cell_type": "code", "metadata": {}, "source": "  \\n", "outputs": []},
        {"cell_type": "code", "metadata": {}, "source": "y = 1\\n\\n"}
        """))
    #expect(
      script.text == """
        x
        #> a
        #> b
        #> warning: w
        #>   help: h
        #> error: v

        #   raw

        y = 1

        """)
    #expect(try imported(file("")).text == "")
  }

  @Test(arguments: [
    ("", "its JSON is damaged"), ("{\"cells\": [", "its JSON is damaged"),
    ("[]", "is no notebook of Jupyter"), ("{\"cells\": []}", "is no notebook of Jupyter"),
    ("{\"nbformat\": 3, \"worksheets\": []}", "has format 3 of notebooks, and 4 is read"),
    ("{\"nbformat\": 4}", "has no list of cells"), ("{\"nbformat\": 4, \"cells\": 1}", "no list"),
    ("{\"nbformat\": 4, \"cells\": [1]}", "cell 1 of 't.ipynb' is damaged"),
    ("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\"}]}", "cell 1 of 't.ipynb' is damaged"),
  ])
  func damagedFilesAreRefused(text: String, message: String) {
    let error = #expect(throws: Diagnostic.self) { _ = try imported(text) }
    #expect(error?.message.contains(message) == true && error?.category == .data)
  }

  /// A file cut at any place, and with any byte lost, is read or refused.
  @Test func damage() throws {
    let whole = try notebook("## # Title\nx = 1\nx\nprint 3\n")
    let bytes = Array(whole.utf8)
    for i in stride(from: 0, to: bytes.count, by: 7) {
      _ = try? imported(String(decoding: bytes[..<i], as: UTF8.self))
      _ = try? imported(String(decoding: bytes[..<i] + bytes[(i + 1)...], as: UTF8.self))
    }
  }
}
