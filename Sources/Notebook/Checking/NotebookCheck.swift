import Interpreter
import Language
import Text

/// Runs a script from an empty session and compares what its statements show with the `#>` lines
/// below them.
public struct NotebookCheck {
  /// The differences as `diff -u` writes them; empty where there are none.
  public private(set) var difference = ""
  /// The text of the file with its output as it is now: only lines that differ are changed. What
  /// follows an error or `quit` that ended the run keeps what it had.
  public private(set) var updated: String
  /// What is to be said beside the difference, one line each.
  public private(set) var remarks: [String] = []
  /// The errors that were found before anything ran.
  public private(set) var errors: [Diagnostic] = []
  /// How many errors the run had, which are recorded like any output.
  public private(set) var runErrors = 0
  /// 0 where all is as recorded, 1 where something differs, else the status of the run.
  public private(set) var status: Int32 = 0

  /// Checks a script; `text` is the file as it is, and `name` what it is called.
  public init(
    _ text: String, name: String, catalog: Vocabulary, cache: ResultCache? = nil
  ) {
    updated = text
    let source = Source(text, name: name)
    let parsed = Parser.parse(source, verbs: catalog.verbs)
    let statements = parsed.script.statements
    let comparisons: [LineComparison]
    do {
      comparisons = try Self.comparisons(statements)
    } catch {
      errors = [
        Diagnostic(
          "'\(error.word)' in a '#~' line is no tolerance", category: .usage, source: source,
          help: "as in `#~ rel=1e-3 abs=1e-6`")
      ]
      status = 2
      return
    }
    let run = RecordedRun(
      source, statements: statements.count, catalog: catalog, cache: cache)
    errors = run.rejections
    runErrors = run.errors
    guard errors.isEmpty, run.status != 130 else {
      status = run.status
      return
    }
    guard statements.contains(where: { $0.recorded != nil }) else {
      withoutRecords(run, source, statements)
      return
    }
    let lines = Self.lines(of: text)
    let blocks = Self.blocks(source, statements, comparisons, run, lines)
    let differing = blocks.filter { !$0.agrees }
    if !differing.isEmpty {
      let diff = UnifiedDiff(lines, differing)
      difference = diff.text(name)
      updated = diff.updated.joined(separator: "\n")
      status = 1
      remarks.append(
        "\(name): \(differing.count) of \(Quantity.count(blocks.count, "output")) "
          + (differing.count == 1 ? "differs" : "differ"))
    }
    if let ended = run.ended {
      let rest = statements[(ended + 1)...].filter { $0.recorded != nil }.count
      if rest > 0 {
        let line = source.line(at: statements[ended].statement.span.lower)
        remarks.append(
          "\(name):\(line): the run ended here, \(Quantity.count(rest, "recorded output")) below "
            + "\(rest == 1 ? "was" : "were") not looked at")
        status = max(status, 1)
      }
    }
    if let span = statements.lazy.compactMap({ Self.singlePrecision(in: $0.statement) }).first,
      statements.first?.comparison.isEmpty ?? true
    {
      remarks.append(
        "\(name):\(source.line(at: span.lower)): single precision differs from machine to machine: "
          + "a line such as `#~ rel=1e-3` above the first statement says by how much it may")
      status = 1
    }
    if remarks.isEmpty {
      remarks = ["\(name): \(Quantity.count(blocks.count, "output")) as recorded"]
    }
  }

  /// The lines of a file; those that end with CRLF keep the CR.
  private static func lines(of text: String) -> [String] {
    text.utf8.split(separator: 10, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// A recorded line without its mark and one blank.
  private static func content(_ line: String) -> String {
    var rest = line.unicodeScalars.drop { $0 == "#" || $0 == ">" }
    if rest.first == " " { rest = rest.dropFirst() }
    if rest.last == "\r" { rest = rest.dropLast() }
    return String(rest)
  }

  /// A file without records passes where it runs to its end.
  private mutating func withoutRecords(
    _ run: RecordedRun, _ source: Source, _ statements: [TopLevelStatement]
  ) {
    status = run.status
    updated = Self.recorded(updated, source, statements, run)
    if status == 0 {
      remarks = ["\(source.name): no recorded output; it ran to its end"]
    } else {
      let shown = run.ended.map { run.outputs[$0].map(\.text) } ?? []
      remarks = ["\(source.name): no recorded output, and it did not run to its end"] + shown
    }
  }

  /// The place of `precision=single` in a statement; nil where it has none.
  private static func singlePrecision(in statement: Statement) -> Span? {
    for part in statement.parts {
      switch part {
      case .command(let command):
        for option in command.options where option.key == "precision" {
          if case .word("single", _) = option.value.kind { return option.keySpan }
        }
      case .statement(let inner):
        if let found = singlePrecision(in: inner) { return found }
      case .expression: continue
      }
    }
    return nil
  }

  /// The text with the output of every statement.
  private static func recorded(
    _ text: String, _ source: Source, _ statements: [TopLevelStatement], _ run: RecordedRun
  ) -> String {
    let lines = lines(of: text)
    let comparisons = [LineComparison](repeating: LineComparison(), count: statements.count)
    let blocks = blocks(source, statements, comparisons, run, lines)
    return UnifiedDiff(lines, blocks.filter { !$0.agrees }).updated.joined(separator: "\n")
  }

  /// The tolerance of each statement: that of the `#~` lines above it, and above the first one that
  /// of the whole file.
  private static func comparisons(
    _ statements: [TopLevelStatement]
  ) throws(LineComparison.Misread) -> [LineComparison] {
    var whole = LineComparison()
    var result: [LineComparison] = []
    for (i, statement) in statements.enumerated() {
      let own = try whole.changed(by: statement.comparison)
      if i == 0 { whole = own }
      result.append(own)
    }
    return result
  }

  /// The block below each line that ends a statement. What the statements of one line show stands
  /// below it together. Those that were not run have none.
  private static func blocks(
    _ source: Source, _ statements: [TopLevelStatement], _ comparisons: [LineComparison],
    _ run: RecordedRun, _ lines: [String]
  ) -> [RecordedBlock] {
    var blocks: [RecordedBlock] = []
    var shown: [RecordedRun.Line] = []
    for (i, statement) in statements.enumerated() {
      if let ended = run.ended, i > ended { break }
      shown += run.outputs[i]
      let end = source.line(at: statement.statement.span.upper)
      if i + 1 < statements.count, i != run.ended,
        source.line(at: statements[i + 1].statement.span.lower) == end
      {
        continue
      }
      let start = statement.recordedSpan.map { source.line(at: $0.lower) - 1 } ?? end
      let last = statement.recordedSpan.map { source.line(at: $0.upper) } ?? end
      let kept = Array(lines[start..<last])
      let recorded = kept.map(Self.content)
      let block = RecordedBlock(
        start: start, lines: kept, recorded: recorded, now: shown, comparison: comparisons[i],
        ending: lines[end - 1].unicodeScalars.last == "\r" ? "\r" : "")
      if !recorded.isEmpty || !shown.isEmpty { blocks.append(block) }
      shown = []
    }
    return blocks
  }
}
