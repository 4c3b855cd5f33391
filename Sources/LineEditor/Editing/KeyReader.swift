import Glibc

/// Reads characters, keys and pasted text from the terminal, and waits for signals at the same
/// time.
final class KeyReader {
  enum Event: Equatable {
    case character(Unicode.Scalar)
    case action(EditorAction)
    case paste(String)
    case signal(Int32)
    case end
  }

  private let input: Int32
  /// Characters already read: the rest of a sequence that is no key.
  private var waiting: [Unicode.Scalar] = []
  private var pushedBack: UInt8?
  /// Called once before it waits.
  private var beforeWaiting: (() -> Void)?
  /// Signals that came in the middle of a sequence.
  private var signals: [Int32] = []
  /// Whether Escape is a key of its own (vi), so that Escape and a letter are two keys.
  var hasEscapeKey = false

  /// Milliseconds to wait for the rest of a sequence.
  private static let patience: Int32 = 50

  /// A reader of a terminal or another descriptor.
  init(input: Int32 = 0) { self.input = Self.withoutWaiting(input) ?? input }

  /// A second, non-blocking descriptor of the terminal. Ctrl-C discards typed input, even between
  /// `poll` and `read`, and a blocking read would then hang. The given descriptor, which other
  /// processes share, stays blocking.
  private static func withoutWaiting(_ input: Int32) -> Int32? {
    guard isatty(input) == 1, let name = ttyname(input) else { return nil }
    let again = open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    return again >= 0 ? again : nil
  }

  /// Whether input is available without waiting.
  var hasInput: Bool {
    var descriptor = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    return !waiting.isEmpty || pushedBack != nil || !TypedAhead.isEmpty
      || poll(&descriptor, 1, 0) == 1
  }

  /// The next event; `beforeWaiting` is called when there is none yet, also where it has only
  /// begun.
  func next(beforeWaiting: () -> Void) -> Event {
    if !waiting.isEmpty { return .character(waiting.removeFirst()) }
    return withoutActuallyEscaping(beforeWaiting) { beforeWaiting in
      self.beforeWaiting = beforeWaiting
      defer { self.beforeWaiting = nil }
      return next()
    }
  }

  private func next() -> Event {
    while true {
      if !signals.isEmpty { return .signal(signals.removeFirst()) }
      if let signal = SignalPipe.take() { return .signal(signal) }
      guard hasByte || wait(milliseconds: -1) == .input else { continue }
      switch read() {
      case .byte(let byte):
        if let event = event(startingWith: byte) { return event }
      case .nothing: break
      case .end: return .end
      }
    }
  }

  /// The event that begins with a byte; nil for bytes without meaning.
  private func event(startingWith byte: UInt8) -> Event? {
    if byte == 0x1B { return escape() }
    guard let scalar = scalar(startingWith: byte) else { return nil }
    // The control characters U+0080…U+009F are the editor's own keys, and are never typed.
    return (0x80..<0xA0).contains(scalar.value) ? nil : .character(scalar)
  }

