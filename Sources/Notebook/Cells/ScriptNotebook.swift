import Interpreter
import Language
import Record
import Text

/// A script as a notebook: its cells with what they showed.
struct ScriptNotebook {
  let source: Source
  /// The same under the name of the file alone.
  private let pageSource: Source
  let lines: ScriptLines
  /// The words of the code in colors.
  let highlights: [CodeHighlight]
  /// The verbs of the language.
  let verbs: Set<String>
  let cells: [NotebookCell]
  /// What is wrong with the script and has no place in it.
  let problems: [Diagnostic]
  /// All errors, in the order in which they were found.
  let errors: [Diagnostic]
  /// The exit status of the run; that of the errors in the text where it was not run.
  let status: Int32
  /// The session's seed at the end; nil where nothing was run.
  let seed: UInt64?
  /// The files that the run read.
  let files: [FileReads.Read]

  /// Runs a script; where `options` is nil, its outputs are those that are recorded.
  init(_ source: Source, catalog: Vocabulary, running options: ScriptRun.Options?) {
    let parsed = Parser.parse(source, verbs: catalog.verbs)
    let statements = parsed.script.statements
    guard let options else {
      let outputs = statements.map { statement -> [CellOutput] in
        statement.recorded.map { [.text(StyledText($0.joined(separator: "\n")))] } ?? []
      }
      self.init(
        source, parsed, catalog: catalog, outputs: outputs, rejections: parsed.diagnostics,
        status: parsed.diagnostics.first?.category.exitStatus ?? 0)
      return
    }
    let run = ScriptRun(
      source, statements: statements.count, catalog: catalog, options: options)
    self.init(
      source, parsed, catalog: catalog, outputs: run.events.map(CellOutput.all),
      rejections: run.rejections, status: run.status,
      seed: run.rejections.isEmpty ? run.seed : nil, files: run.filesRead)
  }

  /// A script with what each of its statements showed.
  ///
  /// - Parameter rejections: the errors for which it was not run.
  init(
    _ source: Source, _ parsed: ParseResult, catalog: Vocabulary, outputs: [[CellOutput]],
    rejections: [Diagnostic], status: Int32 = 0, seed: UInt64? = nil,
    files: [FileReads.Read] = []
  ) {
    let lines = ScriptLines(source, parsed)
    self.source = source
    pageSource = Source(
      String(decoding: source.bytes, as: UTF8.self), name: Self.fileName(source.name))
    self.lines = lines
    self.status = status
    self.seed = seed
    self.files = files
    verbs = catalog.verbs
    highlights = CodeHighlight.all(in: parsed, of: source)
    let reported = outputs.joined().compactMap { output -> Diagnostic? in
      guard case .diagnostic(let diagnostic) = output, diagnostic.severity != .warning else {
        return nil
      }
      return diagnostic
    }
    errors = rejections + reported
    problems = rejections.filter { $0.span == nil }
    cells =
      ScriptCells(
        source, lines, parsed.script.statements, outputs: outputs, problems: rejections
      ).cells
  }

  /// The text of a cell's code, without settings where those are not wanted.
  func code(of cell: CodeCell, withSettings: Bool) -> String {
    parts(of: cell, withSettings: withSettings).map(source.text).joined(separator: "\n")
  }

  /// The runs of lines of a cell's code.
  func parts(of cell: CodeCell, withSettings: Bool) -> [Span] {
    var parts: [Span] = []
    var joins = false
    for line in cell.lines {
      let span = lines.spans[line]
      if lines.kinds[line] == .setting {
        let isShebang = source.bytes[span.lower...].starts(with: "#!".utf8)
        if !withSettings || isShebang {
          joins = false
          continue
        }
      }
      if joins { parts[parts.count - 1].upper = span.upper } else { parts.append(span) }
      joins = true
    }
    return parts
  }

  /// The first heading of the prose, else the file's name.
  var title: String {
    for case .prose(let text, _) in cells {
      for line in text.split(separator: "\n") {
        let marks = line.prefix { $0 == "#" }
        if !marks.isEmpty, marks.count < 7, line.dropFirst(marks.count).first == " " {
          return line.dropFirst(marks.count).trimmingBlanks
        }
      }
    }
    return Self.fileName(source.name)
  }

  /// A diagnostic as a page shows it: the script is named without its folder, which is nobody's
  /// business and another one on each machine.
  func shown(_ diagnostic: Diagnostic) -> String {
    var diagnostic = diagnostic
    if diagnostic.source?.name == source.name { diagnostic.source = pageSource }
    // The calls that led to it name the script, too.
    diagnostic.notes = diagnostic.notes.map {
      $0.replacing(" \(source.name):", with: " \(pageSource.name):")
    }
    return diagnostic.rendered(color: false, width: 80)
  }

  static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

extension StringProtocol {
  /// The text without blanks at its ends.
  var trimmingBlanks: String {
    let start = drop { $0 == " " || $0 == "\t" }
    return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
