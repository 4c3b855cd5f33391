import Glibc
import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Pictures by Pillow and, of kinds that it does not write, by hand; the expected pixels are what
/// Pillow decodes.
struct PicturesTests {
  private static let kinds = Fixtures.path("pictures/kinds")
  private static let grays = [
    "gray-alpha.png", "gray-interlaced.png", "gray.jpg", "gray.png", "gray1.png", "gray2.png",
    "gray4.png",
  ]
  private static let colors = [
    "color-420.JPEG", "color-422-progressive.jpg", "color-alpha.png", "color-interlaced.png",
    "color-palette.png", "color-profile.jpg", "color-transparent.png", "color.jpg", "color.png",
    "color16.png",
  ]

  /// Pixels that Pillow decodes, by the name of the file and a size.
  private static func expected() throws -> [String: [Double]] {
    let arrays = try NumPyFile.readArchive(Fixtures.path("pictures/expected.npz"))
    return Dictionary(uniqueKeysWithValues: arrays.map { ($0.name, $0.array.values) })
  }

  @Test func everyKindIsWhatPillowDecodes() throws {
    let expected = try Self.expected()
    let data = try dataset(DataLoader.load(Self.kinds))
    #expect(data.classes == ["color", "gray"])
    #expect(data.imageShape == [9, 11, 3])
    #expect(data.features.storageName == "bytes")
    #expect(data.labels == Self.colors.map { _ in 0 } + Self.grays.map { _ in 1 })
    for (i, name) in Self.colors.enumerated() {
      #expect(data.features.row(i) == expected[name], "\(name)")
    }
    for (i, name) in Self.grays.enumerated() {
      let gray = try #require(expected[name])
      #expect(data.features.row(Self.colors.count + i) == gray.flatMap { [$0, $0, $0] }, "\(name)")
    }
  }

  @Test func grayPicturesHaveOneChannel() throws {
    let expected = try Self.expected()
    let folder = try TemporaryFolder()
    folder.makeFolder("a")
    for name in Self.grays {
      try folder.write("a/\(name)", try Fixtures.bytes("pictures/kinds/gray/\(name)"))
    }
    try folder.write("a/notes.txt", "about")
    try folder.write("a/.hidden.png", "no picture")
    let data = try dataset(DataLoader.load(folder.path))
    #expect(data.imageShape == [9, 11, 1])
    for (i, name) in Self.grays.enumerated() {
      #expect(data.features.row(i) == expected[name], "\(name)")
    }
  }

  @Test(arguments: [(4, 3), (25, 30), (11, 5)])
  func resizingIsPillows(_ width: Int, _ height: Int) throws {
    let expected = try Self.expected()
    let size = (height, width)
    let data = try dataset(DataLoader.load(Self.kinds, LoadOptions(pictureSize: size)))
    #expect(data.imageShape == [height, width, 3])
    let suffix = "-\(height)x\(width)"
    for (i, name) in Self.colors.enumerated() {
      #expect(data.features.row(i) == expected[name + suffix], "\(name)\(suffix)")
    }
    for (i, name) in Self.grays.enumerated() {
      let gray = try #require(expected[name + suffix])
      #expect(data.features.row(Self.colors.count + i) == gray.flatMap { [$0, $0, $0] }, "\(name)")
    }
  }

  @Test func partsInAnArchiveAndInFolders() throws {
    for format in [nil, "images"] {
      let parts = try split(
        DataLoader.load(Fixtures.path("pictures/animals.tar.gz"), LoadOptions(format: format)))
      #expect(parts.train.classes == ["cat", "dog"])
      #expect(parts.train.name == "animals")
      #expect(parts.train.imageShape == [4, 6, 3])
      // Pictures 1 and 3 are cats, and 0 and 2 dogs; picture n has 40 n everywhere.
      #expect(parts.train.labels == [0, 0, 1, 1])
      #expect(parts.test?.labels == [0, 1])
      for (i, n) in [1, 3, 0, 2].enumerated() {
        #expect(parts.train.features.row(i).allSatisfy { $0 == Double(40 * n) })
      }
      for (i, n) in [5, 4].enumerated() {
        #expect(parts.test?.features.row(i).allSatisfy { $0 == Double(40 * n) } == true)
      }
    }
  }

