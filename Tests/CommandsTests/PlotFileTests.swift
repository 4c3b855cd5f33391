import Glibc
import Interpreter
import TestSupport
import Testing
import Text

@testable import Commands

/// The files of `plot-file`.
@Suite struct PlotFileTests {
  @Test func theEndingDecidesWhatIsWritten() throws {
    let folder = try TemporaryFolder()
    try folder.whileCurrent {
      let run = run(
        """
        plot-file [1, 3, 2] title="a < b" width=400 height=300 to="p.svg"
        plot-file [1, 3, 2] width=400 height=300 to="P.PNG"
        """)
      #expect(run.status == 0, "\(run.report)")
      #expect(
        run.shown == [
          "saved plot (400×300 pixels) to p.svg", "saved plot (400×300 pixels) to P.PNG",
        ])
      let svg = try TemporaryFolder.text("p.svg")
      #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
      #expect(svg.contains("<title>a &lt; b</title>") && svg.hasSuffix("</svg>\n"))
      let png = try TemporaryFolder.bytes("P.PNG")
      // The signature of PNG, and the width and height in its header.
      #expect(png.prefix(8) == [137, 80, 78, 71, 13, 10, 26, 10])
      #expect(png[16..<24] == [0, 0, 1, 144, 0, 0, 1, 44])
      #expect(folder.names == ["P.PNG", "p.svg"])
    }
  }

  @Test(
    arguments: [
      ("x.pdf", 3, "no plot is written as '.pdf'", "endings: .svg .png"),
      ("x", 3, "the file's name has no ending", "endings: .svg .png"),
      ("no/such/x.svg", 4, "no/such/x.svg", ""), ("/dev/full.d/x.png", 4, "x.png", ""),
      ("full.svg", 4, "full.svg", "no space"),
    ] as [(String, Int32, String, String)])
  func whatCannotBeWrittenIsSaid(_ path: String, _ status: Int32, _ words: String, _ help: String)
    throws
  {
    let folder = try TemporaryFolder()
    try folder.whileCurrent {
      symlink("/dev/full", "full.svg")
      let run = run("plot-file [1, 2] to=\"\(path)\"")
      #expect(run.status == status, "\(run.report)")
      #expect(run.report.contains(words) && run.report.lowercased().contains(help), "\(run.report)")
      #expect(folder.names == ["full.svg"])
    }
  }

  @Test func aFileThatCannotBeWrittenStaysAsItWas() throws {
    let folder = try TemporaryFolder()
    try folder.whileCurrent {
      try folder.write("old.svg", "old")
      for line in [
        "plot-file \"text\" to=\"old.svg\"", "plot-file to=\"old.svg\"",
        "plot-file [1, 2] kind=bars log=y to=\"old.svg\"",
        "plot-file [1, 2] width=99 to=\"old.svg\"",
      ] {
        #expect(run(line).status != 0, "\(line)")
        let text = try TemporaryFolder.text("old.svg")
        #expect(text == "old")
      }
      #expect(folder.names == ["old.svg"])
    }
  }

  /// Everything that says what is drawn is an option of both verbs, with the same words.
  @Test func optionsAreThoseOfThePlotInTheTerminal() throws {
    let catalog = CommandCatalog.standard.signatures
    let ascii = try #require(catalog.first { $0.name == "plot-ascii" }).options.map(\.name)
    let file = try #require(catalog.first { $0.name == "plot-file" }).options.map(\.name)
    #expect(Set(ascii).subtracting(file) == ["canvas"])
    #expect(Set(file).subtracting(ascii) == ["to"])
  }

  @Test func messagesNameTheVerb() {
    let empty = run("plot-file to=\"x.svg\"")
    #expect(empty.report.contains("'plot-file' has nothing to draw"), "\(empty.report)")
    #expect(empty.report.contains("`plot-file VALUE…`"))
  }

  @Test func aPlotKeepsWhatItIs() throws {
    try TemporaryFolder().whileCurrent {
      let run = run(
        """
        p = plot-ascii [1, 10, 100] log=y title="decades" width=50 height=10;
        plot-file p to="p.svg"
        plot-file [1, 10, 100] log=y title="decades" width=400 height=180 to="q.svg"
        """)
      #expect(run.status == 0, "\(run.report)")
      // 8 pixels a column, 18 a row.
      #expect(run.text.contains("(400×180 pixels)"), "\(run.text)")
      let (one, other) = try (TemporaryFolder.bytes("p.svg"), TemporaryFolder.bytes("q.svg"))
      #expect(one == other)
    }
  }

  @Test func aPlotIsPresentedAsTextAndDrawings() throws {
    let test = TestSession()
    test.run("p = plot-ascii [1, 3, 2] title=\"three\";")
    guard case .object(let box)? = test.session.value(of: "p") else {
      Issue.record("no plot")
      return
    }
    let presentation = box.object.presentation
    guard case .data(.svg, let svg) = try presentation.best(of: [.svg, .text], on: Display()),
      case .data(.png, let png) = try presentation.best(of: [.png, .svg], on: Display()),
      case .text(let text) = try presentation.best(of: [.text], on: Display())
    else {
      Issue.record("a form is missing")
      return
    }
    #expect(String(decoding: svg, as: UTF8.self).contains("<title>three</title>"))
    #expect(png.prefix(4) == [137, 80, 78, 71])
    #expect(text.plain.contains("three"))
  }
}
