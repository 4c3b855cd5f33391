import Glibc

/// The part of the stack that parsing may use. Deeply nested text is then refused, and does not
/// overflow the stack.
struct StackLimit: Sendable {
  /// The lowest address that may be used.
  private let lowest: UInt

  /// Allows three quarters of a thread's default stack (at most 8 MB), counted from here.
  init() {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit)
    // Without a limit, threads get 2 MB.
    let size = limit.rlim_cur == rlim_t.max ? 2 << 20 : min(UInt(limit.rlim_cur), 8 << 20)
    let here = Self.address
    let budget = size / 4 * 3
    lowest = here > budget ? here - budget : 0
  }

  /// True until the stack has grown past the allowed part.
  var hasRoom: Bool { Self.address > lowest }

  /// About where the stack pointer is.
  private static var address: UInt {
    var here: UInt8 = 0
    return withUnsafeMutablePointer(to: &here) { UInt(bitPattern: $0) }
  }
}
