import Glibc
import LinearAlgebra
import Synchronization
import TestSupport
import Testing

@testable import Record

/// Entries are there whole or not at all, whatever happens to their files.
@Suite struct StoreTests {
  /// What a store reported.
  final class Reports: Sendable {
    private let found = Mutex<[StoreTrouble]>([])
    var all: [StoreTrouble] { found.withLock { $0 } }
    func add(_ trouble: StoreTrouble) { found.withLock { $0.append(trouble) } }
  }

  static func key(_ number: Int) -> Fingerprint {
    var maker = FingerprintMaker()
    maker.add(UInt64(number))
    return maker.finish()
  }

  static func writer(_ bytes: [UInt8]) -> ByteWriter {
    let writer = ByteWriter()
    bytes.withUnsafeBytes { writer.add(raw: $0) }
    return writer
  }

  /// The bytes of an entry.
  static func bytes(_ store: Store, _ key: Fingerprint) throws -> [UInt8]? {
    try store.read(key) { reader in
      var bytes = [UInt8](repeating: 0, count: reader.remaining)
      try bytes.withUnsafeMutableBytes { try reader.read(into: $0) }
      return bytes
    }
  }

  static func path(_ folder: String, _ key: Fingerprint) -> String {
    "\(folder)/\(key.hex.prefix(2))/\(key.hex.dropFirst(2))"
  }

