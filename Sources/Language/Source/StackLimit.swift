import Glibc

/// Knows how much of the stack a reading may use, so that a text nested deeply is refused instead
/// of ending the process.
struct StackLimit: Sendable {
  /// The lowest address that may be used.
  private let lowest: UInt

  /// Takes three quarters of the stack that a thread has unless it was given another, from here on.
  init() {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit)
    // Without a limit, threads get 2 MB.
    let size = limit.rlim_cur == rlim_t.max ? 2 << 20 : min(UInt(limit.rlim_cur), 8 << 20)
    let here = Self.address
    let budget = size / 4 * 3
    lowest = here > budget ? here - budget : 0
  }

  /// True while enough is left.
  var hasRoom: Bool { Self.address > lowest }

  /// Where the stack is now, more or less.
  private static var address: UInt {
    var here: UInt8 = 0
    return withUnsafeMutablePointer(to: &here) { UInt(bitPattern: $0) }
  }
}
