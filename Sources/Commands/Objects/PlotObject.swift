import Interpreter
import LinearAlgebra
import Text
import Plotting

/// A plot as a value.
struct PlotObject: ObjectValue {
  let plot: Plot
  /// The canvas to draw with; nil for the display's.
  let canvas: Display.Canvas?

  var typeName: String { "plot" }
  var fieldNames: [String] { [] }

  func field(_ name: String) throws -> Value { .none }

  /// The drawing as text; its better forms are pictures.
  func report(on display: Display) -> Report {
    var display = display
    if let canvas { display.canvas = canvas }
    return Report(StyledText(plot, on: display))
  }

  /// The plot, which may be of millions of points.
  var presentation: Presentation {
    Presentation { display in try Abandonable.run { shown(on: display) } }
      .adding(.json) { Array(ValueJSON.of(.object(self), on: $0).text.utf8) }
      .adding(.terminalPicture) { display in
        guard canvas == nil, let screen = display.pictureProperties else { return nil }
        return (try? Abandonable.run { plot.terminalPicture(on: screen, display: display) }) ?? nil
      }
      .adding(.svg) { _ in try? Abandonable.run { Array(plot.drawing().svg.utf8) } }
      .adding(.png) { _ in (try? Abandonable.run { plot.drawing().png }) ?? nil }
  }
}
