/// Memory for the length of one computation, in arrays that each begin a cache line.
final class Scratch: @unchecked Sendable {
  private let base: UnsafeMutableRawPointer
  private let size: Int
  private var used = 0

  /// Room for `bytes` bytes; `bytes(for:of:)` says how many an array takes.
  init(bytes: Int) {
    size = max(64, bytes)
    base = HugePages.allocate(bytes: size)
  }

  deinit { base.deallocate() }

  /// What an array of `count` elements takes.
  static func bytes<T>(for count: Int, of type: T.Type) -> Int {
    (count * MemoryLayout<T>.stride + 63) / 64 * 64
  }

  /// The next array; its elements are whatever was there. Valid as long as this.
  func take<T: BitwiseCopyable>(_ count: Int, of type: T.Type) -> UnsafeMutablePointer<T> {
    let bytes = Self.bytes(for: count, of: type)
    precondition(used + bytes <= size)
    defer { used += bytes }
    return (base + used).bindMemory(to: type, capacity: count)
  }
}
