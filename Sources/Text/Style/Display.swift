/// What the place that output goes to can show.
public struct Display: Sendable, Equatable {
  /// Colors that it has.
  public enum Color: String, Sendable, CaseIterable { case none, indexed, truecolor }
  /// The finest marks that it can draw plots with.
  public enum Canvas: String, Sendable, CaseIterable { case braille, blocks, ascii }

  /// Columns: of the terminal, 80 in a pipe.
  public var width: Int
  /// Rows of the terminal; nil in a pipe.
  public var height: Int?
  /// Colors.
  public var color: Color
  /// Marks for plots.
  public var canvas: Canvas
  /// Significant digits of the entries of vectors and matrices.
  public var digits: Int

  /// A display; as a pipe where nothing is given.
  public init(
    width: Int = 80, height: Int? = nil, color: Color = .none, canvas: Canvas = .braille,
    digits: Int = 6
  ) {
    self.width = width
    self.height = height
    self.color = color
    self.canvas = canvas
    self.digits = digits
  }
}
