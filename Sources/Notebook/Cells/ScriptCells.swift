import Language
import Text

/// Divides a script into the cells of a notebook: prose, and code up to each line that shows
/// something.
struct ScriptCells {
  private(set) var cells: [NotebookCell] = []
  private let lines: ScriptLines
  private let source: Source
  /// The first line of the code that is being collected.
  private var start: Int?

  /// The cells of a script.
  ///
  /// - Parameters:
  ///   - outputs: what each statement showed.
  ///   - problems: what is wrong with the script, below the lines that they name.
  init(
    _ source: Source, _ lines: ScriptLines, _ statements: [TopLevelStatement],
    outputs: [[CellOutput]], problems: [Diagnostic]
  ) {
    self.source = source
    self.lines = lines
    var below = [[CellOutput]](repeating: [], count: lines.spans.count)
    var isValue = [Bool](repeating: false, count: lines.spans.count)
    for (statement, line) in Self.ends(lines.statements).enumerated() {
      below[line] += outputs[statement]
      if case .expression = statements[statement].statement.kind {
        isValue[line] = true
      } else {
        isValue[line] = false
      }
    }
    for problem in problems {
      guard let span = problem.span, !below.isEmpty else { continue }
      below[lines.line(at: span.lower)].append(.diagnostic(problem))
    }
    var prose: (text: String, line: Int)?
    for (line, kind) in lines.kinds.enumerated() {
      if case .prose(let text) = kind {
        close(before: line)
        prose = prose.map { ($0.text + "\n" + text, $0.line) } ?? (text, line)
        continue
      }
      if let (text, first) = prose { cells.append(.prose(text, line: first)) }
      prose = nil
      switch kind {
      case .title(let title):
        close(before: line)
        cells.append(.title(title))
      case .recorded: close(before: line)
      case .code, .setting, .prose:
        if start == nil { start = line }
        if !below[line].isEmpty {
          close(before: line + 1, below[line], endsInValue: isValue[line])
        }
      }
    }
    if let (text, first) = prose { cells.append(.prose(text, line: first)) }
    close(before: lines.spans.count)
  }

  /// The line below which the output of each statement stands: where it ends, or where the one does
  /// that begins in that line.
  private static func ends(_ statements: [ClosedRange<Int>]) -> [Int] {
    var ends = statements.map(\.upperBound)
    for i in ends.indices.dropLast().reversed()
    where statements[i + 1].lowerBound == statements[i].upperBound {
      ends[i] = ends[i + 1]
    }
    return ends
  }

  /// Makes a cell of the code so far, unless that is blank.
  private mutating func close(
    before end: Int, _ outputs: [CellOutput] = [], endsInValue: Bool = false
  ) {
    defer { start = nil }
    guard let start else { return }
    let full = (start..<end).filter { !isBlank($0) }
    guard let first = full.first, let last = full.last else { return }
    cells.append(.code(CodeCell(lines: first...last, outputs: outputs, endsInValue: endsInValue)))
  }

  private func isBlank(_ line: Int) -> Bool {
    let span = lines.spans[line]
    return lines.kinds[line] == .setting && source.bytes[span.lower...].starts(with: "#!".utf8)
      || source.bytes[span.lower..<span.upper].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }
}
