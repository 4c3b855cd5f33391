import Text
import Glibc

/// Looks before anything large is allocated: an allocation that can't be met ends the process.
public enum MemoryLimit {
  /// Throws `MemoryRefused` where rows × columns entries don't fit in what is free.
  public static func require(rows: Int, columns: Int, bytesPerEntry: Int) throws {
    try require(bytes: Double(rows) * Double(columns) * Double(bytesPerEntry))
  }

  /// Throws `MemoryRefused` where `bytes` don't fit in the memory that is free.
  ///
  /// A double, so that no product of sizes overflows on the way here.
  public static func require(bytes: Double) throws {
    // Asking the system costs more than a small allocation is worth.
    if bytes <= 0x1p22 { return }
    let available = Double(availableBytes)
    if !(bytes <= available) { throw MemoryRefused(needed: bytes, available: available) }
  }

  /// What can be allocated without pushing anything out: of the machine, of the control group that
  /// the process is in, and of its address space, whichever is least.
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

/// More memory was asked for than there is.
public struct MemoryRefused: Error, Sendable, Equatable, CustomStringConvertible {
  /// Bytes that were asked for.
  public let needed: Double
  /// Bytes that are free.
  public let available: Double

  /// Both numbers, in bytes.
  public init(needed: Double, available: Double) {
    self.needed = needed
    self.available = available
  }

  /// One sentence with both numbers.
  public var description: String {
    "this needs \(Quantity.bytes(needed)) of memory, and \(Quantity.bytes(available)) are free"
  }
}