  @Test func anyNumberOfThreadsDecodesTheSame() throws {
    let threads = Parallel.threads
    defer { Parallel.threads = threads }
    var rows: [[Double]] = []
    for count in [1, 2, 5] {
      Parallel.threads = count
      let data = try dataset(DataLoader.load(Self.kinds, LoadOptions(pictureSize: (20, 7))))
      rows.append((0..<data.count).flatMap { data.features.row($0) })
    }
    #expect(rows[0] == rows[1] && rows[0] == rows[2])
  }

  // MARK: What is refused

  private func message(
    _ files: [(String, [UInt8])], _ options: LoadOptions = LoadOptions(format: "images")
  ) throws -> String {
    let folder = try TemporaryFolder()
    for (name, bytes) in files {
      if name.contains("/") { folder.makeFolder(String(name.split(separator: "/")[0])) }
      try folder.write(name, bytes)
    }
    let error = #expect(throws: DataError.self) { try DataLoader.load(folder.path, options) }
    #expect(error?.path?.hasPrefix(folder.path) == true)
    return error?.message ?? ""
  }

  @Test func brokenPictures() throws {
    let damaged = "the picture is damaged: the file ends in the middle"
    let png = try Fixtures.bytes("pictures/kinds/color/color.png")
    // The header, the data, their check sum, the end.
    for count in [8, 20, 25] {
      #expect(try message([("a/x.png", Array(png.prefix(count)))]) == damaged)
    }
    for count in [26, 33, 40, 45, 100, png.count - 13, png.count - 5, png.count - 1] {
      #expect(
        try message([("a/x.png", Array(png.prefix(count)))]).hasPrefix("the picture is damaged"),
        "\(count)")
    }
    for place in [12, 17, 24, 25, 30, 50, 80] {
      var changed = png
      changed[place] ^= 0x55
      let words = try message([("a/x.png", changed)])
      #expect(
        words.hasPrefix("the picture is damaged") || words == "is no PNG or JPEG picture"
          || words.contains("can't hold"), "\(place): \(words)")
    }
    let jpeg = try Fixtures.bytes("pictures/kinds/color/color.jpg")
    for count in [3, 4, 20, 150] {
      #expect(try message([("a/x.jpg", Array(jpeg.prefix(count)))]) == damaged, "\(count)")
    }
    for count in [300, 620, 700, jpeg.count - 2] {
      #expect(
        try message([("a/x.jpg", Array(jpeg.prefix(count)))]).hasPrefix("the picture is damaged"),
        "\(count)")
    }
    #expect(try message([("a/x.png", [])]) == damaged)
    #expect(try message([("a/x.png", Array("no picture".utf8))]) == "is no PNG or JPEG picture")
    #expect(
      try message([("a/x.jpg", try Fixtures.bytes("pictures/inks.jpg"))])
        == "the picture is in the four inks of print, not in gray or RGB")
    // A PNG is known by its content.
    let folder = try TemporaryFolder()
    folder.makeFolder("a")
    try folder.write("a/x.jpg", png)
    #expect(try dataset(DataLoader.load(folder.path)).count == 1)
  }

  @Test func absurdSizesAreRefused() throws {
    func png(_ width: Int, _ height: Int) throws -> [UInt8] {
      var bytes = try Fixtures.bytes("pictures/kinds/color/color.png")
      for i in 0..<4 {
        bytes[16 + i] = UInt8(width >> (24 - 8 * i) & 255)
        bytes[20 + i] = UInt8(height >> (24 - 8 * i) & 255)
      }
      return bytes
    }
    let size = try png(1, 1).count
    #expect(
      try message([("a/x.png", try png(100_000, 100_000))])
        == "\(size) bytes can't hold the 100000 × 100000 pixels that are announced")
    #expect(
      try message([("a/x.png", try png(4_294_967_295, 4_294_967_295))]).contains("can't hold"))
    // The same, compressed by Python's gzip once more.
    #expect(
      try message([("a/x.png", try Fixtures.bytes("pictures/claim.gz"))]).contains("can't hold"))
    #expect(try message([("a/x.png", try png(0, 5))]) == "the picture has no pixels")
    #expect(try message([("a/x.png", try png(11, 10))]).hasPrefix("the picture is damaged"))
    var jpeg = try Fixtures.bytes("pictures/kinds/color/color.jpg")
    let frame = try #require((0..<jpeg.count).first { jpeg[$0...].starts(with: [0xFF, 0xC0]) })
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(
      try message([("a/x.jpg", jpeg)])
        == "\(jpeg.count) bytes can't hold the 65535 × 65535 pixels that are announced")
  }

  @Test func foldersThatAreNone() throws {
    let png = try Fixtures.bytes("pictures/kinds/color/color.png")
    let other = try Fixtures.bytes("pictures/kinds/gray/gray.png")
    #expect(try message([]) == "the folder holds no folders of PNG or JPEG pictures")
    #expect(
      try message([("x.png", png)], LoadOptions())
        == "the picture \"x.png\" lies beside the folders, and has no class")
    #expect(
      try message([("a/x.png", png), ("y.jpg", png)], LoadOptions())
        == "the picture \"y.jpg\" lies beside the folders, and has no class")
    let small = try split(DataLoader.load(Fixtures.path("pictures/animals.tar.gz")))
    #expect(small.train.count == 4)
    let folder = try TemporaryFolder()
    folder.makeFolder("a")
    try folder.write("a/x.png", other)
    var tall = other
    tall.replaceSubrange(16..<24, with: [0, 0, 0, 9, 0, 0, 0, 5])
    try folder.write("a/y.png", tall)
    let error = #expect(throws: DataError.self) { try DataLoader.load(folder.path) }
    #expect(error?.message == "this picture has 5 × 9 pixels, and the first one has 9 × 11")
    #expect(error?.help == "say size=32, or size=[9, 11], to bring all to one size")
    #expect(error?.path == folder("a/y.png"))
    let file = #expect(throws: DataError.self) { try DataLoader.load(folder("a/x.png")) }
    #expect(file?.message == "is one picture, and a folder of them is read")
    let table = try folder.write("t.csv", "1,2,a\n")
    let wrong = #expect(throws: DataError.self) {
      try DataLoader.load(table, LoadOptions(pictureSize: (3, 3)))
    }
    #expect(wrong?.message == "size= is for folders of pictures, and this is csv")
  }

  /// What has the name of a picture, and is none.
  @Test func namesOfPicturesThatAreNoFiles() throws {
    let png = try Fixtures.bytes("pictures/kinds/gray/gray.png")
    func error(_ make: (String) -> Int32) throws -> DataError? {
      let folder = try TemporaryFolder()
      folder.makeFolder("a")
      try folder.write("a/x.png", png)
      #expect(make(folder("a/y.png")) == 0)
      let error = #expect(throws: DataError.self) { try DataLoader.load(folder.path) }
      #expect(error?.path == folder("a/y.png"))
      return error
    }
    #expect(try error { mkfifo($0, 0o600) }?.message == "is a pipe, not a file")
    #expect(
      try error { symlink("/dev/zero", $0) }?.message == "is a device or socket, not a file")
    #expect(
      try error { symlink("none.png", $0) }?.message == "is a link to a file that is not there")
    #expect(
      try error { symlink("y.png", $0) }?.message
        == "can't be read: Too many levels of symbolic links")
    if geteuid() != 0 {
      #expect(try error { close(creat($0, 0)) }?.message == "can't be read: Permission denied")
    }
  }

  /// A link to a folder above has no end.
  @Test func aLinkToAFolderAboveIsNotFollowed() throws {
    let folder = try TemporaryFolder()
    folder.makeFolder("a")
    try folder.write("a/x.png", Fixtures.bytes("pictures/kinds/gray/gray.png"))
    #expect(symlink(".", folder("a/again")) == 0)
    #expect(try dataset(DataLoader.load(folder.path)).count == 1)
  }

  @Test func everyChangeOfAPictureIsHeardOrDecoded() throws {
    let folder = try TemporaryFolder()
    folder.makeFolder("a")
    var stream = RandomStream(seed: 5, key: "pictures", count: 0)
    var refused = 0
    for name in Self.colors.map({ "color/" + $0 }) + Self.grays.map({ "gray/" + $0 }) {
      let bytes = try Fixtures.bytes("pictures/kinds/\(name)")
      for _ in 0..<40 {
        var changed = bytes
        for _ in 0...stream.integer(below: 3) {
          changed[stream.integer(below: changed.count)] = UInt8(stream.integer(below: 256))
        }
        try folder.write("a/x.png", changed)
        do {
          _ = try DataLoader.load(folder.path)
        } catch is DataError {
          refused += 1
        } catch is MemoryRefused {
          refused += 1
        }
      }
    }
    #expect(refused > 100)
  }
}
