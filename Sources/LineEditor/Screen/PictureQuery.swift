import Glibc
import Synchronization
import Text

/// Asks a terminal whether it shows pictures, and how large its characters are.
///
/// The questions end with one that every terminal answers (DA1), so that silence needs no waiting.
/// Keys that are typed meanwhile are kept for the editor.
public enum PictureQuery {
  /// A picture of one pixel that is not shown (kitty), the name of the terminal (XTVERSION), the
  /// pixels of a character and of the screen, and the terminal's class (DA1).
  static let questions =
    "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\\u{1B}[>q\u{1B}[16t\u{1B}[14t\u{1B}[c"
  /// Milliseconds after which a terminal is taken to be silent.
  private static let patience: Int32 = 300

  /// Why the terminal of these variables isn't asked; nil where it is.
  static func obstacle(_ environment: (String) -> String?) -> String? {
    let kind = environment("TERM") ?? ""
    func isSet(_ name: String) -> Bool { !(environment(name) ?? "").isEmpty }
    if isSet("TMUX") || isSet("STY") || kind.hasPrefix("screen") || kind.hasPrefix("tmux") {
      return "tmux and screen keep pictures to themselves"
    }
    return ["", "dumb", "linux"].contains(kind) ? "the terminal has characters only" : nil
  }

  /// The screen of the standard streams, which must be a terminal that does not echo.
  public static func screen() -> PictureScreen {
    PictureScreen {
      if let obstacle = obstacle(Terminal.environmentVariable) { return .cannot(obstacle) }
      return ask(input: 0, output: 1, Terminal.environmentVariable).map { .shows($0) }
        ?? .cannot("it did not answer that it can")
    }
  }

  /// Asks the terminal behind two descriptors.
  static func ask(
    input: Int32, output: Int32, _ environment: (String) -> String?
  ) -> PictureScreen.Properties? {
    guard FileOutput.write(questions, to: output) else { return nil }
    var reply = PictureReply()
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let start = now
    while !reply.isComplete {
      clock_gettime(CLOCK_MONOTONIC, &now)
      let passed =
        (now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1_000_000
      let left = patience - Int32(min(passed, Int(patience)))
      var descriptor = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      guard left > 0, poll(&descriptor, 1, left) == 1 else { break }
      var bytes = [UInt8](repeating: 0, count: 1024)
      let count = read(input, &bytes, bytes.count)
      guard count > 0 else { break }
      reply.add(bytes.prefix(count))
    }
    TypedAhead.add(reply.keys)
    var size = winsize()
    _ = ioctl(output, UInt(TIOCGWINSZ), &size)
    return reply.properties(size, environment)
  }
}

/// Bytes that were typed while something else than the editor read from the terminal.
enum TypedAhead {
  private static let bytes = Mutex<[UInt8]>([])

  static func add(_ more: [UInt8]) { bytes.withLock { $0 += more } }

  static var isEmpty: Bool { bytes.withLock { $0.isEmpty } }

  /// The next byte.
  static func take() -> UInt8? { bytes.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
