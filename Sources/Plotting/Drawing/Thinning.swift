import Glibc

/// Fewer points that look the same, so that a drawing of millions of them stays small.
enum Thinning {
  /// Points of a line that are drawn as they are.
  static let mostLinePoints = 4000
  /// Marks of a layer.
  static let mostMarks = 4000

  /// A line by the first, lowest, highest and last of its points in each step of a pixel: what is
  /// drawn between these covers the same pixels.
  ///
  /// Lines that turn back keep the points that are apart, and at most every n-th of them, so that
  /// there are not more than ``mostLinePoints``.
  ///
  /// - Parameter step: The pixels of a step.
  static func line(_ runs: [[Point]], step: Double = 1) -> [[Point]] {
    let count = runs.reduce(0) { $0 + $1.count }
    guard count > mostLinePoints else { return runs }
    let isAscending = runs.allSatisfy { run in
      zip(run, run.dropFirst()).allSatisfy { $0.x <= $1.x }
    }
    if isAscending { return runs.map { ends(of: $0, step: step) } }
    let apart = runs.map(pointsApart)
    let left = apart.reduce(0) { $0 + $1.count }
    let every = (left + mostLinePoints - 1) / mostLinePoints
    return apart.map { run in
      run.enumerated().filter { $0.offset % every == 0 || $0.offset == run.count - 1 }
        .map(\.element)
    }
  }

  /// Cells with the points that lie in them.
  struct Cells {
    /// The cells by the number of their points, the fewest first.
    var levels: [[Rectangle]]
    /// The number of cells.
    var count: Int { levels.reduce(0) { $0 + $1.count } }
  }

  /// At most ``mostMarks`` cells, the smallest that do; nil for no more points than that.
  static func cells(_ points: [Point]) -> Cells? {
    guard points.count > mostMarks else { return nil }
    var (side, counts) = (2.0, [Cell: Int]())
    repeat {
      side += 1
      counts.removeAll(keepingCapacity: true)
      for point in points {
        counts[Cell(x: Int(point.x / side), y: Int(point.y / side)), default: 0] += 1
        if counts.count > mostMarks { break }
      }
    } while counts.count > mostMarks
    let most = log2(Double(counts.values.max() ?? 1) + 1)
    var levels = [[Rectangle]](repeating: [], count: 6)
    for (cell, count) in counts.sorted(by: { ($0.key.y, $0.key.x) < ($1.key.y, $1.key.x) }) {
      let level = min(Int(log2(Double(count)) / most * Double(levels.count)), levels.count - 1)
      levels[level].append(
        Rectangle(
          x: Double(cell.x) * side, y: Double(cell.y) * side, width: side, height: side))
    }
    return Cells(levels: levels)
  }

  private struct Cell: Hashable {
    var x: Int
    var y: Int
  }

  private static func ends(of run: [Point], step: Double) -> [Point] {
    var kept: [Point] = []
    var start = 0
    while start < run.count {
      let column = (run[start].x / step).rounded(.down)
      var (low, high, last) = (start, start, start)
      while last + 1 < run.count, (run[last + 1].x / step).rounded(.down) == column {
        last += 1
        if run[last].y < run[low].y { low = last }
        if run[last].y > run[high].y { high = last }
      }
      for place in Set([start, low, high, last]).sorted() { kept.append(run[place]) }
      start = last + 1
    }
    return kept
  }

  private static func pointsApart(_ run: [Point]) -> [Point] {
    var kept: [Point] = []
    for point in run {
      if let last = kept.last, abs(point.x - last.x) < 0.5, abs(point.y - last.y) < 0.5 { continue }
      kept.append(point)
    }
    return kept
  }
}
