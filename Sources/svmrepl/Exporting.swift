import Commands
import Interpreter
import Language
import LinearAlgebra
import Notebook
import Text

/// `svmrepl export [--to FORMAT] [-o OUT] FILE [NAME=VALUE…]`.
struct Exporting {
  let console: Console
  let format: NotebookExport.Format?
  let output: String?
  let isQuiet: Bool

  /// Makes a page of a script. A script that fails makes one, too, and the status is the run's.
  func run(_ words: [String], _ options: NotebookExport.Options) throws -> Int32 {
    guard let file = words.first else {
      throw Diagnostic(
        "'export' needs a file", category: .usage,
        help: "svmrepl export [--to html|ipynb|md] [-o OUT] FILE")
    }
    if file.hasSuffix(".ipynb") {
      throw Diagnostic(
        "'\(Escaping.visible(file))' is a notebook of Jupyter", category: .usage,
        help: "`svmrepl import` makes a script of it")
    }
    var options = options
    options.parameters = try Program.parameters(Array(words.dropFirst()))
    if options.isRecorded, let name = options.parameters.keys.min() {
      throw Diagnostic(
        "'\(Escaping.visible(name))' has a value, but with '--recorded' nothing is run",
        category: .usage, help: "without '--recorded' it is run with that value")
    }
    options.format = format ?? formatOfOutput ?? .html
    let target = try OutputFile(output, of: file, ending: options.format.rawValue)
    let text = file == "-" ? try ScriptFile.standardInput() : try ScriptFile.text(of: file)
    let page = NotebookExport(
      text, name: file == "-" ? "standard input" : file, catalog: CommandCatalog.standard,
      facts: PageFacts(version: Main.version, kernel: Kernels.inForce), options: options)
    console.progress?.hide()
    for problem in page.errors + page.remarks { console.report(problem) }
    if let text = page.text { try target.write(text, console, isQuiet: isQuiet) }
    return page.status
  }

  /// The format that the ending of the output asks for.
  private var formatOfOutput: NotebookExport.Format? {
    guard let ending = output?.split(separator: ".").last?.lowercased() else { return nil }
    if ending == "htm" { return .html }
    return ending == "markdown" ? .md : NotebookExport.Format(rawValue: ending)
  }
}
