import Glibc
import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Bytes that come one after the other are those that came, wherever they are kept.
@Suite(.serialized) struct StoredBytesTests {
  private static let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 7) }

  /// Some bytes that come in pieces of random lengths.
  private func stored(
    _ count: Int, likely: Int, limit: Int, _ numbers: inout SeededNumbers
  ) throws -> StoredBytes {
    var next = 0
    return try StoredBytes(likely: likely, limit: limit, path: "x") { target in
      let piece = Self.bytes[
        next..<min(count, next + min(target.count, .random(in: 1...400, using: &numbers)))]
      target.copyBytes(from: piece)
      next += piece.count
      return piece.count
    }
  }

  private func isOnDisk(_ bytes: StoredBytes) -> Bool {
    if case .disk = bytes { true } else { false }
  }

  private func check(_ stored: StoredBytes, _ count: Int) throws {
    #expect(stored.count == count)
    let all = try stored.inMemory().withBytes { Array($0) }
    #expect(all == Array(Self.bytes[..<count]))
    let middle = count / 3..<count
    let piece = try ArrayBytes(stored).withPiece(middle) { Array($0) }
    #expect(piece == Array(Self.bytes[middle]))
  }

  @Test(arguments: 0..<10) func whatCameIsThere(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<30 {
      let count = Int.random(in: 0...Self.bytes.count, using: &numbers)
      let likely = Int.random(in: 0...2 * Self.bytes.count, using: &numbers)
      let limit = Int.random(in: 200...Self.bytes.count, using: &numbers)
      let stored = try stored(count, likely: likely, limit: limit, &numbers)
      #expect(isOnDisk(stored) == (count > limit), "\(count) \(likely) \(limit)")
      try check(stored, count)
    }
    for count in [0, 1, 99, 100, 101, 200] {
      try check(stored(count, likely: 50, limit: 100, &numbers), count)
      try check(stored(count, likely: 50, limit: 0, &numbers), count)
    }
  }

  /// Runs `body` where nameless files are in another folder.
  private func whileNameless<R>(in folder: String, _ body: () throws -> R) rethrows -> R {
    let before = getenv("TMPDIR").map { String(cString: $0) }
    setenv("TMPDIR", folder, 1)
    defer { if let before { setenv("TMPDIR", before, 1) } else { unsetenv("TMPDIR") } }
    return try body()
  }

  /// Where no file can be made, they are in memory.
  @Test func withoutAFolder() throws {
    var numbers = SeededNumbers(seed: 1)
    let stored = try whileNameless(in: "/proc/none") {
      try self.stored(5000, likely: 100, limit: 1000, &numbers)
    }
    #expect(!isOnDisk(stored))
    try check(stored, 5000)
  }

  /// On a disk that is full at some point, they are in memory, and of the file nothing is left.
  @Test func withoutRoom() throws {
    let folder = try TemporaryFolder()
    folder.makeFolder("small")
    guard mount("tmpfs", folder("small"), "tmpfs", 0, "size=16k") == 0 else { return }
    defer { umount(folder("small")) }
    var numbers = SeededNumbers(seed: 2)
    for (count, isOnDisk) in [(4000, true), (8000, true), (9000, false), (10_000, false)] {
      let stored = try whileNameless(in: folder("small")) {
        try self.stored(count, likely: 5000, limit: 1000, &numbers)
      }
      #expect(self.isOnDisk(stored) == isOnDisk, "\(count)")
      try check(stored, count)
    }
  }

  @Test func whatEndsInTheMiddle() throws {
    var calls = 0
    let error = #expect(throws: DataError.self) {
      try StoredBytes(likely: 0, limit: 100, path: "x") { target in
        calls += 1
        if calls == 50 { throw DataError("cut off") }
        return min(target.count, 10)
      }
    }
    #expect(error?.message == "cut off")
  }

  /// Tables that are larger, decompressed, than what is kept in memory: with quotes far behind, and
  /// decimal commas, too.
  @Test(arguments: ["large", "large-quotes", "large-commas"])
  func compressedTables(name: String) throws {
    let data = try dataset(DataLoader.load(Fixtures.path("texts/\(name).csv.gz")))
    #expect(data.count == 400_000 && data.columns == ["u", "v", "w"])
    #expect(data.classes == ["a", "b", "c"])
    let isRight = (0..<data.count).allSatisfy { n in
      data.labels[n] == n % 3
        && data.features.row(n) == (0..<3).map { Double((3 * n + $0) % 100) }
    }
    #expect(isRight)
  }
}
