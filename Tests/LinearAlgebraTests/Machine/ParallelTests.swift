import Synchronization
import Testing

@testable import LinearAlgebra

/// Tests that set the number of threads or the variant, one after the other: both are of the whole
/// process.
@Suite(.serialized) struct SharedSettings {}

/// Runs `body` with `count` threads.
func withThreads<R>(_ count: Int, _ body: () throws -> R) rethrows -> R {
  let before = Parallel.threads
  Parallel.threads = count
  defer { Parallel.threads = before }
  return try body()
}

extension SharedSettings {
  @Test(arguments: [1, 2, 3, 7]) func everyNumberOnce(threads: Int) {
    withThreads(threads) {
      for n in [0, 1, 2, 5, 1000] {
        let seen = Mutex([Int](repeating: 0, count: n))
        Parallel.forEach(n) { i in seen.withLock { $0[i] += 1 } }
        #expect(seen.withLock { $0 } == [Int](repeating: 1, count: n))
      }
    }
  }

  /// Whole numbers have exact sums; fractions have the same bits for any number of threads.
  @Test func sumsOfPieces() {
    for n in [0, 1, 2, 8191, 8192, 8193, 100_000] {
      var seen: [SIMD8<Double>] = []
      for threads in [1, 2, 3] {
        let sums = withThreads(threads) {
          Parallel.sums(over: n) { range in
            var sums = SIMD8<Double>.zero
            for i in range { sums += SIMD8(Double(i), 1, 1 / Double(i + 1), 0, 0, 0, 0, 2) }
            return sums
          }
        }
        #expect(
          sums[0] == Double(n * (n - 1) / 2) && sums[1] == Double(n) && sums[7] == 2 * sums[1])
        seen.append(sums)
      }
      #expect(seen.allSatisfy { $0 == seen[0] })
    }
  }

  @Test func workersAreToldApart() {
    withThreads(3) {
      let inside = Mutex(Set<Int>())
      Parallel.run(2000) { _, worker in
        let isFree = inside.withLock { $0.insert(worker).inserted }
        #expect(isFree && worker < 3)
        inside.withLock { _ = $0.remove(worker) }
      }
    }
  }

  private struct Planted: Error, Equatable { let index: Int }

  @Test(arguments: [1, 2, 4]) func errorOfTheLeastNumberIsThrown(threads: Int) throws {
    withThreads(threads) {
      for _ in 0..<50 {
        #expect(throws: Planted(index: 17)) {
          try Parallel.forEach(100) { i in if i >= 17 { throw Planted(index: i) } }
        }
      }
      // And the pool goes on after it.
      let sum = Atomic<Int>(0)
      Parallel.forEach(10) { sum.wrappingAdd($0, ordering: .relaxed) }
      #expect(sum.load(ordering: .relaxed) == 45)
    }
  }

  @Test func insideOfAnotherItRunsAlone() {
    withThreads(2) {
      let sum = Atomic<Int>(0)
      Parallel.forEach(8) { _ in
        Parallel.forEach(8) { _ in sum.wrappingAdd(1, ordering: .relaxed) }
      }
      #expect(sum.load(ordering: .relaxed) == 64)
    }
  }

  @Test func blocksMakeUpTheWhole() {
    for (count, cost) in [(0, 5), (1, 1), (100_000, 3), (10, 1_000_000)] {
      let seen = Mutex([Range<Int>]())
      Parallel.forEachBlock(of: count, costEach: cost) { b in seen.withLock { $0.append(b) } }
      let blocks = seen.withLock { $0.sorted { $0.lowerBound < $1.lowerBound } }
      #expect(blocks.reduce(0) { $1.lowerBound == $0 ? $1.upperBound : -1 } == count)
    }
  }
}

@Test func coresAreCounted() {
  #expect(Parallel.allowedCores(Array("Name:\tx\nCpus_allowed:\tff,0000000f\n".utf8)) == 12)
  #expect(Parallel.allowedCores([]) == 0)
  #expect(Parallel.availableCores >= 1)
}
