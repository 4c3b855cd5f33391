import Text

/// A confusion matrix: rows are the true classes, columns the predicted ones.
public struct ConfusionChart: Chart {
  /// The counts, K×K row by row; missing ones at the end are 0.
  public let counts: [Int]
  /// The names of the K classes.
  public let classes: [String]

  /// Whether a last line has the accuracy.
  public var showsAccuracy: Bool

  /// A confusion matrix.
  public init(counts: [Int], classes: [String], showsAccuracy: Bool = true) {
    self.counts = counts
    self.classes = classes
    self.showsAccuracy = showsAccuracy
  }

  /// `confusion`.
  public var kind: String { "confusion" }

  /// The counts, and the names of the classes.
  public var data: [ChartData.Named] {
    let count = classes.count * classes.count
    let all = counts.prefix(count) + [Int](repeating: 0, count: max(0, count - counts.count))
    return [
      ("counts", .matrix(rows: classes.count, columns: classes.count, all.map(Double.init))),
      ("classes", .texts(classes)),
    ]
  }

  /// The matrix with the recall of each class. With too many classes for numbers: the matrix as
  /// colors or shades, the most frequent mistakes, and the classes of least recall.
  public func drawn(in frame: ChartFrame) -> CellGrid {
    guard !classes.isEmpty else {
      var grid = CellGrid(columns: frame.columns)
      grid.put(frame.clipped("no classes to show", to: frame.columns), row: 0, column: 0)
      return grid
    }
    return table(in: frame) ?? overview(in: frame)
  }

  // MARK: All numbers

  private func table(in frame: ChartFrame) -> CellGrid? {
    let size = classes.count
    guard size <= 60 else { return nil }
    let truth = frame.axes.yLabel ?? "true"
    let widestName = classes.map { DisplayWidth.of($0) }.max() ?? 1
    let digits = (0..<size * size).map { String(count($0 / size, $0 % size)).count }.max() ?? 1
    let recallWidth = 8
    let names = min(
      max(widestName, min(DisplayWidth.of(truth), 8)), max(4, frame.columns / 5))
    let room = frame.columns - names - 1 - recallWidth
    let least = max(digits, 2) + 1
    guard size * least <= room else { return nil }
    let cell = min(room / size, max(least, min(widestName + 1, 12)))
    let hasColor = frame.display.hasColor
    let start = names + 1
    let end = start + size * cell

    var grid = CellGrid(columns: frame.columns)
    let predicted = frame.clipped(frame.axes.xLabel ?? "predicted", to: frame.columns - start)
    grid.put(
      predicted, row: 0,
      column: start + max(0, (size * cell - DisplayWidth.of(predicted)) / 2))
    grid.put(frame.clipped(truth, to: names), row: 1, column: 0, style: Style(isBold: true))
    for column in 0..<size {
      let name = frame.clipped(classes[column], to: cell - 1)
      grid.put(
        TextLayout.rightAligned(name, in: cell), row: 1, column: start + column * cell,
        style: Style(isBold: true))
    }
    grid.put(TextLayout.rightAligned("recall", in: recallWidth), row: 1, column: end)
    for row in 0..<size {
      let total = self.total(row)
      grid.put(frame.clipped(classes[row], to: names), row: row + 2, column: 0)
      for column in 0..<size {
        let number = count(row, column)
        let isZero = number == 0
        let text = isZero && row != column ? (frame.display.isASCII ? "." : "·") : String(number)
        var style = Style()
        if hasColor, !isZero, total > 0 {
          let ground = Palette.sequential(Double(number) / total)
          style = Style(Palette.ink(on: ground), on: ground, isBold: row == column)
        }
        grid.put(
          TextLayout.rightAligned(text, in: cell), row: row + 2, column: start + column * cell,
          style: style)
      }
      grid.put(
        TextLayout.rightAligned(percent(recall(row), dash(frame)), in: recallWidth), row: row + 2,
        column: end)
    }
    if showsAccuracy {
      grid.put(frame.clipped(summary(dash(frame)), to: frame.columns), row: size + 2, column: 0)
    }
    return grid
  }

  // MARK: Too many for numbers

