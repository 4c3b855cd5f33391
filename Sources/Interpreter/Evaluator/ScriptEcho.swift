import Language
import Text

/// What `--echo` shows before the output of a statement: the prose above it, and its lines after a
/// prompt, as a session would have them.
struct ScriptEcho {
  private let source: Source
  private var before = StyledText()
  /// The end of the last line that was shown.
  private var shown = 0
  private var isFirst = true

  init(_ source: Source) { self.source = source }

  /// Notes prose or the title of a cell.
  mutating func add(_ item: ScriptItem) {
    switch item {
    case .prose(let text, _): before.appendLine(text + "\n")
    case .cell(let title, _): before.appendLine(title + "\n", .heading)
    case .statement: break
    }
  }

  /// All that stands before the output of a statement.
  mutating func text(before statement: TopLevelStatement) -> StyledText {
    let span = statement.statement.span
    var text = rest()
    // Of two statements on a line, the second is not shown again.
    let start = source.lineStart(at: span.lower)
    let end = source.lineEnd(at: span.upper)
    guard end > shown else { return text }
    let code = source.text(in: Span(max(start, shown), end))
    for (i, line) in code.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      text.appendLine((i == 0 ? "svm> " : "...> ") + line, .heading)
    }
    shown = end
    return text
  }

  /// The prose that no statement follows.
  mutating func rest() -> StyledText {
    guard !before.isEmpty else { return StyledText() }
    var text = StyledText(isFirst ? "" : "\n")
    isFirst = false
    text.append(before)
    before = StyledText()
    return text
  }
}
