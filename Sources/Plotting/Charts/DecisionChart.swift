import Text

/// The points of two classes in a plane, the line that a classifier draws between them, its
/// margins, and the support vectors.
///
///     f(x, y) = a x + b y + c;   the line f = 0, the margins f = ±Δ
public struct DecisionChart: Chart {
  /// The places on the horizontal axis.
  public var x: [Double]
  /// The places on the vertical axis.
  public var y: [Double]
  /// The class of each point, 0 where f should be negative, and 1.
  public var classes: [Int]
  /// The names of the two classes.
  public var classNames: [String]
  /// The slope of f along the horizontal axis.
  public var a: Double
  /// The slope of f along the vertical axis.
  public var b: Double
  /// f at the origin.
  public var c: Double
  /// Δ; nil where there is no margin.
  public var margin: Double?
  /// The indices of the support vectors.
  public var support: [Int]

  /// A chart of as many points as the shortest of the lists has.
  public init(
    x: [Double], y: [Double], classes: [Int], classNames: [String], a: Double, b: Double,
    c: Double, margin: Double?, support: [Int]
  ) {
    self.x = x
    self.y = y
    self.classes = classes
    self.classNames = classNames
    self.a = a
    self.b = b
    self.c = c
    self.margin = margin
    self.support = support
  }

  /// `decision`.
  public var kind: String { "decision" }

  /// The points, f as its factors for x, y and 1, the margin and the support vectors.
  public var data: [ChartData.Named] {
    let f = [a, b, c]
    return [
      ("x", .numbers(x)), ("y", .numbers(y)), ("groups", .counts(classes)),
      ("names", .texts(classNames)), ("f", .numbers(f)),
    ] + (margin.map { [("margin", .number($0))] } ?? []) + [("support", .counts(support))]
  }

  /// The marks of the classes; those of their support vectors are the same letters, large.
  private static let marks: [(point: Character, support: Character)] = [("o", "O"), ("x", "X")]

  /// The lines below the points, the support vectors on top.
  public func drawn(in frame: ChartFrame) -> CellGrid {
    SceneText(scene(on: frame.axes), in: frame).drawn()
  }

  /// The lines below the points, the support vectors on top, with rings around them.
  public func drawing(in frame: DrawingFrame) -> Drawing {
    SceneDrawing(scene(on: frame.axes), in: frame).drawn()
  }

  private func scene(on axes: AxisOptions) -> Scene {
    var scene = Scene()
    var missing = SkippedRows()
    missing.count(x: x, y: y, on: axes)
    scene.notes = missing.notes
    var outside: [String] = []
    var (lines, margins): ([Int], [Int]) = ([], [])
    for level in margin.map({ [-$0, $0] }) ?? [] {
      margins = addLine(level, isDashed: true, to: &scene, outside: &outside) ?? margins
    }
    lines = addLine(0, isDashed: false, to: &scene, outside: &outside) ?? []
    let points = scene.layers.count
    let chosen = Set(support)
    for wantsSupport in [false, true] {
      for (k, marks) in Self.marks.enumerated() {
        let members = zip(zip(x, y), classes).enumerated().filter {
          $1.1 == k && chosen.contains($0) == wantsSupport
        }.map(\.element.0)
        scene.layers.append(
          Scene.Layer(
            shape: .dots(x: members.map(\.0), y: members.map(\.1)), series: k,
            mark: wantsSupport ? marks.support : marks.point, isLetter: true,
            isRinged: wantsSupport))
      }
    }
    scene.keys = zip(Self.marks, classNames).enumerated().map { k, pair in
      Scene.Key(layers: [points + k], name: pair.1)
    }
    if !support.isEmpty {
      let name = support.count == 1 ? "1 support vector" : "\(support.count) support vectors"
      scene.keys.append(Scene.Key(layers: [points + 2, points + 3], name: name))
    }
    guard a != 0 || b != 0 else {
      scene.notes.append("there is no line: the weights of both features are 0")
      return scene
    }
    if !lines.isEmpty { scene.keys.append(Scene.Key(layers: lines, name: "f = 0")) }
    if let margin, !margins.isEmpty {
      let name = "margins, f = \(NumberText.short(-margin)) and \(NumberText.short(margin))"
      scene.keys.append(Scene.Key(layers: margins, name: name))
    }
    if !outside.isEmpty {
      scene.notes.append("outside of the plot: \(outside.joined(separator: ", "))")
    }
    return scene
  }

  /// Adds the line f = `level`; returns the number of its layer, nil where it is outside.
  private func addLine(
    _ level: Double, isDashed: Bool, to scene: inout Scene, outside: inout [String]
  ) -> [Int]? {
    guard let ends = ends(of: level) else {
      // The line itself is named before its margins.
      outside.insert("f = \(NumberText.short(level))", at: isDashed ? outside.count : 0)
      return nil
    }
    scene.layers.append(
      Scene.Layer(
        shape: .line(x: ends.x, y: ends.y), series: isDashed ? 3 : 2, mark: isDashed ? "." : "#",
        isDashed: isDashed))
    return [scene.layers.count - 1]
  }

  /// The ends of the line f = `level` inside of the box of the points; nil where it passes outside.
  func ends(of level: Double) -> (x: [Double], y: [Double])? {
    let shown = zip(x, y).filter { $0.isFinite && $1.isFinite }
    guard let left = shown.map(\.0).min(), let right = shown.map(\.0).max(),
      let low = shown.map(\.1).min(), let high = shown.map(\.1).max()
    else { return nil }
    // Where it meets the four sides.
    var meets: [(x: Double, y: Double)] = []
    if b != 0 {
      for side in [left, right] {
        let place = (level - c - a * side) / b
        if place >= low, place <= high { meets.append((side, place)) }
      }
    }
    if a != 0 {
      for side in [low, high] {
        let place = (level - c - b * side) / a
        if place >= left, place <= right { meets.append((place, side)) }
      }
    }
    guard let first = meets.min(by: { ($0.x, $0.y) < ($1.x, $1.y) }),
      let last = meets.max(by: { ($0.x, $0.y) < ($1.x, $1.y) })
    else { return nil }
    return ([first.x, last.x], [first.y, last.y])
  }
}
