/// What a plot is drawn on: its columns, its characters and its colors.
///
/// A surface only says what can be shown. What there is to show is a ``Plot``.
public struct Surface: Sendable, Equatable {
  /// The characters that dots are made of.
  public enum Marks: Sendable {
    /// Braille patterns: 2×4 dots to a character.
    case braille
    /// Quadrant blocks: 2×2 dots to a character.
    case blocks
    /// ASCII only: one dot to a character, and frames of `|`, `-` and `+`.
    case ascii
  }

  /// The colors that escape sequences can ask for.
  public enum Color: Sendable {
    /// No escape sequences at all.
    case none
    /// The 256 colors of xterm.
    case indexed
    /// 24 bits: red, green, blue.
    case truecolor
  }

  /// Columns that a line may fill.
  public var width: Int
  /// Rows of the terminal, or `nil` where there is no end, as in a pipe.
  public var height: Int?
  /// The characters that dots are made of.
  public var marks: Marks
  /// The colors there are.
  public var color: Color

  /// A surface; as given, 80 columns of braille without color.
  public init(
    width: Int = 80, height: Int? = nil, marks: Marks = .braille, color: Color = .none
  ) {
    self.width = width
    self.height = height
    self.marks = marks
    self.color = color
  }

  /// Whether everything but the user's own text is ASCII.
  var isASCII: Bool { marks == .ascii }

  /// What stands for the part of a text that was cut off.
  var ellipsis: String { isASCII ? "~" : "…" }
}
