import Commands
import Datasets
import Glibc
import Interpreter
import Language
import LineEditor
import Notebook

/// `svmrepl check [--update] FILE…`.
struct Checking {
  let console: Console
  /// Whether files that differ get their output as it is now.
  let updates: Bool

  /// Checks one file here, and several in processes of their own, as many at once as there are
  /// cores. Returns the exit status: the largest of all.
  func run(_ files: [String]) -> Int32 {
    guard let file = files.first else {
      console.report(
        Diagnostic(
          "'check' needs a file", category: .usage, help: "svmrepl check [--update] FILE…"))
      return Diagnostic.Category.usage.exitStatus
    }
    return files.count == 1 ? check(file) : several(files)
  }

  private func check(_ file: String) -> Int32 {
    do {
      let text = try ScriptFile.text(of: file)
      let check = NotebookCheck(text, name: file, catalog: CommandCatalog.standard)
      for error in check.errors { console.report(error) }
      if !updates { FileOutput.write(check.difference, to: 1) }
      var status = check.status
      if updates, check.errors.isEmpty, check.updated != text {
        try AtomicFile.write(to: file) { try $0.append(check.updated) }
        FileOutput.write("\(file): updated\n", to: 1)
        // An error of the script is recorded like any output.
        status = 0
      } else {
        for remark in check.remarks { FileOutput.write(remark + "\n", to: 1) }
      }
      if status == Diagnostic.Category.interrupted.exitStatus {
        console.report(
          Diagnostic("interrupted", category: .interrupted, severity: .interrupted))
      }
      return status
    } catch {
      let diagnostic = error as? Diagnostic ?? Session.diagnostic(of: error)
      console.report(diagnostic)
      return diagnostic.category.exitStatus
    }
  }

  // MARK: Several files

  /// A check in a process of its own, whose output waits in a file without a name.
  private struct Running {
    var process: pid_t
    var output: Int32
    var errors: Int32
  }

  private func several(_ files: [String]) -> Int32 {
    let most = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    var waiting: [Running?] = []
    var status: Int32 = 0
    func finishFirst() {
      let first = waiting.removeFirst()
      guard let running = first else {
        status = max(status, Diagnostic.Category.runtime.exitStatus)
        return
      }
      var result: Int32 = 0
      while waitpid(running.process, &result, 0) < 0, errno == EINTR {}
      copy(running.output, to: 1)
      copy(running.errors, to: 2)
      status = max(status, result & 0x7F == 0 ? (result >> 8) & 0xFF : 128 + result & 0x7F)
    }
    for file in files {
      if waiting.count == most { finishFirst() }
      waiting.append(start(file))
    }
    while !waiting.isEmpty { finishFirst() }
    return status
  }

  private func start(_ file: String) -> Running? {
    let (output, errors) = (Self.namelessFile(), Self.namelessFile())
    guard output >= 0, errors >= 0 else {
      console.report(
        Diagnostic("can't make a file in /tmp: \(String(cString: strerror(errno)))"))
      return nil
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    let words = ["svmrepl", "check"] + (updates ? ["--update"] : []) + ["--", file]
    let arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/proc/self/exe", &actions, nil, arguments, environ)
    guard code == 0 else {
      console.report(Diagnostic("can't check '\(file)': \(String(cString: strerror(code)))"))
      return nil
    }
    return Running(process: process, output: output, errors: errors)
  }

  private static func namelessFile() -> Int32 {
    var name = Array("/tmp/svmrepl-check-XXXXXX".utf8CString)
    let file = mkstemp(&name)
    if file >= 0 { unlink(name) }
    return file
  }

  private func copy(_ file: Int32, to target: Int32) {
    lseek(file, 0, SEEK_SET)
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &bytes, bytes.count)
      guard count > 0 else { break }
      FileOutput.write(String(decoding: bytes[..<count], as: UTF8.self), to: target)
    }
    close(file)
  }
}
