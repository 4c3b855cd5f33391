import CCairo
import Text

extension Drawing {
  /// Whether there is what turns drawings into pixels: the libraries of cairo and fontconfig.
  public static var canBePixels: Bool { svm_cairo_is_there() == 1 }

  /// The drawing as a PNG file: on white, a pixel of the file for each of the drawing. Nil where
  /// the libraries are missing, or there is no memory.
  public var png: [UInt8]? { pixels(scale: 1)?.png }

  /// Pixels in red, green and blue, row by row.
  struct Pixels {
    let width: Int
    let height: Int
    let rgb: [UInt8]

    /// The pixels as a PNG file; nil where there is no memory.
    var png: [UInt8]? { PNGFile.encoded(rgb, width: width, height: height, channels: 3) }
  }

  /// The drawing on white, each of its pixels as large as `scale`; nil as `png`.
  func pixels(scale: Double) -> Pixels? {
    let (width, height) = (Int((width * scale).rounded(.up)), Int((height * scale).rounded(.up)))
    guard let writer = PixelWriter(width: width, height: height, Theme.light) else { return nil }
    if scale != 1 { writer.scale(by: scale) }
    for shape in shapes { writer.draw(shape) }
    return writer.pixels.map { Pixels(width: width, height: height, rgb: $0) }
  }
}

/// Draws the shapes of a drawing as pixels.
final class PixelWriter {
  private let canvas: OpaquePointer
  private let width: Int
  private let height: Int
  private let theme: Theme

  /// A picture of the theme's ground; nil where the libraries are missing, or there
  /// is no memory or no pixel.
  init?(width: Int, height: Int, _ theme: Theme) {
    guard Drawing.canBePixels, width > 0, height > 0,
      let canvas = svm_canvas_create(Int32(width), Int32(height))
    else {
      return nil
    }
    self.canvas = canvas
    self.width = width
    self.height = height
    self.theme = theme
    set(.fixed(theme.ground))
    svm_canvas_paint(canvas)
  }

  deinit { svm_canvas_destroy(canvas) }

  /// Makes what is drawn from now on larger.
  func scale(by factor: Double) { svm_canvas_scale(canvas, factor) }

  /// Red, green and blue of all pixels, row by row.
  var pixels: [UInt8]? {
    var stride: Int32 = 0
    guard let rows = svm_canvas_pixels(canvas, &stride) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(width * height * 3)
    for y in 0..<height {
      for x in 0..<width {
        let pixel = rows[y * Int(stride) + x]
        bytes.append(UInt8(pixel >> 16 & 255))
        bytes.append(UInt8(pixel >> 8 & 255))
        bytes.append(UInt8(pixel & 255))
      }
    }
    return bytes
  }

  func draw(_ shape: Shape) {
    switch shape {
    case .lines(let runs, let stroke):
      set(stroke.paint)
      for run in runs { addPath(run) }
      svm_canvas_stroke(
        canvas, stroke.width, stroke.width > 1 ? 1 : 0, stroke.dashes, Int32(stroke.dashes.count))
    case .marks(let points, let style): draw(style, at: points)
    case .boxes(let boxes, let paint):
      set(paint)
      for box in boxes { svm_canvas_rectangle(canvas, box.x, box.y, box.width, box.height) }
      svm_canvas_fill(canvas)
    case .text(let text, let point, let style): draw(text, at: point, style)
    case .image(let raster, let box):
      let words = raster.pixels.map { pixel -> UInt32 in
        guard let pixel else { return 0 }
        return 0xFF00_0000 | UInt32(pixel.red) << 16 | UInt32(pixel.green) << 8
          | UInt32(pixel.blue)
      }
      guard !words.isEmpty, box.width > 0, box.height > 0 else { return }
      svm_canvas_image(
        canvas, words, Int32(raster.width), Int32(raster.height), box.x, box.y, box.width,
        box.height, box.width < Double(raster.width) ? 1 : 0)
    }
  }

  private func set(_ paint: Paint) {
    let (color, opacity) = theme.color(of: paint)
    svm_canvas_set_color(
      canvas, Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255,
      opacity)
  }

  private func addPath(_ points: some Sequence<Point>) {
    var isFirst = true
    for point in points {
      if isFirst {
        svm_canvas_move(canvas, point.x, point.y)
      } else {
        svm_canvas_line(canvas, point.x, point.y)
      }
      isFirst = false
    }
  }

  private func draw(_ style: MarkStyle, at points: [Point]) {
    set(style.paint)
    let corners = style.mark.corners
    for point in points {
      if corners.isEmpty {
        svm_canvas_circle(canvas, point.x, point.y, style.size / 2)
      } else {
        addPath(
          corners.lazy.map { Point(point.x + $0.x * style.size, point.y + $0.y * style.size) })
        svm_canvas_close(canvas)
      }
    }
    if style.isHollow {
      svm_canvas_stroke(canvas, MarkStyle.outline, 0, [], 0)
    } else {
      svm_canvas_fill(canvas)
    }
  }

  // MARK: Text

  private static let font = "DejaVu Sans"

  /// Parts of a text with the font that has their characters.
  private func parts(of text: String) -> [(text: String, font: String)] {
    var parts: [(text: String, isPlain: Bool)] = []
    for character in text.map(Escaping.blanked) {
      // Letters of Latin, Greek and Cyrillic, and the signs of mathematics, are in the usual font.
      let isPlain = character.unicodeScalars.allSatisfy {
        $0.value < 0x530 || (0x2000..<0x2300).contains($0.value)
      }
      if let last = parts.last, last.isPlain == isPlain {
        parts[parts.count - 1].text.append(character)
      } else {
        parts.append((String(character), isPlain))
      }
    }
    return parts.map { ($0.text, $0.isPlain ? Self.font : Self.font(covering: $0.text)) }
  }

  private static func font(covering text: String) -> String {
    let scalars = text.unicodeScalars.map(\.value)
    var name = [CChar](repeating: 0, count: 256)
    svm_font_covering(scalars, scalars.count, &name, name.count)
    let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return bytes.isEmpty ? font : String(decoding: bytes, as: UTF8.self)
  }

  private func draw(_ text: String, at point: Point, _ style: TextStyle) {
    set(style.paint)
    let parts = parts(of: text).map { part -> (text: String, font: String, width: Double) in
      svm_canvas_set_font(canvas, part.font, style.size, style.isBold ? 1 : 0)
      return (part.text, part.font, svm_canvas_text_width(canvas, part.text))
    }
    let width = parts.reduce(0) { $0 + $1.width }
    var place =
      switch style.anchor {
      case .start: 0.0
      case .middle: -width / 2
      case .end: -width
      }
    for part in parts {
      svm_canvas_set_font(canvas, part.font, style.size, style.isBold ? 1 : 0)
      let x = style.isUpright ? point.x : point.x + place
      let y = style.isUpright ? point.y - place : point.y
      svm_canvas_text(canvas, part.text, x, y, style.isUpright ? 1 : 0)
      place += part.width
    }
  }
}
