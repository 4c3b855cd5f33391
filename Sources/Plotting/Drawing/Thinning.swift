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

  /// At most ``mostMarks`` of the points: of those that are close together, one.
  static func marks(_ points: [Point]) -> [Point] {
    guard points.count > mostMarks else { return points }
    for side in [0.5, 1, 1.5, 2, 3, 4, 6, 8] {
      var taken: Set<Int> = []
      var kept: [Point] = []
      for point in points {
        let cell = Int(point.y / side) << 32 | Int(point.x / side)
        guard taken.insert(cell).inserted else { continue }
        kept.append(point)
        if kept.count > mostMarks { break }
      }
      if kept.count <= mostMarks { return kept }
    }
    return Array(points.prefix(mostMarks))
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
