import Glibc
import Synchronization

/// Work on all cores.
///
/// A block is a range of rows, columns or numbers that one thread takes at a time. A panel is a
/// range of rows inside of a block that stays in the cache while all is done that they are for.
///
/// How work is cut into blocks is the caller's matter, and must not depend on `threads`: then the
/// results have the same bits for any number of them.
public enum Parallel {
  /// 0 until somebody asks or chooses.
  private static let chosen = Atomic<Int>(0)

  /// How many threads work at once; at first one for each core that the process may use.
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

  /// Cores that the process may use: those it is bound to, and no more than its control group's
  /// share of time makes up.
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

  /// Runs `body` for each of 0..<n, on several threads at once; returns when all are done.
  ///
  /// Numbers are begun in ascending order. After an error no further ones are begun; of several
  /// errors, that of the least number is thrown. Called from inside of another `forEach`, it runs
  /// on the one thread.
  package static func forEach<Failure: Error>(
    _ n: Int, _ body: @Sendable (Int) throws(Failure) -> Void
  ) throws(Failure) {
    try run(n) { (i, _) throws(Failure) in try body(i) }
  }

  /// Runs `body` on ranges that together make up 0..<count, each worth the trouble of a thread; of
  /// several errors, that of the first range is thrown.
  ///
  /// - Parameter costEach: about how many operations a number takes.
  package static func forEachBlock<Failure: Error>(
    of count: Int, costEach: Int, _ body: @Sendable (Range<Int>) throws(Failure) -> Void
  ) throws(Failure) {
    let size = max(1, 16384 / max(1, costEach))
    try run((count + size - 1) / size) { (b, _) throws(Failure) in
      try body(b * size..<min(count, (b + 1) * size))
    }
  }

  /// Sums over 0..<count, up to eight side by side: of blocks that are added in their order.
  ///
  /// - Parameter blocks: how many; nil for as many as are worth a thread where a number costs
  ///   little.
  package static func sums(
    over count: Int, blocks: Int? = nil, _ body: @Sendable (Range<Int>) -> SIMD8<Double>
  ) -> SIMD8<Double> {
    let blocks = blocks ?? (count + 8191) / 8192
    let sums = TypedScratch<SIMD8<Double>>(blocks)
    forEach(blocks) { b in
      sums.pointer[b] = body(count * b / blocks..<count * (b + 1) / blocks)
    }
    return (0..<blocks).reduce(.zero) { $0 + sums.pointer[$1] }
  }

  /// As `forEach`; `body` is told which worker runs it as well, a number below `threads` that no
  /// two bodies have at the same time.
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
