import Interpreter
import LinearAlgebra
import Plotting
import Text

/// Plots of vectors and matrices.
extension PlotMaker {
  /// The points of `x=` and `y=`, without operands.
  func fromAxes() throws -> Plot {
    guard let y else {
      throw Failure(
        "'\(verb)' has nothing to draw",
        help: "it is used as `\(verb) VALUE…`, or with x= and y="
      )
    }
    let ys = try y.vector("y")
    let xs = try x.map { try $0.vector("x").entries } ?? Self.numbers(ys.count)
    return try points(xs, ys.entries, options.x == nil ? .line : .scatter)
  }

  /// 0, 1, … below `count`, as the places of a vector's entries.
  static func numbers(_ count: Int) throws -> [Double] {
    try Interruption.map(count, costEach: 2) { Double($0) }
  }

  /// A curve for each vector, over `x=` or their numbers.
  func lines(_ vectors: [NumericArray]) throws -> Plot {
    guard [.auto, .line].contains(options.kind) else { throw unfit("several vectors") }
    let axis = try x.map { try $0.vector("x").entries }
    if let axis, let other = vectors.first(where: { $0.count != axis.count }) {
      throw Failure(
        "x has \(Quantity.count(axis.count, "number")), and a curve has "
          + NumberText.grouped(other.count), parameter: "x")
    }
    let names = try labels(vectors.count, of: "curve")
    return Plot(
      LineChart(
        try vectors.enumerated().map { i, vector in
          Series(
            name: names?[i] ?? String(i), x: try axis ?? Self.numbers(vector.count),
            y: try vector.entries)
        }))
  }

  func points(_ x: [Double], _ y: [Double], _ usual: PlotKind) throws -> Plot {
    guard x.count == y.count else {
      throw Failure(
        "x has \(Quantity.count(x.count, "number")), and y has \(NumberText.grouped(y.count))",
        parameter: "values")
    }
    if let color = options.color, color.count != x.count {
      throw Failure(
        "'color' has \(Quantity.count(color.count, "number")), and there are "
          + Quantity.count(x.count, "point"), parameter: "color")
    }
    switch options.kind == .auto ? usual : options.kind {
    case .line: return Plot(LineChart([Series(x: x, y: y)]))
    case .scatter:
      let groups = color
      return Plot(
        ScatterChart(
          x: x, y: y, groups: groups, groupNames: try groups.map { try groupNames($0) } ?? []))
    case .bars:
      return Plot(
        BarChart(
          labels: try labels(x.count, of: "bar") ?? x.map { NumberText.short($0) }, values: y))
    default: throw unfit("two vectors")
    }
  }

  func plot(vector: NumericArray) throws -> Plot {
    if options.y != nil, let y {
      guard options.x == nil else {
        throw Failure(
          "a vector has one other axis, and here are two", help: "leave out `x=` or `y=`",
          parameter: "y")
      }
      return try points(vector.entries, try y.vector("y").entries, .scatter)
    }
    if options.x != nil, let x {
      return try points(try x.vector("x").entries, vector.entries, .line)
    }
    switch options.kind {
    case .auto where options.shape != nil, .image:
      return try pictures([vector], of: vector.count)
    case .auto where vector.isMask, .histogram:
      return Plot(Histogram(try vector.entries))
    case .auto, .line:
      return Plot(
        LineChart([Series(x: try Self.numbers(vector.count), y: try vector.entries)]))
    case .scatter:
      return Plot(ScatterChart(x: try Self.numbers(vector.count), y: try vector.entries))
    case .bars:
      return Plot(
        BarChart(
          labels: try labels(vector.count, of: "bar")
            ?? Interruption.map(vector.count) { String($0) }, values: try vector.entries))
    default: throw unfit("a vector")
    }
  }

  /// The title of a plot of the first rows only; nil where it shows all of them.
  func first(_ count: Int, of matrix: NumericArray) -> String? {
    count < matrix.rows ? "the first \(count) of \(Quantity.count(matrix.rows, "row"))" : nil
  }

  func plot(matrix: NumericArray) throws -> Plot {
    switch options.kind {
    case .auto where options.shape != nil, .image:
      // Each row is a picture.
      let count = min(matrix.rows, 100)
      var plot = try pictures((0..<count).map(matrix.row), of: matrix.columns)
      plot.title = first(count, of: matrix)
      return plot
    case .confusion:
      guard matrix.rows == matrix.columns,
        try matrix.entries.allSatisfy({ $0 >= 0 && $0 < 1e15 && $0.rounded() == $0 })
      else { throw unfit("a matrix that does not count") }
      return Plot(
        ConfusionChart(
          counts: try matrix.entries.map { Int($0) },
          classes: (0..<matrix.rows).map(String.init)), title: "confusion (row: true class)")
    case .auto, .heatmap:
      return Plot(Heatmap(rows: matrix.rows, columns: matrix.columns, values: try matrix.entries))
    case .histogram: return Plot(Histogram(try matrix.entries))
    case .line:
      let count = min(matrix.rows, 20)
      var plot = try lines((0..<count).map { matrix.row($0) })
      plot.title = plot.title ?? first(count, of: matrix)
      return plot
    case .scatter where matrix.columns == 2:
      return Plot(
        ScatterChart(
          x: try Interruption.map(matrix.rows) { matrix.pointer[2 * $0] },
          y: try Interruption.map(matrix.rows) { matrix.pointer[2 * $0 + 1] },
          groups: color, groupNames: try options.color.map { try groupNames($0) } ?? []))
    default: throw unfit("a matrix")
    }
  }
}
