import Interpreter
import Text
import Plotting

/// A plot as a value: shown again where it is named.
struct PlotObject: ObjectValue {
  let plot: Plot
  /// Marks that were asked for in the place of the display's.
  let canvas: Display.Canvas?

  var typeName: String { "plot" }
  var fieldNames: [String] { [] }

  func field(_ name: String) throws -> Value { .none }

  func shown(on display: Display) -> StyledText {
    var display = display
    if let canvas { display.canvas = canvas }
    return StyledText(plot, on: display)
  }
}