  private func escape() -> Event? {
    guard let byte = readByte(within: Self.patience) else { return .character("\u{1B}") }
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "O"): return controlSequence()
    case UInt8(ascii: "_") where skipsAnswer(beginningWith: "G"),
      UInt8(ascii: "P") where skipsAnswer(beginningWith: ">"):
      return nil
    case 0x1B:
      waiting.append("\u{1B}")
      return .character("\u{1B}")
    default:
      guard let scalar = scalar(startingWith: byte) else { return nil }
      if !hasEscapeKey, let action = Keymap.alternate[scalar] { return .action(action) }
      waiting.append(scalar)
      return .character("\u{1B}")
    }
  }

  /// The rest of a sequence after `ESC [` or `ESC O`: parameters and a final byte. An unknown
  /// sequence is dropped as a whole, so that no part of it ends up in the text.
  private func controlSequence() -> Event? {
    var sequence = ""
    while let byte = readByte(within: Self.patience), sequence.utf8.count < 32 {
      sequence.unicodeScalars.append(Unicode.Scalar(byte))
      if (0x40...0x7E).contains(byte) { break }
    }
    if sequence == "200~" { return .paste(pastedText()) }
    return Keymap.sequences[sequence].map { .action($0) }
  }

  /// Drops the answer of a terminal to a question about pictures that came too late, so that it
  /// does not end up in the text. False where the next byte is not its first one.
  private func skipsAnswer(beginningWith first: Unicode.Scalar) -> Bool {
    guard let byte = readByte(within: Self.patience) else { return false }
    guard byte == UInt8(ascii: first) else {
      pushedBack = byte
      return false
    }
    var last: UInt8 = 0
    while let byte = readByte(within: Self.patience) {
      if last == 0x1B, byte == UInt8(ascii: "\\") { break }
      last = byte
    }
    return true
  }

  private func pastedText() -> String {
    let end = Array("\u{1B}[201~".utf8)
    var bytes: [UInt8] = []
    while !bytes.suffix(end.count).elementsEqual(end) {
      guard let byte = readByte(within: 1000) else { break }
      bytes.append(byte)
    }
    if bytes.suffix(end.count).elementsEqual(end) { bytes.removeLast(end.count) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A scalar in UTF-8; nil where the bytes are invalid. A byte that does not belong to it is
  /// pushed back.
  private func scalar(startingWith byte: UInt8) -> Unicode.Scalar? {
    guard byte >= 0x80 else { return Unicode.Scalar(byte) }
    let length = byte >= 0xF5 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 1
    var bytes = [byte]
    while bytes.count < length, let next = readByte(within: Self.patience) {
      guard (0x80..<0xC0).contains(next) else {
        pushedBack = next
        return nil
      }
      bytes.append(next)
    }
    return String(validating: bytes, as: UTF8.self)?.unicodeScalars.first
  }

  private enum Reading {
    case byte(UInt8)
    case nothing
    case end
  }

  /// Whether a byte was read already.
  private var hasByte: Bool { pushedBack != nil || !TypedAhead.isEmpty }

  /// One byte, if one is available.
  private func read() -> Reading {
    if let byte = pushedBack {
      pushedBack = nil
      return .byte(byte)
    }
    if let byte = TypedAhead.take() { return .byte(byte) }
    var byte: UInt8 = 0
    let count = Glibc.read(input, &byte, 1)
    if count == 1 { return .byte(byte) }
    return count < 0 && (errno == EINTR || errno == EAGAIN) ? .nothing : .end
  }

  /// One byte; nil at the end of input, where none comes in time, and after a Ctrl-C: what comes
  /// then is no part of a sequence any more.
  private func readByte(within milliseconds: Int32) -> UInt8? {
    while true {
      if let signal = SignalPipe.take() { signals.append(signal) }
      if signals.contains(SIGINT) { return nil }
      if !hasByte {
        switch wait(milliseconds: milliseconds) {
        case .input: break
        case .signal: continue
        case .nothing: return nil
        }
      }
      switch read() {
      case .byte(let byte): return byte
      case .nothing: continue
      case .end: return nil
      }
    }
  }

  private enum Wait { case input, signal, nothing }

  /// Waits for input or a signal; for ever where the time is negative.
  private func wait(milliseconds: Int32) -> Wait {
    var descriptors = [
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: SignalPipe.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    var count = poll(&descriptors, 2, 0)
    if count == 0 {
      beforeWaiting?()
      beforeWaiting = nil
      count = poll(&descriptors, 2, milliseconds)
    }
    // A signal that came with the input has been answered by its handler when `poll` returns, too
    // late for it to see the pipe.
    if let signal = SignalPipe.take() {
      signals.append(signal)
      return .signal
    }
    if count < 0 { return .signal }
    return count == 0 ? .nothing : .input
  }
}
