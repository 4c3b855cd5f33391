import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Archives as Python's tarfile and zipfile wrote them, and hostile ones made by hand.
struct ArchiveTests {
  // MARK: Archives that are read

  @Test(arguments: [
    "ustar.tar.gz", "ustar.tar.bz2", "ustar.tar.xz", "ustar.tar.zst", "gnu.tar.gz", "pax.tar.gz",
    "stored.zip", "deflated.zip",
  ])
  func aTableInAnArchiveIsThatTable(_ name: String) throws {
    let data = try dataset(DataLoader.load(Fixtures.path("archives/\(name)")))
    #expect(data.features.row(0) == [1, 2])
    #expect(data.features.row(1) == [3, 4.5])
    #expect(data.classes == ["a", "b"])
    #expect(data.name == (name.hasSuffix("zip") ? "table" : String(repeating: "t", count: 60)))
    // Whatever its name is.
    let folder = try TemporaryFolder()
    let path = try folder.write("x", try Fixtures.bytes("archives/\(name)"))
    #expect(try dataset(DataLoader.load(path, LoadOptions(format: "csv"))).count == 2)
  }

  @Test func aFolderInAnArchiveIsThatFolder() throws {
    let folder = try TemporaryFolder()
    let record = [UInt8](repeating: 3, count: 3073)
    let archive = Self.tar([
      ("top/.hidden", record), ("top/deep/data_batch_10.bin", record),
      ("top/deep/data_batch_9.bin", record + record), ("top/deep/test_batch.bin", record),
    ])
    let parts = try split(DataLoader.load(folder.write("my.tar", archive)))
    #expect(parts.train.count == 3)
    #expect(parts.test?.count == 1)
    #expect(parts.train.name == "my")
    // A compressed table in an archive, and one beside texts about it.
    let table = try Fixtures.bytes("archives/ustar.tar.gz")
    let nested = try folder.write("n.tar", Self.tar([("a.tar.gz", table)]))
    let error = #expect(throws: DataError.self) { try DataLoader.load(nested) }
    #expect(error?.message == "is an archive in an archive")
    let two = try folder.write("2.tar", Self.tar([("a.csv", [49]), ("b.csv", [50])]))
    let several = #expect(throws: DataError.self) { try DataLoader.load(two) }
    #expect(
      several?.message == "the archive holds several files, and one table is read: a.csv, b.csv")
    let about = Self.tar([
      ("LICENSE", [65]), ("iris.names", [65]), ("iris.data", Array("1,2,a\n3,4,b\n".utf8)),
    ])
    #expect(try dataset(DataLoader.load(folder.write("i.tar", about))).name == "iris")
  }

  @Test func heldBytesAreReadOnceAndReleased() throws {
    let file = HeldFile(try FileBytes([49, 44, 50, 44, 97, 10]))
    let source = DataSource(path: "held.csv", place: .held(file))
    #expect(try source.readAll().count == 6)
    #expect(try source.readAll() === file.bytes)
    source.release()
    #expect(source.fileSize == 0)
    #expect(throws: DataError("has been read already", path: "held.csv")) { try source.readAll() }
  }

  // MARK: Archives that are refused

  /// A tar archive with these files; `kind` is the type that each header says.
  private static func tar(
    _ files: [(name: String, bytes: [UInt8])], kind: Character = "0", size: Int? = nil,
    link: String = "", end: Bool = true
  ) -> [UInt8] {
    var archive: [UInt8] = []
    for (name, bytes) in files {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, _ place: Int) {
        header.replaceSubrange(place..<place + text.utf8.count, with: Array(text.utf8))
      }
      func octal(_ number: Int) -> String {
        let digits = String(number, radix: 8)
        return String(repeating: "0", count: max(0, 11 - digits.count)) + digits
      }
      put(name, 0)
      put("0000644", 100)
      put(octal(size ?? bytes.count), 124)
      put(octal(0), 136)
      put("        ", 148)
      put(String(kind), 156)
      put(link, 157)
      put("ustar", 257)
      put("00", 263)
      put(String(octal(header.reduce(0) { $0 + Int($1) }).suffix(6)), 148)
      header[154] = 0
      archive += header + bytes
      archive += [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    }
    return archive + [UInt8](repeating: 0, count: end ? 1024 : 0)
  }

  private static let table = Array("1,2,a\n3,4,b\n".utf8)

  private func refused(_ bytes: [UInt8], _ name: String = "a.tar") throws -> String {
    let folder = try TemporaryFolder()
    let path = try folder.write(name, bytes)
    let error = #expect(throws: DataError.self) { try DataLoader.load(path) }
    #expect(error?.path?.hasPrefix(path) == true)
    return error?.message ?? ""
  }

  @Test func whatLeavesTheArchiveIsRefused() throws {
    for name in ["../t.csv", "a/../../t.csv", "/etc/t.csv", "..", "a/..", "\\t.csv", "..\\t.csv"] {
      #expect(
        try refused(Self.tar([(name, Self.table)])).hasSuffix("would lie outside of the archive"),
        "\(name)")
    }
    let zip = try Fixtures.bytes("archives/stored.zip")
    let text = String(decoding: zip, as: Unicode.ASCII.self)
    #expect(text.contains("table.csv"))
    for name in ["../ab.csv", "a/../../b"] {
      #expect(
        try refused(Self.replacing("table.csv", name, in: zip), "a.zip")
          .hasSuffix("\(name)\" would lie outside of the archive"))
    }
  }

  private static func replacing(_ old: String, _ new: String, in bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    let (old, new) = (Array(old.utf8), Array(new.utf8))
    for i in 0...(bytes.count - old.count) where bytes[i..<i + old.count].elementsEqual(old) {
      result.replaceSubrange(i..<i + old.count, with: new)
    }
    return result
  }

  @Test func whatIsNoFileIsRefused() throws {
    let file = ("a.csv", Self.table)
    #expect(
      try refused(Self.tar([("b", [])], kind: "2", link: "/etc/passwd"))
        == "the entry \"b\" is a link")
    #expect(
      try refused(Self.tar([file]).dropLast(1024) + Self.tar([("b", [])], kind: "1", link: "a.csv"))
        == "the entry \"b\" is a link")
    for kind: Character in ["3", "4", "6"] {
      #expect(
        try refused(Self.tar([("b", [])], kind: kind)) == "the entry \"b\" is a device or pipe")
    }
    #expect(try refused(Self.tar([file, file])) == "the entry \"a.csv\" is there twice")
    #expect(
      try refused(Self.tar([file, ("a.csv/b", [1])])) == "the entry \"a.csv/b\" is there twice")
    #expect(try refused(Self.tar([("b/", [])], kind: "5")) == "the archive holds no files")
  }

  @Test func wrongSizesAreRefused() throws {
    let whole = Self.tar([("a.csv", Self.table)])
    // Cut at, before and after each structure.
    for count in [513, 520, 523, 524, 600, 1000] {
      #expect(
        try refused(Array(whole.prefix(count))).hasPrefix("the archive is damaged or cut off"),
        "\(count)")
    }
    // Ten gigabytes and more in a kilobyte.
    for size in [10 << 30, 77_777_777_777 & 0o77777777777, 1 << 20] {
      #expect(
        try refused(Self.tar([("a.csv", Self.table)], size: size))
          .hasPrefix("the archive is damaged or cut off"))
    }
  }

  /// libarchive ends some of its reasons with a line feed.
  @Test func reasonsAreOneLine() throws {
    var zip = try Fixtures.bytes("archives/deflated.zip")
    for i in 0..<zip.count - 30 {
      if zip[i...].starts(with: [0x50, 0x4B, 3, 4]) { zip[i + 22] ^= 1 }
      if zip[i...].starts(with: [0x50, 0x4B, 1, 2]) { zip[i + 24] ^= 1 }
    }
    let message = try refused(zip, "a.zip")
    #expect(message.contains("wrong size"), "\(message)")
    #expect(!message.contains("\n"), "\(message)")
  }

  /// 256 MB of zeros, in blocks of zstd that repeat one byte.
  private static var zeros: [UInt8] {
    var bytes: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x50]
    for _ in 0..<2048 { bytes += [0x02, 0x00, 0x10, 0x00] }
    return bytes + [0x03, 0x00, 0x00, 0x00]
  }

  @Test func bombsAreRefused() throws {
    let message = "decompresses to more than 500 times its size, as archive bombs do"
    #expect(try refused(Self.zeros, "a.csv.zst") == message)
    // A header that announces them, in a frame of its own, before them.
    let header = Self.tar([("a.csv", [])], size: 1 << 28, end: false)
    let frame: [UInt8] =
      [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x50, 0x01, 0x10, 0x00] + header
    #expect(
      try refused(frame + Self.zeros, "a.tar.zst")
        == message + " in the entry \"a.csv\"")
  }

  @Test func everyCutAndChangeOfAnArchiveIsHeard() throws {
    let folder = try TemporaryFolder()
    var stream = RandomStream(seed: 3, key: "archives", count: 0)
    for name in ["stored.zip", "deflated.zip", "ustar.tar.gz", "ustar.tar.xz", "ustar.tar.zst"] {
      let bytes = try Fixtures.bytes("archives/\(name)")
      for count in stride(from: 1, to: bytes.count - 1, by: 3) {
        let path = try folder.write("x", Array(bytes.prefix(count)))
        #expect(throws: DataError.self, "\(name) \(count)") { try DataLoader.load(path) }
      }
      for _ in 0..<200 {
        var changed = bytes
        changed[stream.integer(below: bytes.count)] = UInt8(stream.integer(below: 256))
        do {
          _ = try DataLoader.load(folder.write("x", changed))
        } catch is DataError {
        }
      }
    }
  }
}
