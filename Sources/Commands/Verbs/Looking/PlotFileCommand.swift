import Interpreter
import Plotting
import Text

/// `plot-file VALUE … to="PATH"`.
struct PlotFileCommand: Command {
  static let name = "plot-file"
  static let summary = "Draw a value into a file."
  static let discussion = """
    The picture is that of `plot-ascii` with the same options. The ending of the file says what it \
    is: `.svg` is a drawing that scales, for pages and for print, with colors for light and dark; \
    `.png` is a picture of pixels, on white. Width and height are in pixels of a page, 96 to an \
    inch; without a height it is what the plot takes. The file is written whole or not at all.
    """
  static let examples: [Example] = [
    """
    plot-file [3, 1, 2] kind=bars to="bars.svg"
    → saved plot (720×86 pixels) to bars.svg
    """
  ]
  static let group = CommandGroup.looking

  @Operands("What to draw.", atLeastOne: false) var values: [Value]
  @Option(required: "The file, which ends in .svg or .png.") var to: String
  @OptionGroup var options: PlotParameters
  @Option("The width in pixels.", NumberRange(100, 4000), unit: "pixels") var width: Int?
  @Option("The height in pixels.", NumberRange(100, 4000), unit: "pixels") var height: Int?

  func run(in session: Session) throws -> Output {
    let format = try PlotFile.format(of: to)
    let plot = try PlotMaker(values, options, verb: Self.name).plot()
    let size = try PlotFile.write(plot, as: format, width: width, height: height, to: to)
    return Output(
      report: StyledText(
        "saved plot (\(size.width)×\(size.height) pixels) to \(Escaping.visible(to))"))
  }
}
