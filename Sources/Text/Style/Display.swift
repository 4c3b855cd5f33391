/// The properties of an output: its width, colors and characters.
public struct Display: Sendable, Equatable {
  /// The characters that plots are drawn with.
  public enum Canvas: String, Sendable, CaseIterable {
    /// Braille patterns: 2×4 dots in a character.
    case braille
    /// Quadrant blocks: 2×2 dots in a character.
    case blocks
    /// Only ASCII: one dot in a character, and frames of `|`, `-` and `+`.
    case ascii
  }

  /// Columns that output may take.
  public var width: Int
  /// Columns of the terminal; 80 in a pipe.
  public var terminalWidth: Int
  /// Rows of the terminal; nil where there is no limit, as in a pipe.
  public var height: Int?
  /// Colors.
  public var color: ColorDepth
  /// Characters for plots.
  public var canvas: Canvas
  /// The characters of the terminal, which plots are drawn with until others are asked for.
  public var terminalCanvas: Canvas
  /// The terminal, where it may show pictures of pixels; nil for a pipe and a script.
  public var pictures: PictureScreen?
  /// Whether plots are pictures where the terminal can show them.
  public var wantsPictures = true
  /// Significant digits of the entries of vectors and matrices.
  public var digits: Int
  /// Whether samples are the columns of X, and features those of W.
  public var samplesAreColumns: Bool

  /// A display; by default, that of a pipe.
  public init(
    width: Int = 80, height: Int? = nil, color: ColorDepth = .none, canvas: Canvas = .braille,
    digits: Int = 6, samplesAreColumns: Bool = false
  ) {
    self.width = width
    terminalWidth = width
    self.height = height
    self.color = color
    self.canvas = canvas
    terminalCanvas = canvas
    self.digits = digits
    self.samplesAreColumns = samplesAreColumns
  }

  /// What the terminal can show of pictures; nil where plots are characters. The terminal is asked
  /// for it at the first time.
  public var pictureProperties: PictureScreen.Properties? {
    guard wantsPictures, case .shows(let properties)? = pictures?.answer else { return nil }
    return properties
  }

  /// Whether escape sequences may be written.
  public var hasColor: Bool { color != .none }

  /// Whether all output except the user's own text is ASCII.
  public var isASCII: Bool { canvas == .ascii }

  /// The character for a part of a text that is left out.
  public var ellipsis: Character { isASCII ? "~" : "…" }
}
