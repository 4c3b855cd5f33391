/// What was removed to the end of a line or by word, for putting it back.
struct KillRing {
  private static let capacity = 60
  private var kills: [[Unicode.Scalar]] = []
  /// How far the last put-back is from the newest.
  private var age = 0

  /// Keeps what was removed.
  ///
  /// - Parameters:
  ///   - addsUp: whether the kill before was the last thing that was done: both are then one.
  ///   - isBefore: whether it stood before the cursor.
  mutating func keep(_ removed: [Unicode.Scalar], addsUp: Bool, isBefore: Bool) {
    age = 0
    guard !removed.isEmpty else { return }
    if addsUp, let last = kills.popLast() {
      kills.append(isBefore ? removed + last : last + removed)
    } else {
      kills.append(removed)
      kills.removeFirst(max(0, kills.count - Self.capacity))
    }
  }

  /// The newest kill.
  mutating func newest() -> [Unicode.Scalar]? {
    age = 0
    return kills.last
  }

  /// The kill before the one that was last put back, and after the oldest the newest again.
  mutating func older() -> [Unicode.Scalar]? {
    guard !kills.isEmpty else { return nil }
    age = (age + 1) % kills.count
    return kills[kills.count - 1 - age]
  }
}
