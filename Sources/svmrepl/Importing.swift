import Commands
import Interpreter
import Language
import Notebook
import Text

/// `svmrepl import [-o OUT] FILE.ipynb`.
struct Importing {
  let console: Console
  let output: String?
  let isQuiet: Bool

  /// Makes a script of a notebook.
  func run(_ words: [String]) throws -> Int32 {
    guard let file = words.first, words.count == 1 else {
      throw Diagnostic(
        words.isEmpty ? "'import' needs a file" : "'import' takes one file", category: .usage,
        help: "svmrepl import [-o OUT] FILE.ipynb")
    }
    let target = try OutputFile(output, of: file, ending: "svm")
    // A script is the work of its author: nobody expects it to be lost.
    if target.isDefault, target.exists {
      throw Diagnostic(
        "there is a '\(Escaping.visible(target.path))' already", category: .usage,
        help: "`-o \(Escaping.visible(target.path))` writes over it")
    }
    let text = file == "-" ? try ScriptFile.standardInput() : try ScriptFile.text(of: file)
    let script = try NotebookImport(text, name: file == "-" ? "standard input" : file)
    for remark in script.remarks {
      console.report(Diagnostic(remark, category: .data, severity: .warning))
    }
    try target.write(script.text, console, isQuiet: isQuiet)
    // In a notebook, an error is that of one cell; in a script, of all that follows.
    let source = Source(script.text, name: target.path == "-" ? "standard output" : target.path)
    let parsed = Parser.parse(source, verbs: CommandCatalog.standard.verbs)
    for var problem in parsed.diagnostics {
      problem.severity = .warning
      console.report(problem)
    }
    return 0
  }
}
