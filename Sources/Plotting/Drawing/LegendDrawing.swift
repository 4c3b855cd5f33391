/// The legend above a plot: a sample of each series with its name, in rows.
struct LegendDrawing {
  private struct Item {
    var layers: [Scene.Layer]
    var name: String
    var x: Double
    var row: Int
  }

  private var items: [Item] = []
  private let width: Double
  /// The height in pixels.
  let height: Double

  private static let lineHeight = 18.0
  private static let sample = 26.0

  /// The legend of a scene in a drawing of this size, of which it takes a part.
  init(_ scene: Scene, width: Double, height: Double) {
    self.width = width
    var (x, row) = (0.0, 0)
    let room = max(60, width - 80)
    let mostRows = max(1, min(4, Int(height / 5 / Self.lineHeight)))
    for (place, key) in scene.keys.enumerated() {
      let name = TextMetrics.clipped(key.name, to: min(260, room - 40), size: 12)
      let layers = key.layers.map { scene.layers[$0] }
      let wide =
        Self.sampleWidth(layers) + TextMetrics.width(of: name, size: 12) + 16
      if x > 0, x + wide > room {
        x = 0
        row += 1
      }
      if row == mostRows {
        // The number of the others replaces the last name.
        items[items.count - 1].layers = []
        items[items.count - 1].name = "+\(scene.keys.count - place + 1)"
        row -= 1
        break
      }
      items.append(Item(layers: layers, name: name, x: x, row: row))
      x += wide
    }
    self.height = items.isEmpty ? 0 : Double(row + 1) * Self.lineHeight + 2
  }

  private static func sampleWidth(_ layers: [Scene.Layer]) -> Double {
    guard let first = layers.first else { return 0 }
    if first.isLine { return sample }
    return 14 * Double(layers.count) + (first.isRinged ? 4 : 0)
  }

  func drawn() -> Drawing {
    var drawing = Drawing(width: width, height: height)
    for item in items {
      let y = Double(item.row) * Self.lineHeight + 9
      for (index, layer) in item.layers.enumerated() {
        draw(layer, at: Point(item.x + 14 * Double(index), y), on: &drawing)
      }
      let start = item.x + Self.sampleWidth(item.layers)
      drawing.add(.text(item.name, Point(start, y + 4), TextStyle()))
    }
    return drawing
  }

  private func draw(_ layer: Scene.Layer, at place: Point, on drawing: inout Drawing) {
    let paint = Paint.series(layer.series)
    let mark = MarkStyle(mark: .of(series: layer.series), size: 7, paint: paint)
    guard layer.isLine else {
      let middle = Point(place.x + 6, place.y)
      drawing.add(.marks([middle], mark))
      if layer.isRinged {
        drawing.add(
          .marks([middle], MarkStyle(mark: .circle, size: 12, paint: .ink, isHollow: true)))
      }
      return
    }
    let ends = [place, Point(place.x + Self.sample - 6, place.y)]
    drawing.add(
      .lines([ends], Stroke(paint: paint, width: 1.8, dashes: layer.dashes)))
    if layer.mark == nil {
      drawing.add(.marks([Point(place.x + Self.sample / 2 - 3, place.y)], mark))
    }
  }
}
