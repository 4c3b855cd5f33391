import Text

/// What a screen shows as a picture in SVG, which is read well on light and on dark pages.
///
/// Every run of characters has its place and its width: the columns are where the terminal has
/// them, whatever the font is. Braille and lines of boxes are drawn, since fonts leave gaps between
/// them.
struct ScreenPicture {
  private static let column = 8.4
  private static let row = 19.0
  private static let margin = 20.0

  /// The file.
  let svg: String

  /// The picture of some rows of a screen.
  init(_ rows: some Collection<[Screen.Cell]>, columns: Int, title: String) {
    let width = 2 * Self.margin + Double(columns) * Self.column
    let height = 2 * Self.margin + Double(rows.count) * Self.row
    let size = "width=\"\(Int(width))\" height=\"\(Int(height))\""
    let inner = "width=\"\(Int(width) - 1)\" height=\"\(Int(height) - 1)\""
    var body = ""
    for (i, cells) in rows.enumerated() {
      let top = Self.margin + Double(i) * Self.row
      for run in Self.runs(of: cells) {
        let left = Self.margin + Double(run.start) * Self.column
        let look = Self.look(of: run.rendition)
        if run.isDrawn {
          body += "<path\(look) d=\"\(Self.drawn(run.text, left: left, top: top))\"/>\n"
        } else {
          let length = NumberText.short(Double(run.length) * Self.column)
          body +=
            "<text x=\"\(NumberText.short(left))\" y=\"\(NumberText.short(top + 14))\"\(look)"
            + " textLength=\"\(length)\">\(Escaping.markup(run.text))</text>\n"
        }
      }
    }
    svg = """
      <svg xmlns="http://www.w3.org/2000/svg" role="img" \(size) \
      viewBox="0 0 \(Int(width)) \(Int(height))" font-size="14" \
      font-family="ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace">
      <title>\(Escaping.markup(title))</title>
      <style>
      \(Self.style)
      </style>
      <rect class="paper" x=".5" y=".5" \(inner) rx="8"/>
      \(body)</svg>

      """
  }

  /// Characters of one rendition, without two blanks in a row.
  private struct Run {
    var text: String
    var start: Int
    var length: Int
    var rendition: String
    /// Whether the characters are braille or lines of boxes.
    var isDrawn: Bool
  }

  private static func runs(of cells: [Screen.Cell]) -> [Run] {
    var runs: [Run] = []
    var blanks = 0
    for (column, cell) in cells.enumerated() {
      guard let scalar = cell.scalar else {
        if !runs.isEmpty { runs[runs.count - 1].length += 1 }
        continue
      }
      if scalar == " " {
        blanks += 1
        continue
      }
      let isDrawn = isBraille(scalar) || boxes[scalar] != nil
      let isJoined = runs.last.map {
        $0.rendition == cell.rendition && $0.start + $0.length + blanks == column && blanks < 2
          && $0.isDrawn == isDrawn
      }
      if isJoined == true {
        runs[runs.count - 1].text += String(repeating: " ", count: blanks) + String(scalar)
        runs[runs.count - 1].length += blanks + 1
      } else {
        runs.append(
          Run(
            text: String(scalar), start: column, length: 1, rendition: cell.rendition,
            isDrawn: isDrawn))
      }
      blanks = 0
    }
    return runs
  }

  private static func isBraille(_ scalar: Unicode.Scalar) -> Bool {
    (0x2800...0x28FF).contains(scalar.value)
  }

  /// The parts of a cell that lines of boxes go to from its middle: left, right, up, down.
  private static let boxes: [Unicode.Scalar: String] = [
    "─": "lr", "│": "ud", "┤": "lud", "└": "ru", "┬": "lrd",
  ]

  /// Characters of a line as a path: dots, which are lines of no length, and lines.
  private static func drawn(_ text: String, left: Double, top: Double) -> String {
    // The dots of braille by their bits.
    let dots = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
    var path = ""
    for (i, scalar) in text.unicodeScalars.enumerated() {
      let x = left + Double(i) * column
      func point(_ across: Double, _ down: Double) -> String {
        "\(NumberText.short(x + across * column)) \(NumberText.short(top + down * row))"
      }
      if let directions = boxes[scalar] {
        let ends: [Character: String] = [
          "l": point(0, 0.5), "r": point(1, 0.5), "u": point(0.5, 0), "d": point(0.5, 1),
        ]
        for direction in directions { path += "M\(point(0.5, 0.5))L\(ends[direction] ?? "")" }
      } else if isBraille(scalar) {
        for (bit, dot) in dots.enumerated() where scalar.value & (1 << bit) != 0 {
          path += "M\(point(0.25 + 0.5 * Double(dot.0), 0.125 + 0.25 * Double(dot.1)))h0"
        }
      }
    }
    return path
  }

  /// The attributes that draw a rendition; what it has beside these is not in the picture.
  private static func look(of rendition: String) -> String {
    var classes: [String] = []
    var fill = ""
    var parameters = rendition.split(separator: ";")[...]
    while let parameter = parameters.popFirst() {
      switch parameter {
      case "1": classes.append("bold")
      case "2": classes.append("dim")
      case "31"..."36": classes.append("c\(parameter)")
      case "38":
        let isIndexed = parameters.popFirst() == "5"
        if isIndexed, let index = parameters.popFirst().flatMap({ Int($0) }) {
          fill = color(index)
        }
      default: break
      }
    }
    return (classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\"")
      + (fill.isEmpty ? "" : " style=\"color:\(fill)\"")
  }

  /// A color of xterm's cube of 6×6×6, or of its 24 grays.
  private static func color(_ index: Int) -> String {
    guard index < 232 else { return hex([Int](repeating: 8 + 10 * (index - 232), count: 3)) }
    let levels = [0, 95, 135, 175, 215, 255]
    let place = max(index - 16, 0)
    return hex([levels[place / 36], levels[place / 6 % 6], levels[place % 6]])
  }

  private static func hex(_ levels: [Int]) -> String {
    "#" + levels.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static let style = """
    svg{color:#1f2328}
    text{fill:currentColor}
    path{stroke:currentColor;stroke-width:1.2}
    path[style]{stroke-width:3;stroke-linecap:round}
    .paper{fill:#f6f8fa;stroke:#d1d9e0}
    .bold{font-weight:700}
    .dim{color:#59636e}
    .c31{color:#b3173a}.c32{color:#116329}.c33{color:#7d4e00}
    .c34{color:#0550ae}.c35{color:#6f3ec2}.c36{color:#0b4a6f}
    @media(prefers-color-scheme:dark){
    svg{color:#e4e7eb}
    .paper{fill:#14181d;stroke:#3a424c}
    .dim{color:#9aa4af}
    .c31{color:#ff8f88}.c32{color:#6fdd8b}.c33{color:#e9b949}
    .c34{color:#79c0ff}.c35{color:#d2a8ff}.c36{color:#9ed6f5}
    }
    """
}
