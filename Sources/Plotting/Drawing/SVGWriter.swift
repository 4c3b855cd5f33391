import Text

extension Drawing {
  /// The drawing as a file of SVG, which can also stand inside of a page.
  ///
  /// Text is text. Colors follow the `color` and `color-scheme` of the page that it stands in, and
  /// the reader's choice of light or dark where it is a file of its own. There are no ids, and
  /// classes mean the same in every drawing, so that any number of them can stand in a page.
  public var svg: String {
    var writer = SVGWriter()
    for shape in shapes { writer.write(shape) }
    return writer.file(of: self)
  }
}

/// Writes the shapes of a drawing as SVG.
///
/// Attributes hold the colors of the light theme, for readers that know little; the style sheet
/// says both with `light-dark()`, which others skip.
private struct SVGWriter {
  private var body = ""
  /// The rules of the style sheet that are needed.
  private var rules: Set<String> = []

  func file(of drawing: Drawing) -> String {
    let size = "\(SVGNumber.text(drawing.width))\" height=\"\(SVGNumber.text(drawing.height))"
    let box = "0 0 \(SVGNumber.text(drawing.width)) \(SVGNumber.text(drawing.height))"
    var head =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"svm-plot\" role=\"img\" width=\"\(size)\""
      + " viewBox=\"\(box)\" font-family=\"\(Self.fonts)\" fill=\"none\">\n"
    if !drawing.title.isEmpty { head += "<title>\(Escaping.markup(drawing.title))</title>\n" }
    if !drawing.summary.isEmpty { head += "<desc>\(Escaping.markup(drawing.summary))</desc>\n" }
    let style = ([Self.alone] + rules.sorted()).joined(separator: "\n")
    return head + "<style>\n\(style)\n</style>\n" + body + "</svg>\n"
  }

  mutating func write(_ shape: Shape) {
    switch shape {
    case .lines(let runs, let stroke): writeLines(runs, stroke)
    case .marks(let points, let style): writeMarks(points, style)
    case .boxes(let boxes, let paint):
      guard !boxes.isEmpty else { return }
      let path = boxes.map {
        "M\(place(Point($0.x, $0.y)))h\(number($0.width))v\(number($0.height))"
          + "h\(number(-$0.width))z"
      }
      body += "<path \(color("fill", paint)) d=\"\(path.joined())\"/>\n"
    case .text(let text, let point, let style): writeText(text, point, style)
    case .image(let pixels, let box):
      guard let file = PNGFile.bytes(of: pixels) else { return }
      // Pixels of the data stay pixels; what is reduced is drawn smoothly.
      let isEnlarged = box.width >= Double(pixels.width)
      body +=
        "<image x=\"\(number(box.x))\" y=\"\(number(box.y))\" width=\"\(number(box.width))\""
        + " height=\"\(number(box.height))\" preserveAspectRatio=\"none\""
        + (isEnlarged ? " style=\"image-rendering:pixelated\"" : "")
        + " href=\"data:image/png;base64,\(Base64.text(file))\"/>\n"
    }
  }

  private mutating func writeLines(_ runs: [[Point]], _ stroke: Stroke) {
    var path = ""
    for run in runs {
      var last = Point(0, 0)
      for (index, point) in run.enumerated() {
        let point = Point(SVGNumber.rounded(point.x), SVGNumber.rounded(point.y))
        // Steps are shorter than places.
        path +=
          index == 0
          ? "M\(place(point))" : "l" + place(Point(point.x - last.x, point.y - last.y))
        last = point
      }
    }
    guard !path.isEmpty else { return }
    let dashes = stroke.dashes.map(number).joined(separator: " ")
    body +=
      "<path \(color("stroke", stroke.paint)) stroke-width=\"\(number(stroke.width))\""
      + (stroke.width > 1 ? " stroke-linejoin=\"round\" stroke-linecap=\"round\"" : "")
      + (dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\"") + " d=\"\(path)\"/>\n"
  }

  private mutating func writeMarks(_ points: [Point], _ style: MarkStyle) {
    guard !points.isEmpty else { return }
    let corners = style.mark.corners.map { Point($0.x * style.size, $0.y * style.size) }
    if style.isHollow {
      let path = points.map { "M\(place($0))" + outline(corners, style.size) }.joined()
      body +=
        "<path \(color("stroke", style.paint)) stroke-width=\"\(number(MarkStyle.outline))\" "
        + "d=\"\(path)\"/>\n"
    } else if corners.isEmpty {
      // A line without length and with round ends is a circle.
      let path = points.map { "M\(place($0))h0" }.joined()
      body +=
        "<path \(color("stroke", style.paint)) stroke-width=\"\(number(style.size))\""
        + " stroke-linecap=\"round\" d=\"\(path)\"/>\n"
    } else {
      let outline = outline(corners, style.size)
      let path = points.map { "M\(place($0))" + outline }.joined()
      body += "<path \(color("fill", style.paint)) d=\"\(path)\"/>\n"
    }
  }

