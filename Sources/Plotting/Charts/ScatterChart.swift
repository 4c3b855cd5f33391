/// Points between two axes, in groups or without.
public struct ScatterChart: Chart {
  /// The places on the horizontal axis.
  public var x: [Double]
  /// The places on the vertical axis.
  public var y: [Double]
  /// The group of each point.
  public var groups: [Int]?
  /// The names of groups 0, 1, …; a group without one has its number.
  public var groupNames: [String]

  /// A chart of as many points as the shortest of the lists has.
  public init(x: [Double], y: [Double], groups: [Int]? = nil, groupNames: [String] = []) {
    self.x = x
    self.y = y
    self.groups = groups
    self.groupNames = groupNames
  }

  /// `scatter`.
  public var kind: String { "scatter" }

  /// The points, and their groups where they have some.
  public var data: [ChartData.Named] {
    [("x", .numbers(x)), ("y", .numbers(y))]
      + (groups.map { [("groups", .counts($0)), ("names", .texts(groupNames))] } ?? [])
  }

  /// The points; groups differ by color or mark and have a legend.
  public func drawn(in frame: ChartFrame) -> CellGrid {
    SceneText(scene(on: frame.axes), in: frame).drawn()
  }

  /// The points; groups differ by color and mark and have a legend.
  public func drawing(in frame: DrawingFrame) -> Drawing {
    SceneDrawing(scene(on: frame.axes), in: frame).drawn()
  }

  private func scene(on axes: AxisOptions) -> Scene {
    var scene = Scene()
    var missing = SkippedRows()
    if let groups {
      var members: [Int: (x: [Double], y: [Double])] = [:]
      for (group, (a, b)) in zip(groups, zip(x, y)) {
        members[group, default: ([], [])].x.append(a)
        members[group, default: ([], [])].y.append(b)
      }
      let order = members.keys.sorted()
      for (index, group) in order.enumerated() {
        let (xs, ys) = members[group] ?? ([], [])
        scene.layers.append(Scene.Layer(shape: .dots(x: xs, y: ys), series: index))
        missing.count(x: xs, y: ys, on: axes)
      }
      scene.nameLayers(
        order.map { groupNames.indices.contains($0) ? groupNames[$0] : String($0) })
    } else {
      scene.layers = [Scene.Layer(shape: .dots(x: x, y: y), series: 0)]
      missing.count(x: x, y: y, on: axes)
    }
    scene.notes = missing.notes
    return scene
  }
}
