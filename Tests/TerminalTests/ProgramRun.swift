import Glibc
import LineEditor

/// One run of the real program, or of lines of shell, with files for its streams.
struct ProgramRun {
  var status: Int32
  var output: String
  var errors: String

  /// Runs the program to its end. `input` is what it reads; `redirection` is put after it in a
  /// shell.
  init(
    _ arguments: [String], input: String = "", environment: [String: String] = [:],
    redirection: String = ""
  ) {
    let settings = environment.map { "\($0)=\(Self.quoted($1))" }.joined(separator: " ")
    let words = ([PseudoTerminal.program] + arguments).map(Self.quoted).joined(separator: " ")
    let clean =
      "timeout 60 env -u NO_COLOR -u FORCE_COLOR -u COLUMNS LC_ALL=C.UTF-8 TERM=xterm \(settings)"
    self.init(shell: "\(clean) \(words) \(redirection)", input: input)
  }

  /// Runs lines of shell to their end.
  init(shell lines: String, input: String = "") {
    let files = (0..<3).map { _ in Self.temporaryFile() }
    defer { files.forEach { unlink($0) } }
    Self.write(input, to: files[0])
    status = Self.shell("{ \(lines)\n} <\(files[0]) >\(files[1]) 2>\(files[2])")
    output = Self.contents(of: files[1])
    errors = Self.contents(of: files[2])
  }

  /// The status of a command, 128 and the signal where one ended it.
  private static func shell(_ command: String) -> Int32 {
    let word = system(command)
    return word & 0x7F == 0 ? (word >> 8) & 0xFF : 128 + word & 0x7F
  }

  /// Text as one word of a shell.
  static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }

  /// An empty file of its own.
  static func temporaryFile() -> String {
    var template = Array("/tmp/svmrepl-run-XXXXXX".utf8CString)
    close(mkstemp(&template))
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func write(_ text: String, to path: String) {
    let file = open(path, O_WRONLY | O_TRUNC)
    FileOutput.write(text, to: file)
    close(file)
  }

  static func contents(of path: String) -> String {
    let file = open(path, O_RDONLY)
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &chunk, chunk.count)
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
