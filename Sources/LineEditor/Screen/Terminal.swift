import Text
import Glibc

/// The standard streams and what can be shown there. Colors, characters and width are decided here.
public struct Terminal: Sendable, Equatable {
  /// Whether input comes from a terminal.
  public var isInputTerminal: Bool
  /// Whether output goes to a terminal.
  public var isOutputTerminal: Bool
  /// Whether errors go to a terminal.
  public var isErrorTerminal: Bool
  /// Whether the terminal can't move the cursor.
  public var isDumb: Bool
  /// The display of the output. Its width is that of `COLUMNS`, else of the terminal, else 80.
  public var display: Display
  /// The display of the error stream, 100 columns wide where it is no terminal.
  public var errorDisplay: Display

  /// The current state of the standard streams; `setLocale` must have been called.
  public static func current() -> Terminal {
    Terminal(
      input: isatty(0) == 1, output: isatty(1) == 1, error: isatty(2) == 1, size: size(of: 1),
      isUnicode: String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8",
      environment: environmentVariable)
  }

  /// The state for given facts.
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
    // The font of the Linux console has blocks but no braille.
    let canvas: Display.Canvas = !isUnicode ? .ascii : kind == "linux" ? .blocks : .braille
    display = Display(
      width: width, height: output ? size?.rows : nil,
      color: Self.color(isTerminal: output && !isDumb, environment), canvas: canvas)
    errorDisplay = Display(
      width: error ? width : 100, color: Self.color(isTerminal: error && !isDumb, environment),
      canvas: canvas)
  }

  /// `NO_COLOR` and `CLICOLOR=0` forbid colors; `FORCE_COLOR` forces them even in a pipe.
  private static func color(isTerminal: Bool, _ environment: (String) -> String?) -> ColorDepth {
    if let no = environment("NO_COLOR"), !no.isEmpty { return .none }
    let force = environment("FORCE_COLOR") ?? ""
    if force == "0" || force == "false" { return .none }
    guard !force.isEmpty || (isTerminal && environment("CLICOLOR") != "0") else { return .none }
    let depth = environment("COLORTERM")
    return depth == "truecolor" || depth == "24bit" || force == "3" ? .truecolor : .indexed
  }

  /// The size of a descriptor's terminal; nil where there is none or its size is not known.
  public static func size(of descriptor: Int32) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return nil
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// The value of an environment variable; nil where it is not set.
  public static func environmentVariable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Sets the character encoding of the environment's locale. Where none is named, as in
  /// containers, it is UTF-8.
  public static func setLocale() {
    let isNamed = ["LC_ALL", "LC_CTYPE", "LANG"].contains {
      !(environmentVariable($0) ?? "").isEmpty
    }
    setlocale(LC_CTYPE, isNamed ? "" : "C.UTF-8")
  }
}