  private let folder: TemporaryFolder
  private let reports = Reports()
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = Store(folder: folder("store/inner"), limit: nil) { [reports] in reports.add($0) }
  }

  @Test func writtenAndRead() throws {
    let sizes = [0, 1, 31, 65_536, 1_000_000]
    for size in sizes {
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      #expect(!store.contains(Self.key(size)))
      #expect(try Self.bytes(store, Self.key(size)) == nil)
      #expect(try store.write(Self.key(size), Self.writer(bytes)))
      #expect(try Self.bytes(store, Self.key(size)) == bytes)
    }
    #expect(store.contents().entries == sizes.count)
    #expect(store.contents().bytes == sizes.reduce(0) { $0 + $1 + 80 })
    try store.write(Self.key(1), Self.writer([7, 7]))
    #expect(try Self.bytes(store, Self.key(1)) == [7, 7])
    store.remove(Self.key(1))
    #expect(try Self.bytes(store, Self.key(1)) == nil)
    #expect(try store.clear().entries == sizes.count - 1)
    #expect(store.contents() == (0, 0))
    #expect(reports.all.isEmpty)
  }

  /// The sum in a file is that of sha256sum, worked out over the bytes before it.
  @Test func layoutOfAFile() throws {
    try store.write(Self.key(3), Self.writer([1, 2, 3]))
    let bytes = try TemporaryFolder.bytes(Self.path(folder("store/inner"), Self.key(3)))
    #expect(bytes.prefix(8).elementsEqual(Array("svmrepl".utf8) + [1]))
    #expect(bytes[8..<40].elementsEqual(Self.key(3).bytes))
    #expect(bytes[40..<48].elementsEqual([3, 0, 0, 0, 0, 0, 0, 0]))
    #expect(bytes[48..<51].elementsEqual([1, 2, 3]))
    var maker = FingerprintMaker()
    bytes[..<51].withUnsafeBytes { maker.add(raw: $0) }
    #expect(bytes[51...].elementsEqual(maker.finish().bytes))
  }

  @Test func cutOffAtEveryByteAndDamagedInEveryByte() throws {
    let path = Self.path(folder("store/inner"), Self.key(3))
    try store.write(Self.key(3), Self.writer(Array(0..<40)))
    let whole = try TemporaryFolder.bytes(path)
    for place in whole.indices {
      var damaged = whole
      damaged[place] ^= 0x10
      for bytes in [Array(whole[..<place]), damaged, whole + [0]] {
        try folder.write(String(path.dropFirst(folder.path.count + 1)), bytes)
        #expect(try Self.bytes(store, Self.key(3)) == nil)
        #expect(!store.contains(Self.key(3)), "a damaged entry goes")
      }
    }
    #expect(reports.all.isEmpty)
  }

  /// An entry under the name of another one, a folder, and a pipe in its place.
  @Test func whatIsNoEntry() throws {
    try store.write(Self.key(3), Self.writer([1]))
    let path = Self.path(folder("store/inner"), Self.key(3))
    let other = Self.path(folder("store/inner"), Self.key(4))
    mkdir(String(other.dropLast(63)), 0o700)
    rename(path, other)
    #expect(try Self.bytes(store, Self.key(4)) == nil)
    mkdir(path, 0o700)
    #expect(try Self.bytes(store, Self.key(3)) == nil)
    rmdir(path)
    mkfifo(path, 0o600)
    #expect(try Self.bytes(store, Self.key(3)) == nil)
  }

  @Test func aBodyThatLeavesBytesIsAMiss() throws {
    try store.write(Self.key(3), Self.writer([1, 2]))
    #expect(try store.read(Self.key(3)) { try $0.byte() } == nil)
  }

  @Test func interruptedReadsAndWritesLeaveTheEntry() throws {
    try store.write(Self.key(3), Self.writer([1, 2]))
    #expect(throws: Interrupted.self) {
      try store.read(Self.key(3)) { _ in throw Interrupted() }
    }
    Interruption.request()
    #expect(throws: Interrupted.self) { try store.write(Self.key(3), Self.writer([4])) }
    Interruption.clear()
    #expect(try Self.bytes(store, Self.key(3)) == [1, 2])
    #expect(Folder.names(in: folder("store/inner/\(Self.key(3).hex.prefix(2))")).count == 1)
  }

  // MARK: Faults

  @Test func faultsAreReportedOnce() throws {
    try folder.write("file", "not a folder")
    for place in [folder("file"), folder("file/inner"), "/dev/full", "/proc/none"] {
      let reports = Reports()
      let store = Store(folder: place, limit: 1 << 20) { reports.add($0) }
      for _ in 0..<3 {
        #expect(try !store.write(Self.key(1), Self.writer([1])))
        #expect(try Self.bytes(store, Self.key(1)) == nil)
      }
      #expect(store.contents() == (0, 0))
      #expect(reports.all.count == 1 && reports.all[0].folder == place, "\(place)")
    }
  }

  @Test func withoutAHome() throws {
    let reports = Reports()
    let store = Store(folder: nil, limit: nil) { reports.add($0) }
    for _ in 0..<2 { #expect(try !store.write(Self.key(1), Self.writer([1]))) }
    #expect(try Self.bytes(store, Self.key(1)) == nil)
    #expect(reports.all.map(\.folder) == [nil])
  }

  /// On a file system of 64 kB that is full, an entry is not written, and nothing of it is left.
  @Test func aFullDisk() throws {
    folder.makeFolder("small")
    guard mount("tmpfs", folder("small"), "tmpfs", 0, "size=64k") == 0 else { return }
    defer { umount(folder("small")) }
    let reports = Reports()
    let store = Store(folder: folder("small"), limit: nil) { reports.add($0) }
    #expect(try store.write(Self.key(1), Self.writer([1, 2, 3])))
    let large = [UInt8](repeating: 5, count: 1 << 20)
    #expect(try !store.write(Self.key(2), Self.writer(large)))
    #expect(try !store.write(Self.key(2), Self.writer(large)))
    #expect(reports.all.count == 1 && reports.all[0].reason == "No space left on device")
    #expect(try Self.bytes(store, Self.key(2)) == nil)
    #expect(try Self.bytes(store, Self.key(1)) == [1, 2, 3])
    #expect(store.contents().entries == 1)
    // The blocks are free again soon.
    let fits = try (0..<3000).contains { _ in
      usleep(10_000)
      return try store.write(Self.key(3), Self.writer([9]))
    }
    #expect(fits)
  }

  // MARK: Room

  private func setTime(_ key: Fingerprint, _ seconds: Int) {
    var times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
    utimensat(AT_FDCWD, Self.path(folder("lru"), key), &times, 0)
  }

  @Test func theLeastUsedGoFirst() throws {
    let store = Store(folder: folder("lru"), limit: 10_800) { [reports] in reports.add($0) }
    let bytes = [UInt8](repeating: 1, count: 1000)
    for i in 0..<9 {
      try store.write(Self.key(i), Self.writer(bytes))
      setTime(Self.key(i), 1000 + i)
    }
    // The oldest is used, which makes it the newest.
    #expect(try Self.bytes(store, Self.key(0)) == bytes)
    for i in 9..<12 { try store.write(Self.key(i), Self.writer(bytes)) }
    #expect(store.contents().bytes <= 10_800)
    #expect(store.contains(Self.key(0)) && store.contains(Self.key(11)))
    #expect(!store.contains(Self.key(1)))
    for i in 1..<8 where store.contains(Self.key(i)) { #expect(store.contains(Self.key(i + 1))) }
  }

  @Test func whatIsTooLargeIsNotKept() throws {
    let store = Store(folder: folder("lru"), limit: 1000) { [reports] in reports.add($0) }
    #expect(try !store.write(Self.key(1), Self.writer([UInt8](repeating: 1, count: 600))))
    #expect(try store.write(Self.key(1), Self.writer([UInt8](repeating: 1, count: 400))))
    #expect(reports.all.isEmpty)
  }

  /// Times that are still to come say nothing; a new entry stays.
  @Test func aClockThatJumps() throws {
    let store = Store(folder: folder("lru"), limit: 10_800) { [reports] in reports.add($0) }
    let bytes = [UInt8](repeating: 1, count: 1000)
    for i in 0..<9 {
      try store.write(Self.key(i), Self.writer(bytes))
      setTime(Self.key(i), time(nil) + 1_000_000 + i)
    }
    for i in 9..<30 {
      try store.write(Self.key(i), Self.writer(bytes))
      #expect(store.contains(Self.key(i)))
    }
    #expect(store.contents().bytes <= 10_800)
    for i in 0..<9 { #expect(!store.contains(Self.key(i))) }
  }

  @Test func whatACrashLeftIsRemoved() throws {
    let store = Store(folder: folder("lru"), limit: 10_000) { [reports] in reports.add($0) }
    try store.write(Self.key(1), Self.writer([1]))
    let inner = "lru/\(Self.key(1).hex.prefix(2))"
    // No process has a number as large as that.
    let names = [".svmrepl-99999999-0.tmp", ".svmrepl-\(getpid())-7.tmp"]
    for name in names {
      try folder.write("\(inner)/\(name)", "rest")
      var times = [timespec(tv_sec: 1000, tv_nsec: 0), timespec(tv_sec: 1000, tv_nsec: 0)]
      utimensat(AT_FDCWD, folder("\(inner)/\(name)"), &times, 0)
    }
    #expect(store.contents().entries == 1)
    #expect(Folder.names(in: folder(inner)).filter { $0.hasSuffix(".tmp") } == [names[1]])
  }

  // MARK: Several at once

  /// Threads that write, read and remove the same few entries: what is read is always whole.
  @Test func severalAtOnce() throws {
    let folder = folder("shared")
    let wrong = Atomic(0)
    let reports = reports
    Parallel.forEach(8) { thread in
      let store = Store(folder: folder, limit: 60_000) { reports.add($0) }
      var numbers = SeededNumbers(seed: UInt64(thread))
      for _ in 0..<60 {
        let number = Int.random(in: 0..<6, using: &numbers)
        let bytes = [UInt8](repeating: UInt8(number), count: 5000 + 1000 * number)
        switch Int.random(in: 0..<8, using: &numbers) {
        case 0..<4: _ = try? store.write(Self.key(number), Self.writer(bytes))
        case 4: store.remove(Self.key(number))
        default:
          if let found = try? Self.bytes(store, Self.key(number)), found != bytes {
            wrong.add(1, ordering: .relaxed)
          }
        }
      }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
    #expect(reports.all.isEmpty)
  }

  /// Against a dictionary, in random order, with damage.
  @Test(arguments: 0..<6) func randomSequences(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    var model: [Int: [UInt8]] = [:]
    for _ in 0..<200 {
      let number = Int.random(in: 0..<8, using: &numbers)
      switch Int.random(in: 0..<6, using: &numbers) {
      case 0, 1:
        let bytes = (0..<Int.random(in: 0..<300, using: &numbers)).map { _ in
          UInt8.random(in: 0...255, using: &numbers)
        }
        try store.write(Self.key(number), Self.writer(bytes))
        model[number] = bytes
      case 2:
        store.remove(Self.key(number))
        model[number] = nil
      case 3:
        guard model[number] != nil else { continue }
        let path = Self.path(folder("store/inner"), Self.key(number))
        var bytes = try TemporaryFolder.bytes(path)
        bytes[Int.random(in: bytes.indices, using: &numbers)] ^= 1
        try folder.write(String(path.dropFirst(folder.path.count + 1)), bytes)
        model[number] = nil
      default: #expect(try Self.bytes(store, Self.key(number)) == model[number])
      }
    }
    for number in 0..<8 { #expect(try Self.bytes(store, Self.key(number)) == model[number]) }
  }

  // MARK: Two steps

  @Test func resultsByWhatWasRead() throws {
    let key = Self.key(0)
    func result(_ now: [String: Int]) throws -> Fingerprint? {
      try store.result(for: key) { name in now[name].map(Self.key) }
    }
    #expect(try result([:]) == nil)
    try store.note(Self.key(100), for: key, reading: [("a", Self.key(1)), ("b", Self.key(2))])
    try store.note(Self.key(101), for: key, reading: [("a", Self.key(1)), ("b", Self.key(3))])
    try store.note(Self.key(102), for: key, reading: [("c", Self.key(9))])
    #expect(try result(["a": 1, "b": 2]) == Self.key(100))
    #expect(try result(["a": 1, "b": 3, "z": 5]) == Self.key(101))
    #expect(try result(["a": 2, "b": 3]) == nil)
    #expect(try result(["a": 1]) == nil)
    #expect(try result(["c": 9]) == Self.key(102))
    try store.note(Self.key(103), for: key, reading: [("c", Self.key(9))])
    #expect(try result(["c": 9]) == Self.key(103), "the last one counts")
    try store.note(Self.key(104), for: Self.key(1), reading: [])
    #expect(try store.result(for: Self.key(1)) { _ in nil } == Self.key(104))
  }

  @Test func onlySomeListsAreKept() throws {
    for i in 0..<100 {
      try store.note(Self.key(i), for: Self.key(0), reading: [("a", Self.key(i))])
    }
    #expect(try store.result(for: Self.key(0)) { _ in Self.key(99) } == Self.key(99))
    #expect(try store.result(for: Self.key(0)) { _ in Self.key(36) } == Self.key(36))
    #expect(try store.result(for: Self.key(0)) { _ in Self.key(35) } == nil)
  }

  // MARK: Folders

  @Test func standardFolders() {
    func cache(_ environment: [String: String]) -> String? {
      Folder.cache { environment[$0] }
    }
    #expect(cache(["XDG_CACHE_HOME": "/c", "HOME": "/h"]) == "/c/svmrepl")
    #expect(cache(["XDG_CACHE_HOME": "c", "HOME": "/h"]) == "/h/.cache/svmrepl")
    #expect(cache(["XDG_CACHE_HOME": "", "HOME": "/h"]) == "/h/.cache/svmrepl")
    #expect(cache(["HOME": ""]) == nil)
    #expect(cache([:]) == nil)
    #expect(Folder.state { ["HOME": "/h"][$0] } == "/h/.local/state/svmrepl")
    #expect(Folder.state { ["XDG_STATE_HOME": "/s"][$0] } == "/s/svmrepl")
  }
}
