/// Memory of one computation, handed out as arrays that each begin a cache line.
final class Scratch: @unchecked Sendable {
  private let base: UnsafeMutableRawPointer
  private let size: Int
  private var used = 0

  /// Uninitialized memory; `bytes(for:of:)` gives the size of an array in it.
  init(bytes: Int) {
    size = max(64, bytes)
    base = HugePages.allocate(bytes: size)
  }

  deinit { base.deallocate() }

  /// The bytes that an array of `count` elements takes: whole cache lines.
  static func bytes<T>(for count: Int, of type: T.Type) -> Int {
    (count * MemoryLayout<T>.stride + 63) / 64 * 64
  }

  /// The next array, uninitialized. It is valid as long as this object.
  func take<T: BitwiseCopyable>(_ count: Int, of type: T.Type) -> UnsafeMutablePointer<T> {
    let bytes = Self.bytes(for: count, of: type)
    precondition(used + bytes <= size)
    defer { used += bytes }
    return (base + used).bindMemory(to: type, capacity: count)
  }
}
