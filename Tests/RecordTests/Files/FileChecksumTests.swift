import Glibc
import TestSupport
import Testing

@testable import Record

/// A checksum is remembered for a version of a file, and never taken for that of another one.
@Suite struct FileChecksumTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = Store(folder: folder("store"), limit: nil) { _ in }
  }

  /// As many bytes as a store keeps a checksum for.
  private static let large = 1 << 22

  private static func checksum(_ byte: UInt8, _ count: Int) -> Fingerprint {
    var maker = FingerprintMaker()
    [UInt8](repeating: byte, count: count).withUnsafeBytes { maker.add(raw: $0) }
    return maker.finish()
  }

  /// Writes a file anew, in its place.
  private func write(_ byte: UInt8, _ count: Int) throws -> String {
    try folder.write("x", [UInt8](repeating: byte, count: count))
  }

  private func setTime(_ path: String, _ seconds: Int, nanoseconds: Int = 5) {
    let time = timespec(tv_sec: seconds, tv_nsec: nanoseconds)
    var times = [time, time]
    #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
  }

  /// Waits until the tick of the disk's clock is over.
  private func settle() { usleep(150_000) }

  private func stamp(_ path: String) throws -> FileStamp { try #require(FileStamp(of: path)) }

  @Test func ofAVersionOnce() throws {
    let path = try write(1, 100_000)
    settle()
    #expect(try FileChecksum.of(path) == Self.checksum(1, 100_000))
    #expect(FileChecksum.known(try stamp(path)) == Self.checksum(1, 100_000))
  }

  /// Its size and time of writing are as they were.
  @Test func aFileWithItsOldTimeAgain() throws {
    let path = try write(1, 100_000)
    setTime(path, 1_000_000_000)
    settle()
    let before = try stamp(path)
    #expect(try FileChecksum.of(path) == Self.checksum(1, 100_000))
    _ = try write(2, 100_000)
    setTime(path, 1_000_000_000)
    #expect(try stamp(path) != before)
    #expect(try FileChecksum.of(path) == Self.checksum(2, 100_000))
  }

  /// Hashes a file that was just written; repeated where the machine was too slow for that.
  private func justWritten(_ byte: UInt8, _ count: Int, _ hash: (String) throws -> Void) throws
    -> String
  {
    while true {
      let path = try write(byte, count)
      try hash(path)
      if !(try stamp(path).isSettled) { return path }
      unlink(path)
    }
  }

  /// It may be written once more within the tick, and have the same stamp.
  @Test func aFileThatWasJustWritten() throws {
    let path = try justWritten(1, 100_000) {
      let found = try FileChecksum.of($0)
      #expect(found == Self.checksum(1, 100_000))
    }
    #expect(FileChecksum.known(try stamp(path)) == nil)
  }

  /// The clock that wrote it was ahead: until then, every time may come again.
  @Test func aFileOfATimeToCome() throws {
    let path = try write(1, 100_000)
    setTime(path, time(nil) + 1000)
    settle()
    #expect(try FileChecksum.of(path) == Self.checksum(1, 100_000))
    #expect(FileChecksum.known(try stamp(path)) == nil)
  }

  /// Some disks count seconds, or two at once.
  @Test func aDiskThatCountsSeconds() throws {
    let path = try write(1, 100_000)
    setTime(path, time(nil), nanoseconds: 0)
    settle()
    #expect(!(try stamp(path).isSettled))
    setTime(path, time(nil) - 1)
    settle()
    #expect(try stamp(path).isSettled)
  }

  // MARK: Ahead

  @Test func aheadOfItsReader() throws {
    let path = try write(3, 1_000_000)
    settle()
    FileChecksum.hashAhead()
    _ = FileReads.taken()
    FileReads.note(path)
    #expect(FileReads.taken().map(\.given) == [path])
    #expect(try FileChecksum.of(path) == Self.checksum(3, 1_000_000))
    #expect(FileChecksum.known(try stamp(path)) == Self.checksum(3, 1_000_000))
  }

  @Test func changedBeforeItIsHashed() throws {
    let path = try write(1, 100_000)
    settle()
    let before = try stamp(path)
    _ = try write(2, 100_000)
    let ahead = HashingAhead()
    ahead.add(path, before)
    while ahead.isRunning { usleep(100) }
    #expect(FileChecksum.known(before) == nil)
    #expect(FileChecksum.known(try stamp(path)) == nil)
  }

  /// Repeated where the machine has hashed it before it changed.
  @Test func changedWhileItIsHashed() throws {
    let path = try folder.write("sparse", "")
    var before: FileStamp
    var isHashing: Bool
    repeat {
      #expect(truncate(path, 1 << 28) == 0)
      settle()
      before = try stamp(path)
      let ahead = HashingAhead()
      ahead.add(path, before)
      usleep(10_000)
      #expect(truncate(path, 1 << 28 + 1) == 0)
      #expect(truncate(path, 1 << 28) == 0)
      isHashing = ahead.isRunning
      while ahead.isRunning { usleep(100) }
    } while !isHashing
    #expect(FileChecksum.known(before) == nil)
    #expect(FileChecksum.known(try stamp(path)) == nil)
  }

  @Test func manyAtOnce() throws {
    let ahead = HashingAhead()
    let paths = try (0..<40).map {
      try folder.write("\($0)", [UInt8](repeating: UInt8($0), count: 70_000))
    }
    settle()
    for path in paths { ahead.add(path, try stamp(path)) }
    for (i, path) in paths.enumerated() {
      let known = try ahead.awaited(try stamp(path)) ?? FileChecksum.of(path)
      #expect(known == Self.checksum(UInt8(i), 70_000))
    }
    while ahead.isRunning { usleep(100) }
  }

  // MARK: Kept

  private var kept: KeptChecksums { KeptChecksums(in: store) }

  private func found(_ path: String) throws -> Fingerprint {
    try FileChecksum.found(path, stamp(path), kept)
  }

  /// That nothing reads the file is seen by what the store says wrongly.
  @Test func fromAStore() throws {
    let path = try write(1, Self.large)
    settle()
    try kept.keep(Self.checksum(9, 9), of: stamp(path))
    #expect(try found(path) == Self.checksum(9, 9))
    // Written again, it is another version.
    _ = try write(1, Self.large)
    settle()
    #expect(try found(path) == Self.checksum(1, Self.large))
    #expect(try kept.checksum(of: stamp(path)) == Self.checksum(1, Self.large))
  }

  @Test func aDamagedEntry() throws {
    let path = try write(4, Self.large)
    settle()
    try store.write(KeptChecksums.key(stamp(path)), ByteWriter())
    #expect(try found(path) == Self.checksum(4, Self.large))
  }

  @Test func smallAndUnsettledFilesHaveNoEntry() throws {
    let path = try write(5, Self.large - 1)
    settle()
    _ = try found(path)
    #expect(store.contents().entries == 0)
    var entries = 0
    _ = try justWritten(5, Self.large) {
      entries = store.contents().entries
      _ = try found($0)
    }
    #expect(store.contents().entries == entries)
  }
}
