import LinearAlgebra
import Synchronization
import TestSupport
import Testing

@testable import Datasets

/// The bytes of a load, counted as they are read.
@Suite(.serialized) struct ReadProgressTests {
  private func watched(_ path: String) throws -> (size: Int, told: [Int]) {
    var told: [Int] = []
    try ReadProgress.watching({ told.append($0) }) { _ = try DataLoader.load(path) }
    return (try ReadProgress.size(of: [path]), told)
  }

  /// A table that stays on disk, one that is compressed, a folder of batches and one of pictures:
  /// all bytes are counted, beginnings at most twice, and what is told never falls.
  @Test func allBytesAreCountedOnce() throws {
    let folder = try TemporaryFolder()
    var table = ""
    for i in 0..<60_000 {
      for j in 0..<16 { table += "\((i &* 7919 &+ j &* 104_729) % 100_003)," }
      table += "\(i % 3)\n"
    }
    try folder.write("t.csv", table)
    var records: [UInt8] = []
    for k in 0..<2000 {
      records.append(UInt8(k % 10))
      records += [UInt8](repeating: UInt8(k & 255), count: 3072)
    }
    folder.makeFolder("cifar")
    try folder.write("cifar/data_batch_1.bin", records)
    try folder.write("cifar/test_batch.bin", Array(records.prefix(3073 * 10)))
    for path in [folder("t.csv"), folder("cifar"), Fixtures.path("cifar-10-python.tar.gz")] {
      let threads = Parallel.threads
      defer { Parallel.threads = threads }
      Parallel.threads = 1
      let (size, told) = try watched(path)
      #expect(size > 0)
      let last = Double(try #require(told.last))
      // The beginning, of 4 MB at most, is read once more.
      let most = 1.1 * Double(size) + Double(StoredBytes.usualLimit) / 2
      #expect(last >= 0.99 * Double(size) && last <= most, "\(path): \(last) of \(size)")
      #expect(zip(told, told.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }

  @Test func nothingIsToldAfterwards() throws {
    let calls = Mutex(0)
    ReadProgress.watching({ _ in calls.withLock { $0 += 1 } }) {}
    _ = try DataLoader.load(Fixtures.path("cifar-10-python.tar.gz"))
    #expect(calls.withLock { $0 } == 0)
    #expect(try ReadProgress.size(of: ["/no/such/file"]) == 0)
  }
}
