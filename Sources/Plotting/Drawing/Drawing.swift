/// A picture as shapes in real coordinates, which SVG and PNG are made of.
///
/// A pixel is that of a page: a 96th of an inch. The origin is the top left, and y grows downwards.
///
///     let drawing = Plot(LineChart([Series(x: steps, y: losses)])).drawing()
///     print(drawing.svg)
public struct Drawing: Sendable, Equatable {
  /// The width in pixels.
  public var width: Double
  /// The height in pixels.
  public var height: Double
  /// What it shows, for readers who can't see it.
  public var title = ""
  /// More about what it shows.
  public var summary = ""
  /// The shapes, the last on top.
  private(set) var shapes: [Shape] = []

  /// A drawing without shapes.
  init(width: Double, height: Double = 0) {
    self.width = width
    self.height = height
  }

  /// Adds a shape on top.
  mutating func add(_ shape: Shape) { shapes.append(shape) }

  /// Adds the shapes of another drawing, moved by `x` and `y`.
  mutating func add(_ other: Drawing, x: Double, y: Double) {
    for shape in other.shapes { shapes.append(shape.moved(x: x, y: y)) }
  }
}

/// A part of a drawing.
enum Shape: Sendable, Equatable {
  /// Points joined by straight lines, each run by itself.
  case lines([[Point]], Stroke)
  /// The same mark at each point.
  case marks([Point], MarkStyle)
  /// Filled rectangles.
  case boxes([Rectangle], Paint)
  /// A line of text.
  case text(String, Point, TextStyle)
  /// Pixels, stretched over a rectangle.
  case image(PixelRaster, Rectangle)

  func moved(x: Double, y: Double) -> Shape {
    func moved(_ point: Point) -> Point { Point(point.x + x, point.y + y) }
    func moved(_ box: Rectangle) -> Rectangle {
      Rectangle(x: box.x + x, y: box.y + y, width: box.width, height: box.height)
    }
    switch self {
    case .lines(let runs, let stroke): return .lines(runs.map { $0.map(moved) }, stroke)
    case .marks(let points, let style): return .marks(points.map(moved), style)
    case .boxes(let boxes, let paint): return .boxes(boxes.map(moved), paint)
    case .text(let text, let point, let style): return .text(text, moved(point), style)
    case .image(let pixels, let box): return .image(pixels, moved(box))
    }
  }
}

/// The color of a shape by its meaning; a theme says what it looks like.
enum Paint: Sendable, Equatable, Hashable {
  /// Text and axes.
  case ink
  /// Text of less weight: numbers at axes, notes.
  case faint
  /// Lines across the plot at the marks of its axes.
  case grid
  /// A series or class; less opaque where what lies under it or over it counts, too.
  case series(Int, opacity: Double = 1)
  /// A color of the data, the same in every theme.
  case fixed(RGB)
}

/// How lines are drawn.
struct Stroke: Sendable, Equatable {
  var paint: Paint
  var width = 1.0
  /// The lengths of dashes and gaps in turn; empty for none.
  var dashes: [Double] = []
}

/// How marks are drawn.
struct MarkStyle: Sendable, Equatable {
  var mark: Mark
  /// The width of a circle of the same area.
  var size: Double
  var paint: Paint
  /// Whether only the outline is drawn.
  var isHollow = false

  /// The width of an outline.
  static let outline = 1.5
}

/// How a text is drawn.
struct TextStyle: Sendable, Equatable {
  /// What of the text is at its place.
  enum Anchor: String, Sendable { case start, middle, end }

  var size = 12.0
  var paint = Paint.ink
  var anchor = Anchor.start
  var isBold = false
  /// Whether it is turned, to be read from below.
  var isUpright = false
}
