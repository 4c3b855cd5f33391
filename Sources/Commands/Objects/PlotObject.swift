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

  /// How it is drawn, and then what its chart shows.
  var fieldNames: [String] { Self.drawnFields + plot.chart.data.map(\.name) }

  private static let drawnFields = ["kind", "title", "x_label", "y_label", "log"]

  func field(_ name: String) throws -> Value {
    switch name {
    case "kind": return .string(plot.chart.kind)
    case "title": return .string(plot.title ?? "")
    case "x_label": return .string(plot.xLabel ?? "")
    case "y_label": return .string(plot.yLabel ?? "")
    case "log": return .string(LogAxes(x: plot.logX, y: plot.logY).rawValue)
    default:
      guard let named = plot.chart.data.first(where: { $0.name == name }) else { return .none }
      return try Value(named.data)
    }
  }

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

extension Value {
  /// What a chart shows.
  fileprivate init(_ data: ChartData) throws {
    switch data {
    case .number(let number): self = .number(number)
    case .text(let text): self = .string(text)
    case .numbers(let numbers): self = .vector(numbers)
    case .texts(let texts): self = .list(texts.map { .string($0) })
    case .matrix(let rows, let columns, let values):
      self = .array(NumericArray(Matrix(rows: rows, columns: columns, values)))
    case .list(let parts):
      self = try .list(
        parts.map { part in
          .dictionary(
            try DictionaryBox(part.map { (DictionaryKey.string($0.name), try Value($0.data)) }))
        })
    }
  }
}
