import Glibc

/// Reads entries line by line without editing, for terminals that can't move the cursor.
public final class ScriptSource: LineSource {
  private let isIncomplete: (String) -> Bool
  private let input: Int32
  private let output: Int32
  private var buffered: [UInt8] = []
  private var isAtEnd = false

  /// By default, reads from the standard input and shows prompts on the standard output.
  public init(isIncomplete: @escaping (String) -> Bool, input: Int32 = 0, output: Int32 = 1) {
    self.isIncomplete = isIncomplete
    self.input = input
    self.output = output
  }

  public func next(prompt: Prompt) -> LineInput {
    var entry = ""
    var mark = prompt.plain
    while true {
      FileOutput.write(mark, to: output)
      switch nextLine() {
      case .interrupted:
        FileOutput.write("\n", to: output)
        return .interrupted(onEmptyLine: entry.isEmpty)
      case .end: return entry.isEmpty ? .end : .entry(entry)
      case .line(let line):
        entry += line
        guard isIncomplete(entry) else { return .entry(entry) }
        entry += "\n"
        mark = prompt.continuation
      }
    }
  }

  private enum Line { case line(String), interrupted, end }

  private func nextLine() -> Line {
    while true {
      if let newline = buffered.firstIndex(of: 0x0A) {
        let line = String(decoding: buffered[..<newline], as: UTF8.self)
        buffered.removeSubrange(...newline)
        return .line(line)
      }
      if isAtEnd {
        guard !buffered.isEmpty else { return .end }
        defer { buffered = [] }
        return .line(String(decoding: buffered, as: UTF8.self))
      }
      var descriptors = [
        pollfd(fd: input, events: Int16(POLLIN), revents: 0),
        pollfd(fd: SignalPipe.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      poll(&descriptors, 2, -1)
      if let signal = SignalPipe.take() {
        if signal == SIGINT { return .interrupted }
        continue
      }
      guard descriptors[0].revents != 0 else { continue }
      var chunk = [UInt8](repeating: 0, count: 4096)
      let count = read(input, &chunk, chunk.count)
      if count > 0 {
        buffered += chunk[..<count]
      } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
        isAtEnd = true
      }
    }
  }
}
