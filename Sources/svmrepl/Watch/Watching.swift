import Commands
import EventServer
import Glibc
import Interpreter
import Language
import LineEditor
import LinearAlgebra
import Notebook
import Record
import Text

/// `svmrepl watch [--port N] [--open] FILE [NAME=VALUE…]`.
struct Watching {
  let console: Console
  /// The port; nil for the usual one or, where that is taken, any.
  let port: UInt16?
  /// Whether a browser is opened.
  let opens: Bool
  let isQuiet: Bool

  private static let usualPort: UInt16 = 8231
  /// The part of the free memory that results of the last run may take.
  private static let recentShare = 0.25

  /// Serves a script as a page that follows its file, until Ctrl-C. Returns the exit status.
  func run(_ words: [String]) throws -> Int32 {
    guard let file = words.first else {
      throw Diagnostic(
        "'watch' needs a file", category: .usage,
        help: "svmrepl watch [--port N] [--open] FILE [NAME=VALUE…]")
    }
    guard file != "-" else {
      throw Diagnostic(
        "'watch' follows a file, and the standard input is none", category: .usage,
        help: "svmrepl watch FILE")
    }
    guard let wake = WakeUp() else {
      throw Diagnostic("no file can be opened: \(String(cString: strerror(errno)))")
    }
    let text = try ScriptFile.text(of: file)
    let progress = LiveProgress()
    var options = LiveNotebook.Options(
      cache: try .standard(
        recentBytes: Int(Double(MemoryLimit.availableBytes) * Self.recentShare)
      ) { console.report($0) })
    options.parameters = try Program.parameters(Array(words.dropFirst()))
    options.progress = progress
    let notebook = LiveNotebook(
      name: file, catalog: CommandCatalog.standard,
      facts: PageFacts(version: Main.version, kernel: Kernels.inForce), options: options,
      didChange: wake.wake)
    let server = try serve(notebook)
    progress.server = server
    let address = "http://127.0.0.1:\(server.port)/"
    console.write("\(address) shows \(Escaping.visible(file)) as it is saved; Ctrl-C ends it\n")
    if opens { Browser.open(address) { console.report($0) } }
    let loop = WatchLoop(
      file: file, text: text, notebook: notebook, server: server, wake: wake, console: console,
      isQuiet: isQuiet)
    loop.run()
    return 0
  }

  private func serve(_ notebook: LiveNotebook) throws -> EventServer {
    func start(_ port: UInt16) throws(EventServer.Trouble) -> EventServer {
      try EventServer(port: port) { path in
        switch path {
        case "/":
          EventServer.Resource(notebook.page().document, type: "text/html; charset=utf-8")
        case LivePage.scriptPath:
          EventServer.Resource(LivePage.script, type: "text/javascript; charset=utf-8")
        default: nil
        }
      }
    }
    do {
      if let port { return try start(port) }
      // The same address again finds the page that is still open.
      if let server = try? start(Self.usualPort) { return server }
      return try start(0)
    } catch {
      switch error {
      case .isMissing:
        throw Diagnostic(
          "'watch' needs the library libmicrohttpd, which is not installed", category: .data,
          help: "install libmicrohttpd12 (Debian's name)")
      case .port(let reason):
        throw Diagnostic(
          "can't serve at port \(port ?? 0): \(reason)", category: .data,
          help: "`--port` takes another number; without it, any free port is taken")
      }
    }
  }
}
