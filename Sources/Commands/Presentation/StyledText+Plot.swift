import Plotting
import Text

extension StyledText {
  /// A plot as a display shows it.
  init(_ plot: Plot, on display: Display) {
    self.init(plot.rendered(on: display), .drawn)
  }
}
