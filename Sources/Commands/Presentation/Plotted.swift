import Text
import Plotting

extension Surface {
  /// Where a display shows plots.
  init(_ display: Display) {
    let marks: Marks =
      switch display.canvas {
      case .braille: .braille
      case .blocks: .blocks
      case .ascii: .ascii
      }
    let color: Color =
      switch display.color {
      case .none: .none
      case .indexed: .indexed
      case .truecolor: .truecolor
      }
    self.init(width: display.width, height: display.height, marks: marks, color: color)
  }
}

extension StyledText {
  /// A plot as a display shows it.
  init(_ plot: Plot, on display: Display) {
    self.init(plot.rendered(on: Surface(display)), .drawn)
  }
}
