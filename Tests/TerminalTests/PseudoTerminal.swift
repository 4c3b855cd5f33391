import Glibc
import LineEditor
import TestSupport

/// The program in a pseudo-terminal of its own: keys go in, and the screen shows what comes out.
final class PseudoTerminal {
  private(set) var screen: Screen
  private var descriptor: Int32 = -1
  /// The program's end of the terminal.
  private var name = ""
  private var process: pid_t = 0
  /// Where the session keeps its state; removed at the end.
  private let folder: TemporaryFolder

  /// Starts `program` with arguments in an environment where nothing of this machine's is found.
  init?(
    _ program: String = PseudoTerminal.program, _ arguments: [String] = [], columns: Int = 80,
    rows: Int = 24, environment: [String: String] = [:]
  ) {
    guard let folder = try? TemporaryFolder() else { return nil }
    self.folder = folder
    screen = Screen(columns: columns, rows: rows)
    guard start(program, arguments, environment) else { return nil }
  }

  private init(in folder: TemporaryFolder, columns: Int, rows: Int) {
    self.folder = folder
    screen = Screen(columns: columns, rows: rows)
  }

  /// The file of the history.
  var historyPath: String { folder.path + "/state/svmrepl/history.jsonl" }

  /// The program once more, with the state that this session leaves.
  func anotherSession(_ arguments: [String] = []) -> PseudoTerminal? {
    let next = PseudoTerminal(in: folder, columns: screen.columns, rows: screen.rows)
    return next.start(Self.program, arguments, [:]) ? next : nil
  }

  /// Ends the program at once, as a crash or the system does.
  func crash() { kill(process, SIGKILL) }

  private func start(
    _ program: String, _ arguments: [String], _ environment: [String: String]
  ) -> Bool {
    // What posix_openpt, unlockpt and ptsname do, which need a feature macro.
    descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var isLocked: Int32 = 0
    var number: UInt32 = 0
    let setLock: UInt = 0x4004_5431
    let getNumber: UInt = 0x8004_5430
    guard descriptor >= 0, ioctl(descriptor, setLock, &isLocked) == 0,
      ioctl(descriptor, getNumber, &number) == 0
    else { return false }
    name = "/dev/pts/\(number)"
    resize(columns: screen.columns, rows: screen.rows)

    var variables = [
      "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": folder.path,
      "XDG_STATE_HOME": folder.path + "/state", "XDG_CONFIG_HOME": folder.path + "/config",
    ]
    variables.merge(environment) { $1 }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // In a session of its own, the first terminal opened is the one that Ctrl-C comes from.
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    let newSession: Int16 = 0x80  // POSIX_SPAWN_SETSID, which needs a feature macro
    let plainSignals = Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)
    posix_spawnattr_setflags(&attributes, newSession | plainSignals)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)

    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let settings = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { (words + settings).forEach { free($0) } }
    return posix_spawn(&process, program, &actions, &attributes, words, settings) == 0
  }

  deinit {
    if process > 0, status == nil {
      kill(process, SIGKILL)
      var ignored: Int32 = 0
      waitpid(process, &ignored, 0)
    }
    if descriptor >= 0 { close(descriptor) }
  }

  /// The program that is tested: `SVMREPL_BINARY`, else the one that this build made.
  static var program: String {
    Terminal.environmentVariable("SVMREPL_BINARY") ?? packageFolder + "/.build/debug/svmrepl"
  }

  /// The folder of the package.
  static var packageFolder: String {
    var path = #filePath
    for _ in 0..<3 { path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) }
    return path
  }

  /// Gives the terminal another size, and tells the program.
  func resize(columns: Int, rows: Int) {
    if (columns, rows) != (screen.columns, screen.rows) {
      screen.resize(columns: columns, rows: rows)
    }
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  /// Sends keys.
  func type(_ keys: String) { FileOutput.write(keys, to: descriptor) }

  /// Reads what comes for some seconds.
  func read(for seconds: Double) {
    let end = Self.now + seconds
    while Self.now < end, read(within: 1) {}
  }

  /// Reads what comes until the screen is as wished. False where it is not so in good time: long,
  /// for a machine that does much else.
  @discardableResult
  func wait(seconds: Double = 20, until isReached: (Screen) -> Bool) -> Bool {
    let deadline = Self.now + seconds
    while !isReached(screen) {
      guard Self.now < deadline, read(within: 20) else { return isReached(screen) }
    }
    return true
  }

  /// Waits until the screen shows `text` somewhere.
  @discardableResult
  func wait(for text: String) -> Bool { wait { $0.text.contains(text) } }

  /// Waits until the last row with text is `line`.
  @discardableResult
  func wait(forLastLine line: String) -> Bool {
    wait { ($0.text.split(separator: "\n").last ?? "") == line }
  }

  /// Waits until the program has read all keys: a Ctrl-C throws away those that still wait.
  @discardableResult
  func waitUntilKeysAreRead() -> Bool {
    let programSide = open(name, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    defer { close(programSide) }
    let deadline = Self.now + 20
    var count: Int32 = 1
    repeat {
      // A moment first: keys are not there as soon as they are sent.
      guard Self.now < deadline, read(within: 5) else { return false }
    } while ioctl(programSide, UInt(FIONREAD), &count) == 0 && count > 0
    return count == 0
  }

  /// Waits for the program's end and gives its status; nil where it does not end.
  func waitForEnd(seconds: Double = 20) -> Int32? {
    let deadline = Self.now + seconds
    while status == nil, Self.now < deadline { _ = read(within: 20) }
    return status
  }

  private var endStatus: Int32?

  /// The exit status once the program has ended, 128 and the signal where one ended it.
  private var status: Int32? {
    if let endStatus { return endStatus }
    var word: Int32 = 0
    guard waitpid(process, &word, WNOHANG) == process else { return nil }
    endStatus = word & 0x7F == 0 ? (word >> 8) & 0xFF : 128 + word & 0x7F
    return endStatus
  }

  /// Gives the screen what comes within some milliseconds; false at the end.
  private func read(within milliseconds: Int32) -> Bool {
    var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, milliseconds) > 0 else { return true }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return false }
    screen.receive(bytes[..<count])
    return true
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Keys that are more than a character.
enum Key {
  static let enter = "\r"
  static let altEnter = "\u{1B}\r"
  static let tab = "\t"
  static let backspace = "\u{7F}"
  static let up = "\u{1B}[A"
  static let down = "\u{1B}[B"
  static let right = "\u{1B}[C"
  static let left = "\u{1B}[D"
  static let home = "\u{1B}[H"
  static let end = "\u{1B}[F"
  static let delete = "\u{1B}[3~"

  /// Ctrl and a letter.
  static func control(_ letter: Character) -> String {
    String(Unicode.Scalar((letter.asciiValue ?? 0x40) & 0x1F))
  }
}
