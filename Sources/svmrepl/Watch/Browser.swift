import Glibc
import Language
import LineEditor
import Text

/// The user's browser.
enum Browser {
  /// Opens an address, by the program that `BROWSER` names, else by the desktop's.
  static func open(_ address: String, report: (Diagnostic) -> Void) {
    let program = Terminal.environmentVariable("BROWSER").flatMap { $0.isEmpty ? nil : $0 }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream in [0, 1, 2] as [Int32] {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
    }
    let words: [String] = [program ?? "xdg-open", address]
    let arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, words[0], &actions, nil, arguments, environ)
    guard code == 0 else {
      return report(
        Diagnostic(
          "can't open a browser: \(Escaping.visible(words[0])): \(String(cString: strerror(code)))",
          category: .data, severity: .warning, help: "open \(address) yourself"))
    }
  }
}