  private func overview(in frame: ChartFrame) -> CellGrid {
    guard let map = shares() else {
      var grid = CellGrid(columns: frame.columns)
      grid.put(frame.clipped(summary(dash(frame)), to: frame.columns), row: 0, column: 0)
      return grid
    }
    var inner = frame
    inner.axes.xLabel = frame.axes.xLabel ?? "predicted"
    inner.axes.yLabel = (frame.axes.yLabel ?? "true") + " (share of each row)"
    var grid = map.drawn(in: inner)

    // The names of a mistake need room side by side.
    guard frame.columns >= 20 else { return grid }
    let ascii = frame.display.isASCII
    let name = max(4, min(24, (frame.columns - 16) / 2))
    let arrow = ascii ? " -> " : " → "
    var row = grid.rowCount
    grid.put("mistaken most often", row: row, column: 0, style: Style(isBold: true))
    row += 1
    let mistakes = self.mistakes.prefix(8)
    let most = mistakes.map { String($0.count).count }.max() ?? 1
    for mistake in mistakes {
      let text =
        TextLayout.rightAligned(String(mistake.count), in: most + 2) + "  "
        + frame.clipped(classes[mistake.row], to: name) + arrow
        + frame.clipped(classes[mistake.column], to: name)
      grid.put(frame.clipped(text, to: frame.columns), row: row, column: 0)
      row += 1
    }
    if mistakes.isEmpty {
      grid.put("  none", row: row, column: 0)
      row += 1
    }
    grid.put("found least (recall)", row: row, column: 0, style: Style(isBold: true))
    row += 1
    for item in worst(5) {
      let text =
        TextLayout.rightAligned(percent(item.recall, dash(frame)), in: 7) + "  "
        + frame.clipped(classes[item.row], to: max(4, frame.columns - 9))
      grid.put(text, row: row, column: 0)
      row += 1
    }
    grid.put(frame.clipped(summary(dash(frame)), to: frame.columns), row: row, column: 0)
    return grid
  }

  // MARK: Numbers

  /// The share of each row in each of its cells. Nil for over 1000 classes of which not all counts
  /// are there: the matrix would be mostly zeros.
  func shares() -> Heatmap? {
    let size = classes.count
    guard size <= 1000 || counts.count / size >= size else { return nil }
    var shares = Array(repeating: 0.0, count: size * size)
    for row in 0..<size {
      let total = self.total(row)
      for column in 0..<size where total > 0 {
        shares[row * size + column] = Double(count(row, column)) / total
      }
    }
    return Heatmap(rows: size, columns: size, values: shares, showsValues: false)
  }

  /// The classes of least recall, the worst first.
  func worst(_ most: Int) -> [(row: Int, recall: Double)] {
    classes.indices.compactMap { row in recall(row).map { (row: row, recall: $0) } }
      .sorted { ($0.recall, $0.row) < ($1.recall, $1.row) }.prefix(most).map { $0 }
  }

  /// The counts of pairs of different classes, the most frequent first.
  var mistakes: [(row: Int, column: Int, count: Int)] {
    let size = classes.count
    var found: [(row: Int, column: Int, count: Int)] = []
    for (place, count) in counts.prefix(size * size).enumerated() {
      if count > 0, place / size != place % size {
        found.append((place / size, place % size, count))
      }
    }
    return found.sorted { ($1.count, $0.row, $0.column) < ($0.count, $1.row, $1.column) }
  }

  func count(_ row: Int, _ column: Int) -> Int {
    let place = row * classes.count + column
    return counts.indices.contains(place) ? counts[place] : 0
  }

  func total(_ row: Int) -> Double {
    (0..<classes.count).reduce(0.0) { $0 + Double(count(row, $1)) }
  }

  func recall(_ row: Int) -> Double? {
    let total = total(row)
    return total > 0 ? Double(count(row, row)) / total : nil
  }

  private func dash(_ frame: ChartFrame) -> String { frame.display.isASCII ? "-" : "–" }

  func percent(_ share: Double?, _ dash: String = "–") -> String {
    NumberText.percent(share ?? .nan, places: 1, dash: dash)
  }

  func summary(_ dash: String = "–") -> String {
    var right = 0.0
    var all = 0.0
    for row in classes.indices { right += Double(count(row, row)) }
    for count in counts.prefix(classes.count * classes.count) { all += Double(count) }
    let share = percent(all > 0 ? right / all : nil, dash)
    return "accuracy \(share): \(NumberText.fixed(right, places: 0)) of "
      + NumberText.fixed(all, places: 0)
  }
}
