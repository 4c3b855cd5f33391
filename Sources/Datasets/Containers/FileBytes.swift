import Glibc
import LinearAlgebra

/// The bytes of a file in memory, and zero bytes after them. Written only while nobody else reads.
final class FileBytes: @unchecked Sendable {
  /// How many zero bytes follow: sixteen can be read at once from anywhere up to the end.
  static let padding = 16

  /// The first byte. It does not keep the memory: who uses it holds on to this object.
  private(set) var pointer: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  /// How many bytes there is room for.
  private(set) var capacity: Int

  /// No bytes, with room for `capacity`.
  ///
  /// - Throws: `MemoryRefused`.
  init(capacity: Int) throws {
    self.capacity = max(capacity, 0)
    try MemoryLimit.require(bytes: Double(self.capacity))
    guard let memory = malloc(self.capacity + Self.padding) else {
      throw MemoryRefused(needed: Double(capacity), available: 0)
    }
    HugePages.advise(memory, bytes: self.capacity)
    pointer = memory.assumingMemoryBound(to: UInt8.self)
    pad()
  }

  /// A copy of some bytes.
  convenience init(_ bytes: [UInt8]) throws {
    try self.init(capacity: bytes.count)
    bytes.withUnsafeBytes { source in
      if let base = source.baseAddress { memcpy(pointer, base, source.count) }
    }
    hold(bytes.count)
  }

  deinit { free(pointer) }

  private func pad() { memset(pointer + count, 0, Self.padding) }

  /// Takes what others have written to the first bytes of the room, which must be that large.
  func hold(_ count: Int) {
    precondition(count >= 0 && count <= capacity)
    self.count = count
    pad()
  }

  /// Lets `read` write after what is there, until it writes nothing. Room doubles as needed.
  func fill(_ read: (UnsafeMutableRawBufferPointer) throws -> Int) throws {
    while true {
      if count == capacity {
        // Whether anything is left is known without more room for it.
        var probe: UInt8 = 0
        let more = try withUnsafeMutableBytes(of: &probe) { try read($0) }
        if more == 0 { break }
        try grow(to: max(1 << 16, capacity * 2))
        pointer[count] = probe
        count += 1
      }
      let room = UnsafeMutableRawBufferPointer(
        start: pointer + count, count: min(capacity - count, 1 << 23))
      let more = try read(room)
      if more == 0 { break }
      count += more
    }
    pad()
  }

  private func grow(to size: Int) throws {
    try MemoryLimit.require(bytes: Double(size))
    guard let memory = realloc(pointer, size + Self.padding) else {
      throw MemoryRefused(needed: Double(size), available: 0)
    }
    pointer = memory.assumingMemoryBound(to: UInt8.self)
    capacity = size
  }

  /// All bytes, which are there as long as `body` runs.
  func withBytes<R, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> R
  ) throws(Failure) -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeBufferPointer(start: pointer, count: count))
  }
}
