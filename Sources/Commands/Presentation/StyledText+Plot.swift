import Plotting
import Text

extension StyledText {
  /// The text of a plot on a display.
  init(_ plot: Plot, on display: Display) {
    self.init(plot.rendered(on: display), .drawn)
  }
}
