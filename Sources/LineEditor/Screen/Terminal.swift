import Text
import Glibc

/// What the standard streams are connected to, and what can be shown there: the one place that
/// decides about colors, characters and width.
public struct Terminal: Sendable, Equatable {
  /// Whether input is typed.
  public var isInputTerminal: Bool
  /// Whether output goes to a terminal.
  public var isOutputTerminal: Bool
  /// Whether errors go to a terminal.
  public var isErrorTerminal: Bool
  /// Whether the terminal can't move the cursor.
  public var isDumb: Bool
  /// What the output can show. Its width is the terminal's, else 80; `COLUMNS` decides where it is
  /// set.
  public var display: Display
  /// What the error stream can show, 100 columns where it is no terminal.
  public var errorDisplay: Display

  /// Looks at the three standard streams. The locale must have been set.
  public static func current() -> Terminal {
    Terminal(
      input: isatty(0) == 1, output: isatty(1) == 1, error: isatty(2) == 1, size: size(of: 1),
      isUnicode: String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8",
      environment: environmentVariable)
  }

  /// The same from facts, for tests.
  init(
    input: Bool, output: Bool, error: Bool, size: (columns: Int, rows: Int)?, isUnicode: Bool,
    environment: (String) -> String?
  ) {
    let kind = environment("TERM") ?? ""
    isInputTerminal = input
    isOutputTerminal = output
    isErrorTerminal = error
    isDumb = kind.isEmpty || kind == "dumb"
    let wished = environment("COLUMNS").flatMap { Int($0) }.flatMap {
      (1...10_000).contains($0) ? $0 : nil
    }
    let width = wished ?? size?.columns ?? 80
    // The font of the bare console has blocks but no braille.
    let canvas: Display.Canvas = !isUnicode ? .ascii : kind == "linux" ? .blocks : .braille
    display = Display(
      width: width, height: output ? size?.rows : nil,
      color: Self.color(isTerminal: output && !isDumb, environment), canvas: canvas)
    errorDisplay = Display(
      width: error ? width : 100, color: Self.color(isTerminal: error && !isDumb, environment),
      canvas: canvas)
  }

  /// `NO_COLOR` and `CLICOLOR=0` forbid colors, `FORCE_COLOR` asks for them in a pipe too.
  private static func color(isTerminal: Bool, _ environment: (String) -> String?) -> ColorDepth {
    if let no = environment("NO_COLOR"), !no.isEmpty { return .none }
    let force = environment("FORCE_COLOR") ?? ""
    if force == "0" || force == "false" { return .none }
    guard !force.isEmpty || (isTerminal && environment("CLICOLOR") != "0") else { return .none }
    let depth = environment("COLORTERM")
    return depth == "truecolor" || depth == "24bit" || force == "3" ? .truecolor : .indexed
  }

  /// The size of the terminal behind a descriptor; nil where there is none or it does not say.
  public static func size(of descriptor: Int32) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return nil
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// A variable of the environment.
  public static func environmentVariable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Takes the locale of the environment. Where none is named at all, as in a container, text is
  /// taken for UTF-8, as terminals have it.
  public static func setLocale() {
    let isNamed = ["LC_ALL", "LC_CTYPE", "LANG"].contains {
      !(environmentVariable($0) ?? "").isEmpty
    }
    setlocale(LC_CTYPE, isNamed ? "" : "C.UTF-8")
  }
}
