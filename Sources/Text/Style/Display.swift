/// What the place that output goes to can show: how wide it is, in which colors and with which
/// characters.
public struct Display: Sendable, Equatable {
  /// The characters that plots are drawn with.
  public enum Canvas: String, Sendable, CaseIterable {
    /// Braille patterns: 2×4 dots to a character.
    case braille
    /// Quadrant blocks: 2×2 dots to a character.
    case blocks
    /// ASCII only: one dot to a character, and frames of `|`, `-` and `+`.
    case ascii
  }

  /// Columns: of the terminal, 80 in a pipe.
  public var width: Int
  /// Rows of the terminal; nil where there is no end, as in a pipe.
  public var height: Int?
  /// Colors.
  public var color: ColorDepth
  /// Characters for plots.
  public var canvas: Canvas
  /// Significant digits of the entries of vectors and matrices.
  public var digits: Int

  /// A display; as a pipe where nothing is given.
  public init(
    width: Int = 80, height: Int? = nil, color: ColorDepth = .none, canvas: Canvas = .braille,
    digits: Int = 6
  ) {
    self.width = width
    self.height = height
    self.color = color
    self.canvas = canvas
    self.digits = digits
  }

  /// Whether escape sequences may be written.
  public var hasColor: Bool { color != .none }

  /// Whether everything but the user's own text is ASCII.
  public var isASCII: Bool { canvas == .ascii }

  /// What stands for the part of a text that was left out.
  public var ellipsis: Character { isASCII ? "~" : "…" }
}
