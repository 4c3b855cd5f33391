import Text

/// A vector or matrix as text: limited digits and aligned columns. A vector goes on in the next
/// line; the middle of a very long one, and of a matrix that does not fit, is left out.
struct ArrayText {
  private let array: NumericArray
  private let width: Int
  private let digits: Int
  /// Rows shown at each end of a matrix that has more than `mostRows`.
  private static let edgeRows = 5
  private static let mostRows = 20
  /// Entries of the longest vector that is shown whole.
  private static let mostEntries = 1000

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
    let shown = cut(array.count, most: ArrayText.mostEntries)
    let style = EntryStyle(entries(rows: [0], columns: shown), digits: digits, isMask: array.isMask)
    let cells = shown.map { style.text(array.pointer[$0]) }
    let room = width - style.prefix.count - 2
    if shown.count < array.count {
      return style.prefix + "[" + middleCut(cells, room: room) + "]"
    }
    let length = cells.reduce(cells.count - 1) { $0 + $1.count }
    if length <= room { return style.prefix + "[" + cells.joined(separator: " ") + "]" }
    let cellWidth = cells.map(\.count).max() ?? 1
    let inLine = max((room + 1) / (cellWidth + 1), 1)
    let lines = stride(from: 0, to: cells.count, by: inLine).map { start in
      cells[start..<min(start + inLine, cells.count)]
        .map { TextLayout.rightAligned($0, in: cellWidth) }.joined(separator: " ")
    }
    let indent = String(repeating: " ", count: style.prefix.count + 1)
    return style.prefix + "[" + lines.joined(separator: "\n" + indent) + "]"
  }

  /// Columns of the widest matrix that is a table on a page.
  private static let mostColumns = 12

  /// A matrix as a table with the same rows and digits; nil for vectors and for what is too wide,
  /// which read better as text.
  var html: String? {
    guard array.rank == 2, array.rows >= 2, (2...ArrayText.mostColumns).contains(array.columns)
    else { return nil }
    let rows = shownRows
    let columns = Array(0..<array.columns)
    let style = EntryStyle(
      entries(rows: rows, columns: columns), digits: digits, isMask: array.isMask)
    var table = TextTable(columns.map { _ in .init("") })
    for (place, i) in rows.enumerated() {
      if place == ArrayText.edgeRows, rows.count < array.rows {
        table.add(columns.map { _ in "⋮" })
      }
      table.add(columns.map { style.text(array.pointer[i * array.columns + $0]) })
    }
    let note = rows.count < array.rows ? "<p>\(array.rows) rows</p>\n" : ""
    return (style.prefix.isEmpty ? "" : "<p>\(style.prefix)</p>\n") + table.html(kind: "matrix")
      + note
  }

  /// The rows of a matrix that are shown.
  private var shownRows: [Int] {
    array.rows <= ArrayText.mostRows
      ? Array(0..<array.rows)
      : Array(0..<ArrayText.edgeRows) + Array(array.rows - ArrayText.edgeRows..<array.rows)
  }

  private var matrix: String {
    let rows = shownRows
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

/// The form that the entries of an array have in common.
///
/// Whole numbers show all their digits. Others have as many decimals as give the largest entry
/// `digits` significant digits and the smallest three (of six); where the sizes differ by more than
/// 1e3, each has its own exponent.
struct EntryStyle {
  /// `1e-07 × ` where all entries share that factor, else empty.
  let prefix: String
  private let scale: Double
  private let decimals: Int
  private let conversion: Character
  private let isMask: Bool

  /// The largest ratio of sizes that have no exponents of their own.
  private static let mostRatio = 1e3

  init(_ entries: [Double], digits: Int, isMask: Bool) {
    self.isMask = isMask
    let finite = entries.filter(\.isFinite)
    let sizes = finite.map(abs).filter { $0 > 0 }
    guard !isMask, let largest = sizes.max(), let smallest = sizes.min() else {
      (prefix, scale, decimals, conversion) = ("", 1, 0, "f")
      return
    }
    let exponent = EntryStyle.exponent(of: largest, digits: digits)
    let isWhole = finite.allSatisfy { $0.rounded() == $0 }
    if isWhole && largest < 1e15 && exponent < max(digits + 3, 9) {
      (prefix, scale, decimals, conversion) = ("", 1, 0, "f")
      return
    }
    // A factor near the smallest double would not be a power of ten.
    if largest / smallest > EntryStyle.mostRatio || abs(exponent) > 300 {
      (prefix, scale, conversion) = ("", 1, "e")
      decimals = EntryStyle.decimals(finite, "e", most: digits - 1)
      return
    }
    conversion = "f"
    let isPlain = exponent >= -3 && exponent < digits
    let shift = isPlain ? 0 : exponent
    // Three digits for the smallest one, or fewer where the user wants few.
    let fewest = min(max(digits - 3, 1), 3)
    let least = fewest - 1 - EntryStyle.exponent(of: smallest, digits: fewest)
    let most = max(max(digits - 1 - exponent, least) + shift, 0)
    // Parsed, not computed, so that the factor is the double nearest to the power of ten.
    let factor = isPlain ? 1 : Double("1e\(exponent)") ?? 1
    scale = factor
    prefix =
      isPlain
      ? "" : "1e\(exponent < 0 ? "-" : "+")\(abs(exponent) < 10 ? "0" : "")\(abs(exponent)) × "
    decimals = EntryStyle.decimals(finite.map { $0 / factor }, "f", most: most)
  }

  /// The text of an entry, without padding.
  func text(_ x: Double) -> String {
    if isMask { return x != 0 ? "true" : "false" }
    guard x.isFinite else { return NumberText.shortest(x) }
    return NumberText.formatted(x / scale, conversion, digits: decimals)
  }

  /// The decimal exponent of a number that is rounded to `digits` significant digits.
  private static func exponent(of x: Double, digits: Int) -> Int {
    let text = NumberText.formatted(x, "e", digits: digits - 1)
    return text.lastIndex(of: "e").flatMap { Int(text[text.index(after: $0)...]) } ?? 0
  }

  /// The number of decimals without the trailing zeros that all entries have; at most `most`.
  private static func decimals(
    _ entries: [Double], _ conversion: Character, most: Int
  ) -> Int {
    var needed = 0
    for x in entries where needed < most {
      let text = NumberText.formatted(x, conversion, digits: most)
      let zeros = text.prefix { $0 != "e" }.reversed().prefix { $0 == "0" }.count
      needed = max(needed, most - min(zeros, most))
    }
    return needed
  }
}
