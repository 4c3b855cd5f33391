import Glibc

/// The form of marks, by which series differ beside their colors.
enum Mark: Int, Sendable, CaseIterable {
  case circle, square, triangle, cross, diamond, plus, down, bar

  /// The mark of a series. Where the colors repeat, the marks are one further.
  static func of(series: Int) -> Mark {
    let place = Theme.light.place(ofSeries: series) + Theme.light.round(ofSeries: series)
    return allCases[place % allCases.count]
  }

  /// The corners around the middle for a mark as large as a circle of diameter 1; empty for the
  /// circle itself.
  var corners: [Point] {
    switch self {
    case .circle: return []
    case .square: return Mark.box(0.45, 0.45)
    case .diamond: return [Point(0, -0.62), Point(0.62, 0), Point(0, 0.62), Point(-0.62, 0)]
    case .triangle: return [Point(0, -0.62), Point(0.6, 0.45), Point(-0.6, 0.45)]
    case .down: return [Point(0, 0.62), Point(0.6, -0.45), Point(-0.6, -0.45)]
    case .bar: return Mark.box(0.62, 0.25)
    case .plus: return Mark.arms
    case .cross:
      let turn = 0.5.squareRoot()
      return Mark.arms.map { Point(turn * ($0.x - $0.y), turn * ($0.x + $0.y)) }
    }
  }

  private static func box(_ width: Double, _ height: Double) -> [Point] {
    [Point(-width, -height), Point(width, -height), Point(width, height), Point(-width, height)]
  }

  /// The outline of a plus.
  private static let arms: [Point] = {
    let (long, half) = (0.68, 0.16)
    return [
      Point(-half, -long), Point(half, -long), Point(half, -half), Point(long, -half),
      Point(long, half), Point(half, half), Point(half, long), Point(-half, long),
      Point(-half, half), Point(-long, half), Point(-long, -half), Point(-half, -half),
    ]
  }()
}
