import Text

/// The candidates under the entry, one of which may be chosen.
struct CompletionMenu {
  /// The candidates, of which there are several.
  let list: CompletionList
  /// The entry without any of them.
  let original: EntryBuffer
  /// The number of the chosen one; nil before one is.
  private(set) var chosen: Int?

  init(_ list: CompletionList, in entry: EntryBuffer) {
    self.list = list
    original = entry
  }

  /// The entry with the chosen candidate.
  ///
  /// - Parameter isTaken: whether the choice is made, and what follows the word is put in, too.
  func entry(isTaken: Bool = false) -> EntryBuffer {
    guard let chosen else { return original }
    let candidate = list.candidates[chosen]
    var entry = original
    entry.replace(
      original.scalars(in: list.range), with: candidate.text + (isTaken ? candidate.suffix : ""))
    return entry
  }

  /// Chooses the next candidate or the one before, from the end to the start again.
  mutating func step(by count: Int) {
    let n = list.candidates.count
    chosen = chosen.map { ($0 + count % n + n) % n } ?? (count > 0 ? 0 : n - 1)
  }

  /// Chooses the candidate beside, above or below.
  mutating func move(_ action: EditorAction, columns: Int) {
    let height = grid(columns: columns).height
    switch action {
    case .up: step(by: -1)
    case .down: step(by: 1)
    case .left: if let chosen, chosen >= height { step(by: -height) }
    case .right:
      if chosen == nil { step(by: 1) }
      if let chosen, chosen + height < list.candidates.count { step(by: height) }
    default: break
    }
  }

  /// How the candidates stand: down the columns, one after the other.
  private struct Grid {
    /// Cells of a column, with the space to the next one.
    var width: Int
    var height: Int
    /// Whether each stands on a row of its own, with its help.
    var hasHelp: Bool
  }

  private func grid(columns: Int) -> Grid {
    let widest = list.candidates.map { DisplayWidth.of($0.text) }.max() ?? 0
    let count = list.candidates.count
    if count <= 8, list.candidates.contains(where: { !$0.help.isEmpty }) {
      return Grid(width: min(widest + 3, max(columns / 2, 8)), height: count, hasHelp: true)
    }
    let perRow = max(1, (columns - 1) / (widest + 3))
    return Grid(width: widest + 3, height: (count + perRow - 1) / perRow, hasHelp: false)
  }

  /// The rows under the entry, at most `limit`: the candidates, as many as there is room for around
  /// the chosen one, and the help of that one, whole.
  func rows(columns: Int, limit: Int, hasColor: Bool) -> [StyledRow] {
    let grid = grid(columns: columns)
    let help = chosen.map { list.candidates[$0].help } ?? ""
    let explanation =
      grid.hasHelp && DisplayWidth.of(help) + grid.width < columns
      ? []
      : TextLayout.wrapped(help, indent: 2, width: columns - 1).split(separator: "\n")
        .prefix(max(limit - 2, 0))
    let room = max(limit - explanation.count, 1)
    var visible = 0..<grid.height
    var rest: String?
    if grid.height > room {
      let shown = max(room - 1, 1)
      let row = (chosen ?? 0) % grid.height
      let first = min(max(row - shown / 2, 0), grid.height - shown)
      visible = first..<first + shown
      rest = "rows \(first + 1)-\(first + shown) of \(grid.height)"
    }
    var rows = visible.map { row in
      StyledRow(
        stride(from: row, to: list.candidates.count, by: grid.height).flatMap {
          cell($0, grid, columns: columns, hasColor: hasColor)
        })
    }
    if let rest, room > 1 { rows.append(StyledRow(" " + rest, .dim)) }
    return rows + explanation.map { StyledRow(String($0), .dim) }
  }

  private func cell(
    _ i: Int, _ grid: Grid, columns: Int, hasColor: Bool
  ) -> [Prompt.Part] {
    let candidate = list.candidates[i]
    let isChosen = i == chosen
    let name = TextLayout.leftAligned(candidate.text, in: grid.width - 3)
    var parts = [
      Prompt.Part(isChosen && !hasColor ? ">" : " "),
      Prompt.Part(name, rendition: isChosen ? .reversed : .plain), Prompt.Part("  "),
    ]
    if grid.hasHelp {
      let help = TextLayout.clipped(candidate.help, to: max(columns - grid.width - 1, 0))
      if !help.isEmpty { parts.append(Prompt.Part(help, rendition: .dim)) }
    }
    return parts
  }
}
