/// What an environment looks like: its delimiters and the places of its columns.
private struct TableStyle {
  var left = ""
  var right = ""
  /// The places of the columns, which repeat.
  var columns: [String] = ["center"]
  /// Whether pairs of columns meet at their sign of relation, as equations do.
  var meets = false
  /// Whether the cells are as large as formulas on their own lines.
  var isDisplay = false
}

extension FormulaParser {
  private static let styles: [String: TableStyle] = {
    let equations = TableStyle(columns: ["right", "left"], meets: true, isDisplay: true)
    var styles: [String: TableStyle] = [
      "cases": TableStyle(left: "{", columns: ["left"]),
      "rcases": TableStyle(right: "}", columns: ["left"]),
      "matrix": TableStyle(), "smallmatrix": TableStyle(),
      "pmatrix": TableStyle(left: "(", right: ")"), "bmatrix": TableStyle(left: "[", right: "]"),
      "Bmatrix": TableStyle(left: "{", right: "}"), "vmatrix": TableStyle(left: "|", right: "|"),
      "Vmatrix": TableStyle(left: "‖", right: "‖"),
      "gathered": TableStyle(isDisplay: true), "gather": TableStyle(isDisplay: true),
      "gather*": TableStyle(isDisplay: true), "equation": TableStyle(isDisplay: true),
      "equation*": TableStyle(isDisplay: true),
    ]
    for name in ["aligned", "align", "align*", "split", "alignedat"] { styles[name] = equations }
    return styles
  }()

  /// `\begin{…} … \end{…}`, behind the first word.
  mutating func environment(from start: Int) throws(Formula.Trouble) -> FormulaAtom {
    let name = try name(of: "\\begin")
    var style: TableStyle
    if name == "array" {
      style = TableStyle(columns: try columns())
    } else if let known = Self.styles[name] {
      style = known
    } else {
      throw trouble(
        "there is no environment '\(name)' in formulas", at: start,
        help: "there are cases, matrix, pmatrix, bmatrix, array, aligned, gathered")
    }
    if name == "alignedat" { _ = try argument(of: "\\begin{alignedat}") }
    let rows = try rows(style)
    guard accept(command: "\\end") else {
      throw current == nil
        ? trouble("'\\begin{\(name)}' without its '\\end'", at: start) : unexpected()
    }
    let end = try self.name(of: "\\end")
    guard end == name else { throw trouble("'\\end{\(end)}' ends '\\begin{\(name)}'") }
    var table = MathElement("mtable", rows)
    if style.isDisplay { table.attributes = [("displaystyle", "true")] }
    if name == "smallmatrix" { table.attributes = [("scriptlevel", "1")] }
    let isFenced = !style.left.isEmpty || !style.right.isEmpty
    return FormulaAtom(
      element: isFenced ? Self.fence(style.left, table, style.right) : table, kind: .ordinary)
  }

  /// The columns of `array`: `{lcr}`.
  private mutating func columns() throws(Formula.Trouble) -> [String] {
    let places = ["l": "left", "c": "center", "r": "right"]
    var columns: [String] = []
    for letter in try name(of: "\\begin{array}") where letter != " " {
      guard let place = places[String(letter)] else {
        throw trouble("an array has columns l, c and r, and no '\(letter)'")
      }
      columns.append(place)
    }
    guard !columns.isEmpty else { throw trouble("the array has no columns", help: "as in {cc}") }
    return columns
  }

  private mutating func rows(_ style: TableStyle) throws(Formula.Trouble) -> [MathElement] {
    var rows: [MathElement] = []
    var cells: [MathElement] = []
    while true {
      let atoms = try atoms()
      let isSecond = style.meets && cells.count % 2 == 1
      // After `&`, a sign stands between what is on its two sides.
      let row = FormulaAtom.row(atoms, isScript: scripts > 0, follows: isSecond)
      cells.append(MathElement("mtd", row, Self.cellStyle(style, cells.count)))
      if accept("&") { continue }
      let goesOn = accept(command: "\\\\") || accept(command: "\\cr")
      // What follows the last `\\` is no row.
      let isEmpty = cells.count == 1 && atoms.isEmpty && !goesOn
      if !isEmpty || rows.isEmpty { rows.append(MathElement("mtr", cells)) }
      cells = []
      guard goesOn else { return rows }
      try skipGap()
    }
  }

  /// `[2pt]` after `\\`, which asks for a gap.
  private mutating func skipGap() throws(Formula.Trouble) {
    guard current == "[" else { return }
    let start = index
    while let scalar = current, scalar != "]" { index += 1; if scalar == "\\" { break } }
    guard current == "]" else { throw trouble("'[' is never closed", at: start) }
    index += 1
  }

  private static func cellStyle(
    _ style: TableStyle, _ column: Int
  ) -> KeyValuePairs<String, String> {
    let place = style.columns[column % style.columns.count]
    if style.meets {
      return column % 2 == 0
        ? ["style": "text-align: right; padding-right: 0"]
        : ["style": "text-align: left; padding-left: 0"]
    }
    return place == "center" ? [:] : ["style": "text-align: \(place)"]
  }

  /// `\substack{a \\ b}`: lines under a sign.
  mutating func substack() throws(Formula.Trouble) -> FormulaAtom {
    guard accept("{") else { throw trouble("'\\substack' wants lines in braces") }
    let start = index - 1
    let rows = try rows(TableStyle())
    guard accept("}") else {
      throw current == nil ? trouble("'{' is never closed", at: start) : unexpected()
    }
    return FormulaAtom(element: MathElement("mtable", rows), kind: .ordinary)
  }
}
