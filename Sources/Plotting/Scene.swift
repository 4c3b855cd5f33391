/// The shapes between two axes, in the units of the data and independent of the canvas.
struct Scene: Sendable {
  /// A shape to draw.
  enum Shape: Sendable {
    /// Points joined by straight lines; points that cannot be shown leave gaps.
    case line(x: [Double], y: [Double])
    /// Points by themselves.
    case dots(x: [Double], y: [Double])
    /// Bars that stand side by side: one more edge than heights.
    case bars(edges: [Double], heights: [Double])
  }

  /// A shape and the number of its series, which decides its color or mark.
  struct Layer: Sendable {
    var shape: Shape
    var series: Int
    /// The mark without colors; nil takes that of the series.
    var mark: Character?
    /// Whether a line is dashed.
    var isDashed = false
    /// Whether dots are drawn as their marks on any canvas.
    var isLetter = false
  }

  /// An entry of a legend that names more than the series.
  struct Key: Sendable {
    /// The mark, as it is in the plot.
    var mark: String
    /// What it marks.
    var name: String
    /// The series that has its color; nil for no color.
    var series: Int?
  }

  /// The shapes, the last on top.
  var layers: [Layer] = []
  /// The names of the series, where there is more than one.
  var legend: [String] = []
  /// The entries of the legend in place of the series' names.
  var keys: [Key] = []
  /// Whether the vertical axis starts at zero.
  var startsAtZero = false
  /// Notes under the plot.
  var notes: [String] = []
}