  /// The outline of a mark around the current place.
  private func outline(_ corners: [Point], _ size: Double) -> String {
    guard let first = corners.first else {
      let (radius, across) = (number(size / 2), number(size))
      return "m\(number(-size / 2)) 0a\(radius) \(radius) 0 1 0 \(across) 0"
        + "a\(radius) \(radius) 0 1 0 -\(across) 0z"
    }
    let sides = zip(corners, corners.dropFirst()).map { Point($1.x - $0.x, $1.y - $0.y) }
    return "m\(place(first))" + sides.map { "l\(place($0))" }.joined() + "z"
  }

  private mutating func writeText(_ text: String, _ point: Point, _ style: TextStyle) {
    guard !text.isEmpty else { return }
    let anchor = style.anchor == .start ? "" : " text-anchor=\"\(style.anchor.rawValue)\""
    let turn =
      style.isUpright ? " transform=\"rotate(-90 \(number(point.x)) \(number(point.y)))\"" : ""
    body +=
      "<text x=\"\(number(point.x))\" y=\"\(number(point.y))\" font-size=\"\(number(style.size))\""
      + (style.isBold ? " font-weight=\"600\"" : "") + anchor + turn
      + " \(color("fill", style.paint))>\(Escaping.markup(text))</text>\n"
  }

  // MARK: Colors

  /// The attributes that give a property (`fill` or `stroke`) a color.
  private mutating func color(_ property: String, _ paint: Paint) -> String {
    let (light, opacity) = Theme.light.color(of: paint)
    let faded = opacity < 1 ? " \(property)-opacity=\"\(number(opacity))\"" : ""
    switch paint {
    case .ink, .faint, .grid: return "\(property)=\"currentColor\"\(faded)"
    case .fixed: return "\(property)=\"\(Self.hex(light))\"\(faded)"
    case .series(let index, _):
      let dark = Theme.dark.color(of: paint).color
      let name = "svm-\(property)-\(Theme.light.place(ofSeries: index))"
      rules.insert(
        ".\(name){\(property):light-dark(\(Self.hex(light)),\(Self.hex(dark)))}")
      return "class=\"\(name)\" \(property)=\"\(Self.hex(light))\"\(faded)"
    }
  }

  private static func hex(_ color: RGB) -> String {
    let levels = [color.red, color.green, color.blue]
    return "#" + levels.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The rules for a drawing that is a file of its own.
  private static let alone: String = {
    let (light, dark) = (Theme.light, Theme.dark)
    return """
      svg:root{color-scheme:light dark;color:\(hex(light.ink));background:\(hex(light.ground))}
      @media(prefers-color-scheme:dark){svg:root{\
      color:\(hex(dark.ink));background:\(hex(dark.ground))}}
      @media print{svg:root{color-scheme:light;color:#000;background:#fff}}
      """
  }()

  private static let fonts = "system-ui,'Segoe UI','DejaVu Sans',Helvetica,Arial,sans-serif"

  // MARK: Numbers

  private func number(_ value: Double) -> String { SVGNumber.text(value) }

  /// Two coordinates, with a blank only where the second has no sign.
  private func place(_ point: Point) -> String {
    let y = number(point.y)
    return number(point.x) + (y.hasPrefix("-") ? "" : " ") + y
  }
}

/// Numbers of SVG: hundredths of a pixel are enough.
enum SVGNumber {
  /// The value in whole hundredths.
  static func rounded(_ value: Double) -> Double { Double(hundredths(value)) / 100 }

  /// The shortest text of the value in hundredths: `3`, `.5`, `-12.34`; 0 for nan.
  static func text(_ value: Double) -> String {
    let count = hundredths(value)
    let (whole, rest) = (abs(count) / 100, abs(count) % 100)
    var text = whole > 0 || rest == 0 ? String(whole) : ""
    if rest > 0 {
      text += "."
      text += rest % 10 == 0 ? String(rest / 10) : (rest < 10 ? "0" : "") + String(rest)
    }
    return count < 0 ? "-" + text : text
  }

  private static func hundredths(_ value: Double) -> Int {
    wholeNumber(value.isNaN ? 0 : value * 100, in: -100_000_000...100_000_000)
  }
}
