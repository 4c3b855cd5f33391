import Text

/// A vector or matrix as text: limited digits, one exponent for all entries, aligned columns, and
/// the middle left out where it does not fit.
struct ArrayText {
  private let array: NumericArray
  private let width: Int
  private let digits: Int
  /// Rows shown at each end of a matrix that has more than `mostRows`.
  private static let edgeRows = 5
  private static let mostRows = 20

  init(_ array: NumericArray, on display: Display) {
    self.array = array
    width = max(display.width, 20)
    digits = min(max(display.digits, 1), 17)
  }

  var text: String {
    if array.rank == 1 { return vector }
    if array.count == 0 { return "[] (\(array.rows)×\(array.columns))" }
    return matrix
  }

  private var vector: String {
    let shown = cut(array.count, most: 1000)
    let style = EntryStyle(entries(rows: [0], columns: shown), digits: digits, isMask: array.isMask)
    let cells = shown.map { style.text(array.pointer[$0]) }
    let whole = "[" + cells.joined(separator: " ") + "]"
    if shown.count == array.count, style.prefix.count + whole.count <= width {
      return style.prefix + whole
    }
    return style.prefix + "[" + middleCut(cells, room: width - style.prefix.count - 2) + "]"
  }

  private var matrix: String {
    let rows =
      array.rows <= ArrayText.mostRows
      ? Array(0..<array.rows)
      : Array(0..<ArrayText.edgeRows) + Array(array.rows - ArrayText.edgeRows..<array.rows)
    let candidates = cut(array.columns, most: width)
    let style = EntryStyle(
      entries(rows: rows, columns: candidates), digits: digits, isMask: array.isMask)
    let cells = rows.map { i in
      candidates.map { style.text(array.pointer[i * array.columns + $0]) }
    }
    let cellWidth = cells.joined().map(\.count).max() ?? 1
    let lines = cells.map { row in
      middleCut(
        row.map { TextLayout.rightAligned($0, in: cellWidth) }, room: width - 4)
    }
    var text = style.prefix.isEmpty ? "" : style.prefix + "\n"
    for (i, line) in lines.enumerated() {
      if i == ArrayText.edgeRows && rows.count < array.rows {
        text += "  … \(array.rows - rows.count) more rows …\n"
      }
      text += (i == 0 ? "[[" : " [") + line + (i == lines.count - 1 ? "]]" : "]\n")
    }
    return text
  }

  /// All of `count` places, or the first and last ones, `most` together.
  private func cut(_ count: Int, most: Int) -> [Int] {
    count <= most ? Array(0..<count) : Array(0..<most / 2) + Array(count - most / 2..<count)
  }

  private func entries(rows: [Int], columns: [Int]) -> [Double] {
    rows.flatMap { i in columns.map { array.pointer[i * array.columns + $0] } }
  }

  /// The cells joined by blanks; where they don't fit, those at both ends with `…` between them.
  private func middleCut(_ cells: [String], room: Int) -> String {
    let isComplete = cells.count == array.columns
    if isComplete, cells.reduce(cells.count - 1, { $0 + $1.count }) <= room {
      return cells.joined(separator: " ")
    }
    var left: [String] = []
    var right: [String] = []
    var used = 1
    for i in 0..<cells.count / 2 {
      let first = cells[i]
      let last = cells[cells.count - 1 - i]
      if used + first.count + 1 > room { break }
      left.append(first)
      used += first.count + 1
      if used + last.count + 1 > room { break }
      right.insert(last, at: 0)
      used += last.count + 1
    }
    return (left + ["…"] + right).joined(separator: " ")
  }
}

/// The common form of the entries of an array.
struct EntryStyle {
  /// `1e-07 × ` where all entries share that factor, else empty.
  let prefix: String
  private let scale: Double
  private let decimals: Int
  private let isMask: Bool

  init(_ entries: [Double], digits: Int, isMask: Bool) {
    self.isMask = isMask
    let finite = entries.filter(\.isFinite)
    let largest = finite.map { abs($0) }.max() ?? 0
    guard !isMask, largest > 0 else {
      prefix = ""
      scale = 1
      decimals = 0
      return
    }
    let scientific = NumberText.formatted(largest, "e", digits: digits - 1)
    let exponent =
      scientific.firstIndex(of: "e").flatMap {
        Int(scientific[scientific.index(after: $0)...])
      } ?? 0
    let isWhole = finite.allSatisfy { $0.rounded() == $0 }
    if isWhole && largest < 1e15 && exponent < max(digits + 3, 9) {
      prefix = ""
      scale = 1
      decimals = 0
    } else if exponent >= -3 && exponent < digits {
      prefix = ""
      scale = 1
      decimals = EntryStyle.decimals(finite, most: max(digits - 1 - exponent, 0))
    } else {
      // Parsed, not computed, so that the factor is the double nearest to the power of ten.
      let factor = Double("1e\(exponent)") ?? 1
      scale = factor
      prefix = "1e\(exponent < 0 ? "-" : "+")\(abs(exponent) < 10 ? "0" : "")\(abs(exponent)) × "
      decimals = EntryStyle.decimals(finite.map { $0 / factor }, most: digits - 1)
    }
  }

  /// The text of an entry, without padding.
  func text(_ x: Double) -> String {
    if isMask { return x != 0 ? "true" : "false" }
    guard x.isFinite else { return NumberText.shortest(x) }
    return NumberText.formatted(x / scale, "f", digits: decimals)
  }

  /// The number of decimals without the trailing zeros that all entries have; at most `most`.
  private static func decimals(_ entries: [Double], most: Int) -> Int {
    var needed = 0
    for x in entries where needed < most {
      let text = NumberText.formatted(x, "f", digits: most)
      let zeros = text.reversed().prefix { $0 == "0" }.count
      needed = max(needed, most - min(zeros, most))
    }
    return needed
  }
}
