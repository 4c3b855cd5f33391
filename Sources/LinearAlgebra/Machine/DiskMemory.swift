import Glibc
import Synchronization

/// Memory for large arrays in files that the system pages in and out, so that data may be larger
/// than the machine's memory. Whatever reads an array does not see a difference.
///
/// They are nameless files, of which nothing is left when the process ends.
public enum DiskMemory {
  /// Arrays from this size on are kept on disk while `whileOn` runs.
  private static let least = 1 << 22

  private static let isOn = Atomic(false)
  /// The size of each region by its address.
  private static let regions = Mutex<[UInt: Int]>([:])
  private static let regionCount = Atomic(0)

  /// Runs `body`, and keeps on disk what it allocates for entries and files. Only one thread at a
  /// time may do so.
  public static func whileOn<R>(_ body: () throws -> R) rethrows -> R {
    isOn.store(true, ordering: .relaxed)
    defer { isOn.store(false, ordering: .relaxed) }
    return try body()
  }

  /// Whether an address is the first of an array on disk.
  package static func holds(_ start: UnsafeRawPointer) -> Bool {
    regionCount.load(ordering: .relaxed) > 0
      && regions.withLock { $0[UInt(bitPattern: start)] != nil }
  }

  /// Whether an array of this size would be on disk.
  ///
  /// - Throws: `MemoryRefused` where it would, and there is no room.
  static func takes(bytes: Double) throws -> Bool {
    guard isOn.load(ordering: .relaxed) else { return false }
    // What is allocated already is no longer free.
    guard let available = NamelessFile.freeBytes else { return false }
    if !(bytes <= available) {
      throw MemoryRefused(
        needed: bytes, available: available, place: "on disk in \(NamelessFile.folder)")
    }
    return true
  }

  /// Zeros on disk; nil where the array belongs into memory, or the file can't be made.
  package static func allocate(bytes: Int) -> UnsafeMutableRawPointer? {
    guard bytes >= least, isOn.load(ordering: .relaxed), let descriptor = NamelessFile.open() else {
      return nil
    }
    defer { close(descriptor) }
    // Room that is not there would be an error at the first write, which no one could catch.
    guard posix_fallocate(descriptor, 0, bytes) == 0 else { return nil }
    let start = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    guard let start, start != MAP_FAILED else { return nil }
    regions.withLock { $0[UInt(bitPattern: start)] = bytes }
    regionCount.add(1, ordering: .relaxed)
    return start
  }

  /// Asks the system to read the pages of some bytes, and does not wait for it.
  static func willNeed(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    let page = UInt(sysconf(Int32(_SC_PAGESIZE)))
    let start = UInt(bitPattern: base) / page * page
    let end = UInt(bitPattern: base) + UInt(bytes.count)
    _ = madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), MADV_WILLNEED)
  }

  /// Gives an array on disk back; false where there is none at this address.
  package static func release(_ start: UnsafeMutableRawPointer) -> Bool {
    guard regionCount.load(ordering: .relaxed) > 0,
      let bytes = regions.withLock({ $0.removeValue(forKey: UInt(bitPattern: start)) })
    else { return false }
    regionCount.subtract(1, ordering: .relaxed)
    munmap(start, bytes)
    return true
  }
}

/// Memory for entries, on disk while `DiskMemory` is on.
package enum EntryMemory {
  /// Uninitialized memory of `bytes` bytes, at least one, aligned to a cache line.
  package static func allocate(bytes: Int) -> UnsafeMutableRawPointer {
    DiskMemory.allocate(bytes: bytes) ?? HugePages.allocate(bytes: bytes)
  }

  /// Gives it back.
  package static func release(_ start: UnsafeMutableRawPointer) {
    if !DiskMemory.release(start) { start.deallocate() }
  }
}
