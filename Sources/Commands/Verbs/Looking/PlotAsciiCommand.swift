import Datasets
import Interpreter
import Text
import Plotting
import SVMEngine

/// `plot-ascii VALUE …`.
struct PlotAsciiCommand: Command {
  static let name = "plot-ascii"
  static let summary = "Draw a value in the terminal."
  static let discussion = """
    A history is a line, with its running mean where it is noisy, and above its validation \
    accuracies where it has some; several histories lie over one another. Data of two classes and \
    two features with their model are points, the line f = 0, its margins and the support vectors. \
    Two vectors are a scatter plot; with `x=` or `kind=line` several vectors are a curve each over \
    the same axis, named by `labels=`. A vector is a line, a matrix a heat map, a table \
    of `tune` a heat map over its two varied options, an evaluation its confusion matrix. A \
    dataset of pictures is some samples of each class; another one a scatter plot of the two \
    features that separate its classes best, or of those that `x=` and `y=` name. A model is its \
    class templates as pictures (bias left out, one scale for all). A vector with `kind=image \
    shape=` is one picture.

    Marks are braille, blocks or plain ASCII by what the terminal can show; the width is the \
    terminal's, and 80 in a pipe.
    """
  static let examples: [Example] = [
    """
    x = linspace(0, 6, num=50)
    y = x ** 2
    plot-ascii y x=x height=10
    """,
    "plot-ascii [3, 1, 2] kind=bars width=40",
    """
    images = load "patches10"
    plot-ascii images samples=3
    """,
  ]
  static let group = CommandGroup.looking

  @Operands("What to draw.", atLeastOne: false) var values: [Value]
  @OptionGroup var options: PlotParameters
  @Option("Columns.", NumberRange(1, 1000), unit: "columns") var width: Int?
  @Option("Rows.", NumberRange(1, 1000), unit: "rows") var height: Int?
  @Option("What it is drawn with; auto goes by the terminal.") var canvas = CanvasChoice.auto

  func run(in session: Session) throws -> Output {
    var plot = try PlotMaker(values, options, verb: Self.name).plot()
    plot.width = width ?? plot.width
    plot.height = height ?? plot.height
    let object = PlotObject(plot: plot, canvas: Display.Canvas(rawValue: canvas.rawValue))
    return Output(.object(object), showsEverywhere: true)
  }
}

/// `canvas=`.
enum CanvasChoice: String, StringChoice, CaseIterable {
  case auto, braille, blocks, ascii
}
