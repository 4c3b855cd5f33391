/// A series on a raster of dots.
///
/// A series with many more points than dots across would fill the plot. It is drawn as the mean of
/// the points in each dot column, with the lowest and highest of them as separate dots, so that
/// both trend and noise are visible.
struct Path {
  /// A place on the raster, the origin at the top left.
  struct Dot: Equatable {
    var x: Int
    var y: Int
  }

  /// The points in order; nil where one cannot be shown.
  private(set) var points: [Dot?] = []
  /// The lowest and highest dots of columns whose points were averaged.
  private(set) var spread: [Dot] = []

  init(
    x: [Double], y: [Double], xAxis: Axis, yAxis: Axis, across: Int, down: Int, thins: Bool = true
  ) {
    let places: [(x: Double, y: Double)?] = zip(x, y).map { a, b in
      guard let shareX = xAxis.fraction(a), let shareY = yAxis.fraction(b) else { return nil }
      return (shareX * Double(across - 1), (1 - shareY) * Double(down - 1))
    }
    func dot(_ x: Double, _ y: Double) -> Dot {
      Dot(
        x: wholeNumber(x, in: 0...max(0, across - 1)), y: wholeNumber(y, in: 0...max(0, down - 1)))
    }
    guard thins, places.count > 3 * across, Path.isAscending(x) else {
      points = places.map { place in place.map { dot($0.x, $0.y) } }
      return
    }
    let fine = Path.bins(of: places, width: 1)
    // Under strong noise, the mean of a single column is noisy too: four are merged.
    let spans = fine.compactMap { bin in bin.map { $0.most - $0.least } }
    let noise = spans.reduce(0, +) / Double(max(1, spans.count))
    let isNoisy = noise > 0.06 * Double(down) && across >= 40
    for bin in isNoisy ? Path.bins(of: places, width: 4) : fine {
      guard let bin else {
        points.append(nil)
        continue
      }
      points.append(dot(bin.x, bin.y))
      spread.append(dot(bin.x, bin.least))
      spread.append(dot(bin.x, bin.most))
    }
  }

  /// The merged points of adjacent dot columns.
  private struct Bin {
    var x = 0.0
    var y = 0.0
    var least = Double.infinity
    var most = -Double.infinity
  }

  private static func bins(of places: [(x: Double, y: Double)?], width: Int) -> [Bin?] {
    func column(_ x: Double) -> Int { wholeNumber(x, in: 0...100_000) / max(1, width) }
    var bins: [Bin?] = []
    var start = places.startIndex
    while start < places.endIndex {
      guard let first = places[start] else {
        bins.append(nil)
        start += 1
        continue
      }
      let here = column(first.x)
      var bin = Bin()
      var count = 0.0
      while start < places.endIndex, let place = places[start], column(place.x) == here {
        bin.x += place.x
        bin.y += place.y
        bin.least = min(bin.least, place.y)
        bin.most = max(bin.most, place.y)
        count += 1
        start += 1
      }
      bin.x /= count
      bin.y /= count
      bins.append(bin)
    }
    return bins
  }

  /// Draws lines between the points.
  ///
  /// - Parameter dash: the dots of a dash and of the gap after it; 0 for no gaps.
  func draw(on canvas: inout some DotCanvas, pen: Pen, dash: Int = 0) {
    var last: Dot?
    for point in points {
      if let point {
        let from = last ?? point
        canvas.line(fromX: from.x, y: from.y, toX: point.x, y: point.y, pen: pen, dash: dash)
      }
      last = point
    }
  }

  /// Draws marks on the line at even distances, so that lines can be told apart without colors.
  func drawMarks(on canvas: inout some DotCanvas, pen: Pen, every: Int, from: Int) {
    var next = from
    var drawn = false
    var last: Dot?
    for case .some(let point) in points {
      if last == nil {
        while next < point.x { next += max(1, every) }
      }
      while let before = last, before.x < next, point.x >= next {
        let share = Double(next - before.x) / Double(max(1, point.x - before.x))
        let y = Double(before.y) + share * Double(point.y - before.y)
        canvas.dot(x: next, y: wholeNumber(y, in: 0...100_000), pen: pen)
        drawn = true
        next += max(1, every)
      }
      last = point
    }
    if !drawn, let last { canvas.dot(x: last.x, y: last.y, pen: pen) }
  }

  private static func isAscending(_ values: [Double]) -> Bool {
    zip(values, values.dropFirst()).allSatisfy { !($0 > $1) }
  }
}
