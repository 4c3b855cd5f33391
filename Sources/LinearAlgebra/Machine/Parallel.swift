import Glibc
import Synchronization

/// Work on all cores.
///
/// A block is a range of rows, columns or numbers that one thread takes at a time. A panel is a
/// range of rows inside of a block that stays in the cache while all is done that they are for.
///
/// The caller cuts work into blocks, and the cut must not depend on `threads`: only then do results
/// have the same bits for any number of threads.
public enum Parallel {
  /// 0 until `threads` is first read or set.
  private static let chosen = Atomic<Int>(0)

  /// The number of threads that work at once, 1 to 1024. At first, one for each core that the
  /// process may use.
  public static var threads: Int {
    get {
      let value = chosen.load(ordering: .relaxed)
      if value > 0 { return value }
      let cores = availableCores
      chosen.store(cores, ordering: .relaxed)
      return cores
    }
    set { chosen.store(min(max(1, newValue), 1024), ordering: .relaxed) }
  }

  /// Cores that the process may use: those in its affinity mask, but no more than the CPU quota of
  /// its control group.
  package static var availableCores: Int {
    var cores = allowedCores(SystemFile.contents("/proc/self/status"))
    if cores == 0 { cores = sysconf(Int32(_SC_NPROCESSORS_ONLN)) }
    let quota = SystemFile.contents("/sys/fs/cgroup/cpu.max")
    if let time = SystemFile.firstNumber(quota),
      let space = quota.firstIndex(of: UInt8(ascii: " ")),
      let period = SystemFile.firstNumber(Array(quota[space...])), period > 0
    {
      cores = min(cores, Int(min((time + period - 1) / period, 1024)))
    }
    return max(1, cores)
  }

  /// Bits in the hexadecimal mask "Cpus_allowed:" of a process's status; 0 where there is none.
  static func allowedCores(_ status: [UInt8]) -> Int {
    let name = Array("Cpus_allowed:".utf8)
    for line in status.split(separator: UInt8(ascii: "\n")) where line.starts(with: name) {
      return line.dropFirst(name.count).reduce(0) {
        $0 + (Character(UnicodeScalar($1)).hexDigitValue ?? 0).nonzeroBitCount
      }
    }
    return 0
  }

  /// Runs `body` for each index in 0..<n, on several threads at once; returns when all are done.
  ///
  /// Indices start in ascending order. After an error no further ones start; of several errors,
  /// that of the least index is thrown. A call from inside of another `forEach` runs on the calling
  /// thread alone.
  package static func forEach<Failure: Error>(
    _ n: Int, _ body: @Sendable (Int) throws(Failure) -> Void
  ) throws(Failure) {
    try run(n) { (i, _) throws(Failure) in try body(i) }
  }

  /// Runs `body` on consecutive ranges that cover 0..<count, of about 16 000 operations each. Of
  /// several errors, that of the first range is thrown.
  ///
  /// - Parameter costEach: approximate operations per index.
  package static func forEachBlock<Failure: Error>(
    of count: Int, costEach: Int, _ body: @Sendable (Range<Int>) throws(Failure) -> Void
  ) throws(Failure) {
    let size = max(1, 16384 / max(1, costEach))
    try run((count + size - 1) / size) { (b, _) throws(Failure) in
      try body(b * size..<min(count, (b + 1) * size))
    }
  }

  /// Up to eight sums over 0..<count at once. Each block has partial sums, which are added in the
  /// order of the blocks.
  ///
  /// - Parameter blocks: the number of blocks; nil for one per 8192 indices, which suits a few
  ///   operations per index.
  package static func sums<Failure: Error>(
    over count: Int, blocks: Int? = nil,
    _ body: @Sendable (Range<Int>) throws(Failure) -> SIMD8<Double>
  ) throws(Failure) -> SIMD8<Double> {
    let blocks = blocks ?? (count + 8191) / 8192
    let sums = TypedScratch<SIMD8<Double>>(blocks)
    try forEach(blocks) { (b) throws(Failure) in
      sums.pointer[b] = try body(count * b / blocks..<count * (b + 1) / blocks)
    }
    return (0..<blocks).reduce(.zero) { $0 + sums.pointer[$1] }
  }

  /// As `forEach`. `body` also gets the number of its worker, below `threads`, which no two calls
  /// have at the same time.
  static func run<Failure: Error>(
    _ n: Int, _ body: @Sendable (_ i: Int, _ worker: Int) throws(Failure) -> Void
  ) throws(Failure) {
    let helpers = min(threads, n) - 1
    if helpers > 0, let result = ThreadPool.shared.run(n, helpers: helpers, body) {
      if let error = result.error as? Failure { throw error }
      return
    }
    for i in 0..<max(0, n) { try body(i, 0) }
  }
}
