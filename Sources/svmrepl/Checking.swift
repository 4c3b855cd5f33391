import Commands
import Datasets
import Glibc
import Interpreter
import Language
import LineEditor
import LinearAlgebra
import Notebook
import Text

/// `svmrepl check [--update] FILE…`.
struct Checking {
  let console: Console
  /// Whether files that differ get their output as it is now.
  let updates: Bool
  /// Whether results of long statements are kept, and taken where they are.
  let caches: Bool

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
      let check = NotebookCheck(
        text, name: file, catalog: CommandCatalog.standard,
        cache: caches ? try ResultCache.standard { console.report($0) } : nil)
      for error in check.errors { console.report(error) }
      if !updates { console.write(check.difference) }
      var status = check.status
      if updates, check.errors.isEmpty, check.updated != text {
        try AtomicFile.write(to: file) { try $0.append(check.updated) }
        // An error of the script is recorded like any output: who didn't mean it is to know.
        let errors = check.runErrors
        console.write(
          "\(file): updated"
            + (errors == 0 ? "\n" : ", with \(Quantity.count(errors, "error")) recorded\n"))
        status = 0
      } else {
        for remark in check.remarks { console.write(remark + "\n") }
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

  /// A check in a process of its own, whose output waits in files without a name.
  private struct Running {
    var process: pid_t
    var output: Int32
    var errors: Int32
  }

  private func several(_ files: [String]) -> Int32 {
    let most = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    var running: [Running] = []
    var status: Int32 = 0
    do {
      for file in files {
        // Ctrl-C is for those that run, too: none begins after it.
        if Interruption.isRequested { break }
        if running.count == most { status = max(status, finish(running.removeFirst())) }
        running.append(try start(file))
      }
    } catch {
      let diagnostic = error as? Diagnostic ?? Session.diagnostic(of: error)
      console.report(diagnostic)
      status = max(status, diagnostic.category.exitStatus)
    }
    for check in running { status = max(status, finish(check)) }
    return Interruption.isRequested ? Diagnostic.Category.interrupted.exitStatus : status
  }

  /// Waits for a check, shows what it wrote, and returns its exit status.
  private func finish(_ check: Running) -> Int32 {
    var result: Int32 = 0
    while waitpid(check.process, &result, 0) < 0, errno == EINTR {}
    copy(check.output, to: 1)
    copy(check.errors, to: 2)
    return result & 0x7F == 0 ? (result >> 8) & 0xFF : 128 + result & 0x7F
  }

  private func start(_ file: String) throws -> Running {
    let (output, errors) = (try waitingFile(), try waitingFile())
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    let words =
      ["svmrepl", "check"] + (updates ? ["--update"] : [])
      + (caches ? ["--cache"] : []) + ["--", file]
    let arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/proc/self/exe", &actions, nil, arguments, environ)
    guard code == 0 else {
      throw Diagnostic("can't check '\(file)': \(String(cString: strerror(code)))")
    }
    return Running(process: process, output: output, errors: errors)
  }

  private func waitingFile() throws -> Int32 {
    guard let file = NamelessFile.open() else {
      throw Diagnostic(
        "can't make a file in '\(NamelessFile.folder)': \(String(cString: strerror(errno)))",
        category: .data)
    }
    return file
  }

  /// Writes what a file holds, and closes it.
  private func copy(_ file: Int32, to target: Int32) {
    defer { close(file) }
    lseek(file, 0, SEEK_SET)
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &bytes, bytes.count)
      guard count > 0 else { return }
      let isWritten = bytes.withUnsafeBytes {
        FileOutput.write(UnsafeRawBufferPointer(rebasing: $0[..<count]), to: target)
      }
      if !isWritten { console.failToWrite() }
    }
  }
}
