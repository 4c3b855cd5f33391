import Text
import Glibc
import Synchronization

/// Checks free memory before a large allocation, since one that fails ends the process. Requests of
/// up to 4 MB always pass.
public enum MemoryLimit {
  /// The part of the free memory that one array may take.
  private static let share = Atomic(1.0)

  /// Runs `body`, in which one array may take a part of the free memory only, 0…1. Only one thread
  /// at a time may do so.
  public static func limited<R>(to part: Double, _ body: () throws -> R) rethrows -> R {
    share.store(part, ordering: .relaxed)
    defer { share.store(1, ordering: .relaxed) }
    return try body()
  }

  /// Checks that rows × columns entries fit in the free memory.
  ///
  /// - Throws: `MemoryRefused` where they don't.
  public static func require(rows: Int, columns: Int, bytesPerEntry: Int) throws {
    try require(bytes: Double(rows) * Double(columns) * Double(bytesPerEntry))
  }

  /// Checks that `bytes` fit in the free memory. The size is a double, so that no product of sizes
  /// overflows on the way here.
  ///
  /// - Throws: `MemoryRefused` where they don't.
  public static func require(bytes: Double) throws {
    // Asking the system costs more than a small allocation is worth.
    if bytes <= 0x1p22 { return }
    if try DiskMemory.takes(bytes: bytes) { return }
    let available = Double(availableBytes) * share.load(ordering: .relaxed)
    if !(bytes <= available) { throw MemoryRefused(needed: bytes, available: available) }
  }

  /// Bytes that can be allocated without swapping: the least of what the machine, the control group
  /// of the process and its address space leave.
  public static var availableBytes: UInt64 {
    var least = UInt64(Int64.max)
    if let kilobytes = SystemFile.field(
      "MemAvailable:", in: SystemFile.contents("/proc/meminfo"))
    {
      least = min(least, kilobytes &* 1024)
    }
    let groups = [
      ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
      (
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/memory.usage_in_bytes"
      ),
    ]
    for (limitFile, usageFile) in groups {
      if let limit = SystemFile.firstNumber(SystemFile.contents(limitFile)),
        let usage = SystemFile.firstNumber(SystemFile.contents(usageFile))
      {
        least = min(least, limit > usage ? limit - usage : 0)
      }
    }
    var space = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &space) == 0,
      space.rlim_cur < UInt(Int.max),
      let pages = SystemFile.firstNumber(SystemFile.contents("/proc/self/statm"))
    {
      let used = pages &* UInt64(sysconf(Int32(_SC_PAGESIZE)))
      least = min(least, UInt64(space.rlim_cur) > used ? UInt64(space.rlim_cur) - used : 0)
    }
    return least
  }
}

/// A request for more memory than is free.
public struct MemoryRefused: Error, Sendable, Equatable, CustomStringConvertible {
  /// Bytes requested.
  public let needed: Double
  /// Bytes that are free.
  public let available: Double
  /// Where they would be: `of memory`.
  public let place: String

  /// Both numbers, in bytes.
  public init(needed: Double, available: Double, place: String = "of memory") {
    self.needed = needed
    self.available = available
    self.place = place
  }

  /// One sentence with both numbers.
  public var description: String {
    "this needs \(Quantity.bytes(needed)) \(place), and \(Quantity.bytes(available)) are free"
  }
}
