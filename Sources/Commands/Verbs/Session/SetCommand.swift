import Interpreter
import LinearAlgebra
import Text
import SVMEngine

/// `set KEY=VALUE…`.
struct SetCommand: Command {
  static let name = "set"
  static let summary = "Change settings of the session, or show them."
  static let discussion = """
    Settings are the defaults of the options of the same name. The results have the same bits for \
    any number of threads; `kernel=portable` is the variant that has the same bits on any machine.
    """
  static let examples: [Example] = [
    """
    set digits=3
    print [1 / 3, 2]
    → [0.33 2.00]
    """,
    "set",
  ]
  static let group = CommandGroup.session
  static let usesSettings = false

  @Option("What products compute in.") var precision: Precision?
  @Option("Cores that are used at once.", NumberRange(1, 1024)) var threads: Int?
  @Option("The variant of the innermost loops.", choices: ["auto"] + Kernels.names)
  var kernel: String?
  @Option("What plots are drawn with; auto is pixels where the terminal shows them.")
  var canvas: CanvasSetting?
  @Option("Colors that are used.") var color: ColorDepth?
  @Option("Columns that output may take; 0 is the terminal's.", NumberRange(0, 10_000))
  var width: Int?
  @Option("Significant digits of the entries of vectors and matrices.", NumberRange(1, 17))
  var digits: Int?
  @Option("Whether samples are rows or columns of X.") var layout: Layout?
  @Option("Whether the prompt shows what is longer than the screen a page at a time.")
  var pager: Paging?

  func run(in session: Session) throws -> Output {
    session.noteLookAtSession()
    var isChange = false
    func keep(_ name: String, _ value: Value?) {
      guard let value else { return }
      session.set(name, to: value)
      isChange = true
    }
    keep("precision", precision.map { .string($0.rawValue) })
    keep("layout", layout.map { .string($0.rawValue) })
    if let layout { session.display.samplesAreColumns = layout == .columns }
    keep("pager", pager.map { .string($0.rawValue) })
    if let threads {
      session.noteChange(ofSetting: "threads")
      Parallel.threads = threads
      isChange = true
    }
    if let kernel {
      guard Kernels.variants.contains(kernel) else {
        throw Failure(
          "this machine can't run the kernel '\(kernel)'",
          help: "it has: " + Kernels.variants.joined(separator: " "), parameter: "kernel")
      }
      session.noteChange(ofSetting: "kernel")
      Kernels.variant = kernel
      isChange = true
    }
    if let canvas {
      if canvas == .pixels { try requirePictures(session.display.pictures) }
      session.noteChange(ofSetting: "canvas")
      session.display.wantsPictures = canvas == .pixels || canvas == .auto
      if canvas == .auto { session.display.canvas = session.display.terminalCanvas }
      if let characters = Display.Canvas(rawValue: canvas.rawValue) {
        session.display.canvas = characters
      }
      isChange = true
    }
    if let color {
      session.noteChange(ofSetting: "color")
      session.display.color = color
      isChange = true
    }
    if let width {
      keep("width", .number(Double(width)))
      session.display.width = width > 0 ? width : session.display.terminalWidth
    }
    if let digits {
      session.noteChange(ofSetting: "digits")
      session.display.digits = digits
      isChange = true
    }
    return isChange ? Output() : Output(report: Report(try table(session)))
  }

  /// - Throws: A `Failure` where the terminal shows no pictures.
  private func requirePictures(_ screen: PictureScreen?) throws {
    var reason = "they are shown at the prompt of a terminal only"
    if let screen {
      guard case .cannot(let obstacle) = screen.answer else { return }
      reason = obstacle
    }
    throw Failure(
      "plots can't be pictures of pixels here: \(reason)",
      help: "`plot-file … to=\"plot.png\"` writes one; terminals with the protocol of kitty or of "
        + "iTerm2, or with sixels, show them", parameter: "canvas")
  }

  private func table(_ session: Session) throws -> TextTable {
    func word(_ name: String, _ usual: String) throws -> String {
      try session.settings[name].map { try $0.text(for: session.display) } ?? usual
    }
    var table = TextTable([.init("", .left), .init("", .left)])
    table.add(["precision", try word("precision", "double")])
    // These differ from machine to machine.
    table.add([
      TextTable.Cell(text: "threads"), .init(text: "\(Parallel.threads)", style: .volatile),
    ])
    table.add([TextTable.Cell(text: "kernel"), .init(text: Kernels.inForce, style: .volatile)])
    let display = session.display
    let isPixels = display.wantsPictures && display.pictures?.isKnownToShow == true
    table.add(["canvas", isPixels ? "pixels" : display.canvas.rawValue])
    table.add(["color", session.display.color.rawValue])
    table.add(["width", String(session.display.width)])
    table.add(["digits", String(session.display.digits)])
    table.add(["layout", try word("layout", "rows")])
    table.add(["pager", try word("pager", Paging.on.rawValue)])
    return table
  }
}

/// The values of `pager=`.
enum Paging: String, Sendable, CaseIterable, StringChoice { case on, off }

/// The values of `canvas=`: characters, pictures, or the best that the terminal shows.
enum CanvasSetting: String, StringChoice, CaseIterable {
  case auto, braille, blocks, ascii, pixels
}

// The values of `color=`.
extension ColorDepth: StringChoice {}
