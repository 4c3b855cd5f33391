import Glibc
import LinearAlgebra
import Synchronization

/// The bytes of a file in memory, followed by zero bytes. They are only written while nothing reads
/// them.
final class FileBytes: @unchecked Sendable {
  /// The number of zero bytes that follow, so that 16 bytes can be read at once from any position
  /// up to the end.
  static let padding = 16

  /// The first byte. The pointer does not keep the memory alive: callers must hold on to this
  /// object.
  private(set) var pointer: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  /// The number of bytes that fit.
  private(set) var capacity: Int
  private let isTaken = Atomic<Bool>(false)

  /// No bytes, with room for `capacity`.
  ///
  /// - Throws: `MemoryRefused`.
  init(capacity: Int) throws {
    self.capacity = max(capacity, 0)
    try MemoryLimit.require(bytes: Double(self.capacity))
    let memory = try Self.allocate(self.capacity + Self.padding)
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

  deinit { Self.release(pointer) }

  /// Takes the memory itself for a value; false where it was taken before, since values share
  /// nothing.
  func take() -> Bool { !isTaken.exchange(true, ordering: .relaxed) }

  private static func allocate(_ bytes: Int) throws -> UnsafeMutableRawPointer {
    if let memory = DiskMemory.allocate(bytes: bytes) { return memory }
    guard let memory = malloc(bytes) else {
      throw MemoryRefused(needed: Double(bytes), available: 0)
    }
    HugePages.advise(memory, bytes: bytes)
    return memory
  }

  private static func release(_ memory: UnsafeMutableRawPointer) {
    if !DiskMemory.release(memory) { free(memory) }
  }

  private func pad() { memset(pointer + count, 0, Self.padding) }

  /// Sets the count, after the first bytes were written through `pointer`; at most `capacity`.
  func hold(_ count: Int) {
    precondition(count >= 0 && count <= capacity)
    self.count = count
    pad()
  }

  /// Lets `read` append bytes until it writes none. The capacity doubles as needed.
  ///
  /// - Throws: `MemoryRefused`; what `read` throws.
  func fill(_ read: (UnsafeMutableRawBufferPointer) throws -> Int) throws {
    while true {
      if count == capacity {
        // A probe of one byte shows whether more room is needed.
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
    let memory: UnsafeMutableRawPointer
    if let larger = DiskMemory.allocate(bytes: size + Self.padding) {
      memory = larger
      memcpy(memory, pointer, count)
      Self.release(pointer)
    } else if !DiskMemory.holds(pointer), let larger = realloc(pointer, size + Self.padding) {
      memory = larger
    } else {
      throw MemoryRefused(needed: Double(size), available: 0)
    }
    pointer = memory.assumingMemoryBound(to: UInt8.self)
    capacity = size
  }

  /// All bytes, valid until `body` returns.
  func withBytes<R, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> R
  ) throws(Failure) -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeBufferPointer(start: pointer, count: count))
  }
}
