import Glibc
import Language
import LineEditor

/// Other programs that have the terminal for a while: the shell, the user's editor.
final class Shell {
  private let mode: TerminalMode?
  private let report: (Diagnostic) -> Void
  /// Where `cd -` goes.
  private var lastFolder: String?

  /// - Parameter mode: the terminal's settings; nil where there is none to give away.
  init(mode: TerminalMode?, report: @escaping (Diagnostic) -> Void) {
    (self.mode, self.report) = (mode, report)
  }

  /// Runs a command in `/bin/sh`; returns its exit status.
  func run(_ command: String) -> Int32 {
    mode?.restore()
    defer { mode?.enter() }
    let status = system(command)
    guard status >= 0 else {
      report(Diagnostic("can't start a shell: \(String(cString: strerror(errno)))"))
      return Diagnostic.Category.runtime.exitStatus
    }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
  }

  /// Goes to another folder: home where none is named, the one before for `-`.
  func goTo(_ path: String) -> Int32 {
    let home = Terminal.environmentVariable("HOME") ?? "/"
    var target = path
    if target.isEmpty { target = home }
    if target == "-" { target = lastFolder ?? "." }
    if target == "~" || target.hasPrefix("~/") { target = home + target.dropFirst() }
    if target.count > 1, let quote = target.first, "\"'".contains(quote), target.last == quote {
      target = String(target.dropFirst().dropLast())
    }
    let before = Self.folder
    guard chdir(target) == 0 else {
      report(
        Diagnostic("can't go to '\(target)': \(String(cString: strerror(errno)))", category: .data))
      return Diagnostic.Category.data.exitStatus
    }
    lastFolder = before
    FileOutput.write((Self.folder ?? target) + "\n", to: 1)
    return 0
  }

  /// A text as the editor of `$VISUAL` or `$EDITOR` leaves it; nil where that one fails.
  func edit(_ text: String) -> String? {
    var folder = Terminal.environmentVariable("TMPDIR") ?? ""
    if folder.isEmpty { folder = "/tmp" }
    // The six X are replaced: a file of this user's alone, under a name that nobody can foresee.
    var name = Array("\(folder)/svmrepl-XXXXXX.svm".utf8CString)
    let file = mkstemps(&name, 4)
    guard file >= 0 else {
      report(
        Diagnostic(
          "can't make a file in '\(folder)': \(String(cString: strerror(errno)))", category: .data))
      return nil
    }
    let path = name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    defer { unlink(path) }
    let isWritten = FileOutput.write(text + "\n", to: file)
    close(file)
    let editor =
      ["VISUAL", "EDITOR"].compactMap { Terminal.environmentVariable($0) }
      .first { !$0.isEmpty } ?? "vi"
    guard isWritten, run("\(editor) '\(path.replacing("'", with: "'\\''"))'") == 0 else {
      report(Diagnostic("the editor '\(editor)' failed", help: "`VISUAL` names the editor"))
      return nil
    }
    guard var edited = Self.contents(of: path) else { return nil }
    while edited.last == "\n" { edited.removeLast() }
    return edited
  }

  private static var folder: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  private static func contents(of path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(file, &chunk, chunk.count)
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
