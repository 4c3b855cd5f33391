import Glibc
import TestSupport
import Testing

/// `svmrepl export` and `svmrepl import`: what they write, where, and what they refuse.
@Suite struct ExportTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let script = "## # Title\nx = 1\nx + 1\n#> 3\n"

  @Test func aPageStandsBesideItsScript() throws {
    let file = try folder.write("a.b.svm", Self.script)
    let run = ProgramRun(["export", file])
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    #expect(run.output == "\(folder("a.b.html")): written\n")
    let page = try TemporaryFolder.text(folder("a.b.html"))
    #expect(page.hasPrefix("<!DOCTYPE html>\n") && page.contains("<samp>2</samp>"))
    #expect(try TemporaryFolder.text(file) == Self.script)
    #expect(folder.names == ["a.b.html", "a.b.svm"])
    // The same bytes again, and on the standard output.
    #expect(ProgramRun(["export", "-o", "-", file]).output == page)
    #expect(ProgramRun(["--quiet", "export", file]).output.isEmpty)
    #expect(try TemporaryFolder.text(folder("a.b.html")) == page)
  }

  @Test func theFormatIsThatOfTheOptionOrTheEnding() throws {
    let file = try folder.write("a.svm", Self.script)
    for (arguments, name, start) in [
      (["--to", "md"], "a.md", "# Title\n"), (["--to=ipynb"], "a.ipynb", "{\n \"cells\": ["),
      (["-o", folder("b.md")], "b.md", "# Title\n"),
      (["--output", folder("c.ipynb")], "c.ipynb", "{\n \"cells\": ["),
      (["-o", folder("d.txt")], "d.txt", "<!DOCTYPE html>"),
      (["-o", folder("e.html"), "--to", "md"], "e.html", "# Title\n"),
    ] {
      #expect(ProgramRun(["export", file] + arguments).status == 0, "\(arguments)")
      #expect(try TemporaryFolder.text(folder(name)).hasPrefix(start), "\(arguments)")
    }
    let recorded = ProgramRun(["export", "--recorded", "--to", "md", "-o", "-", file])
    #expect(recorded.output.contains("```text\n3\n```"))
    // From a pipe to a pipe.
    let piped = ProgramRun(["export", "--to", "md", "-"], input: Self.script)
    #expect(piped.output.hasPrefix("# Title\n") && piped.output.contains("standard input by"))
  }

  @Test func aScriptThatFailsMakesAPage() throws {
    for (text, status) in [("print 1\nnothing", 3), ("x = (", 2), ("expect 1 == 2", 1)] {
      let file = try folder.write("bad.svm", text)
      let run = ProgramRun(["export", file])
      #expect(run.status == Int32(status) && run.errors.hasPrefix("error: "))
      #expect(try TemporaryFolder.text(folder("bad.html")).contains("<b>error: "))
      unlink(folder("bad.html"))
    }
    let file = try folder.write("on.svm", "nothing\nprint \"here\"\n")
    let run = ProgramRun(["--keep-going", "export", "-o", "-", file])
    #expect(run.status == 3 && run.output.contains("<samp>here</samp>"))
    let given = try folder.write("given.svm", "param n = 1\nprint (n + 1)\n")
    let page = ProgramRun(["export", given, "n=5", "-o", "-"])
    #expect(page.output.contains("<samp>6</samp>") && page.output.contains("n=5"))
  }

  @Test func noSourceIsWrittenOver() throws {
    let notes = try folder.write("notes.md", Self.script)
    symlink(notes, folder("link.html"))
    for arguments in [
      ["--to", "md", notes], [notes, "-o", notes], [notes, "-o", folder("link.html")],
      [notes, "-o", folder.path + "/./notes.md"],
    ] {
      let run = ProgramRun(["export"] + arguments)
      #expect(run.status == 2 && run.errors.contains("would be written over itself"))
    }
    #expect(try TemporaryFolder.text(notes) == Self.script)
  }

  @Test func whatCanNotBeWrittenIsSaid() throws {
    let file = try folder.write("a.svm", Self.script)
    let nowhere = ProgramRun(["export", file, "-o", "/no/such/folder/a.html"])
    #expect(nowhere.status == 4 && nowhere.errors.contains("can't be written"))
    let full = ProgramRun(["export", file, "-o", "/dev/full"])
    #expect(full.status == 4 && full.errors.contains("can't be written"))
    let pipe = ProgramRun(["export", file, "-o", "-"], redirection: ">/dev/full")
    #expect(pipe.status == 4 && pipe.errors.contains("can't write the output"))
    #expect(ProgramRun(["export", file, "-o", folder.path]).status == 4)
    #expect(ProgramRun(["export", folder("none.svm")]).status == 4)
    #expect(folder.names == ["a.svm"])
  }

  @Test func optionsThatMeanNothingAreRefused() throws {
    let file = try folder.write("a.svm", Self.script)
    for arguments in [
      ["export"], ["import"], ["--to", "md", file], ["--recorded", file], ["-o", "x", file],
      ["check", file, "--to", "md"], ["export", file, "--update"], ["export", "--echo", file],
      ["export", "--json", file], ["export", file, "--to", "pdf"], ["import", "--to", "md", file],
      ["export", "--recorded", "--keep-going", file], ["import", file, file],
      ["export", file, "other.svm"], ["export", file, "x=1", "--recorded"],
      ["import", "--recorded", file], ["check", "--echo", file], ["-c", "1", "--to", "md"],
      ["export", "a.ipynb"],
    ] {
      let run = ProgramRun(arguments)
      #expect(run.status == 2 && run.errors.hasPrefix("error: "), "\(arguments) \(run.errors)")
      #expect(run.output.isEmpty)
    }
    #expect(folder.names == ["a.svm"])
  }

  @Test func aFormulaThatIsNotKnownIsAWarning() throws {
    let file = try folder.write("a.svm", "## Let $\\foo$ be.\n")
    let run = ProgramRun(["export", file])
    #expect(run.status == 0)
    #expect(
      run.errors == """
        warning: a formula is shown as its source: '\\foo' is not among the commands of formulas
          \(file):1:9
            1 | ## Let $\\foo$ be.
              |         ^

        """)
  }

  // MARK: Import

  @Test func aNotebookComesBack() throws {
    let file = try folder.write("a.svm", Self.script)
    #expect(ProgramRun(["export", "--to", "ipynb", file]).status == 0)
    // The script is there, and stays.
    let kept = ProgramRun(["import", folder("a.ipynb")])
    #expect(kept.status == 2 && kept.errors.contains("there is a '\(file)' already"))
    #expect(kept.errors.contains("help: `-o \(file)` writes over it"))
    let run = ProgramRun(["import", folder("a.ipynb"), "-o", folder("b.svm")])
    #expect(run.status == 0 && run.output == "\(folder("b.svm")): written\n")
    #expect(
      try TemporaryFolder.text(folder("b.svm")) == "## # Title\n\nx = 1\nx + 1\n#> 2\n")
    #expect(ProgramRun(["import", folder("a.ipynb"), "-o", file]).status == 0)
    let notebook = try TemporaryFolder.text(folder("a.ipynb"))
    #expect(ProgramRun(["import", "-"], input: notebook).output.hasPrefix("## # Title\n"))
    // What is made passes its check.
    #expect(ProgramRun(["check", folder("b.svm")]).status == 0)
  }

  @Test func damagedNotebooks() throws {
    let file = try folder.write("a.ipynb", "{\"cells\": [")
    let run = ProgramRun(["import", file])
    #expect(run.status == 4 && run.errors.hasPrefix("error: '\(file)' is no notebook"))
    #expect(folder.names == ["a.ipynb"])
    let python = try folder.write(
      "p.ipynb",
      """
      {"cells": [{"cell_type": "code", "source": "import numpy", "outputs": []}],
       "metadata": {"kernelspec": {"language": "python"}}, "nbformat": 4, "nbformat_minor": 5}
      """)
    let imported = ProgramRun(["import", python])
    #expect(imported.status == 0 && imported.errors.hasPrefix("warning: '\(python)' is in python"))
    #expect(try TemporaryFolder.text(folder("p.svm")) == "#   import numpy\n")
    let open = try folder.write(
      "o.ipynb",
      """
      {"cells": [{"cell_type": "code", "source": "x = (", "outputs": []}], "metadata": {},
       "nbformat": 4, "nbformat_minor": 5}
      """)
    let warned = ProgramRun(["import", open])
    #expect(warned.status == 0 && warned.errors.hasPrefix("warning: "))
  }
}
