import Glibc
import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Files written by hand: their header is eight bytes and four for each further axis.
struct IDXTests {
  private func idx(_ type: UInt8, _ shape: [Int], _ entries: [UInt8]) -> [UInt8] {
    [0, 0, type, UInt8(shape.count)]
      + shape.flatMap { size in [24, 16, 8, 0].map { UInt8(size >> $0 & 255) } } + entries
  }

  private func pictures(_ count: Int, _ first: UInt8 = 0) -> [UInt8] {
    idx(8, [count, 2, 3], (0..<6 * count).map { first &+ UInt8($0) })
  }

  @Test func aFolderIsTrainAndTest() throws {
    for (mark, gap) in [("-", "-"), (".", "."), (".", "-")] {
      let folder = try TemporaryFolder()
      try folder.write("train-images\(mark)idx3-ubyte", pictures(3))
      try folder.write("train-labels\(gap)idx1-ubyte", idx(8, [3], [7, 2, 7]))
      try folder.write("t10k-images\(mark)idx3-ubyte", pictures(2, 100))
      try folder.write("t10k-labels\(gap)idx1-ubyte", idx(8, [2], [9, 2]))
      try folder.write("readme.txt", "about")
      let parts = try split(DataLoader.load(folder.path))
      #expect(parts.train.classes == ["2", "7", "9"])
      #expect(parts.train.labels == [1, 0, 1])
      #expect(parts.test?.labels == [2, 0])
      #expect(parts.train.imageShape == [2, 3, 1])
      #expect(parts.train.features.storageName == "bytes")
      #expect(parts.train.features.row(1) == [6, 7, 8, 9, 10, 11])
      #expect(parts.test?.features.row(0) == [100, 101, 102, 103, 104, 105])
      // Either file of a pair finds the other one.
      for name in ["train-images\(mark)idx3-ubyte", "train-labels\(gap)idx1-ubyte"] {
        let one = try dataset(DataLoader.load(folder(name)))
        #expect(one.labels == [1, 0, 1])
        #expect(one.classes == ["2", "7"])
        #expect(one.features.row(2) == [12, 13, 14, 15, 16, 17])
      }
      let both = try split(
        DataLoader.load(
          folder("train-images\(mark)idx3-ubyte"),
          LoadOptions(testPath: folder("t10k-labels\(gap)idx1-ubyte"))))
      #expect(both.test?.labels == [2, 0])
    }
  }

  /// `make_fixtures.py` compresses with Python's gzip; picture n has 5 n + 3 y + x.
  @Test func compressedPairsAndAnArchiveOfThem() throws {
    for path in ["mnist", "mnist.zip", "mnist/emnist-letters-train-images-idx3-ubyte.gz"] {
      let loaded = try DataLoader.load(Fixtures.path(path))
      let train: Dataset
      if path.hasSuffix(".gz") {
        train = try dataset(loaded)
      } else {
        train = try split(loaded).train
        #expect(try split(loaded).test?.labels == [0, 1])
      }
      #expect(train.classes == ["0", "1", "2", "3", "4"])
      #expect(train.labels == [0, 1, 2, 3, 4])
      #expect(train.imageShape == [28, 28, 1])
      for n in 0..<5 {
        let row = train.features.row(n)
        #expect(row == (0..<784).map { Double((5 * n + 3 * ($0 / 28) + $0 % 28) % 256) })
      }
    }
  }

  @Test func everyType() throws {
    let folder = try TemporaryFolder()
    try folder.write("a-labels-idx1", idx(8, [2], [0, 1]))
    for (type, entries, expected, storage) in [
      (9, [255, 2, 128, 4], [-1, 2, -128, 4], "single"),
      (11, [255, 255, 0, 2, 1, 0, 0, 4], [-1, 2, 256, 4], "single"),
      (
        12, [0, 0, 1, 0, 127, 255, 255, 255, 0, 0, 0, 0, 255, 255, 255, 254],
        [256, 2147483647, 0, -2], "double"
      ),
      (
        13, [0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 0x7F, 0xFF, 0xFF],
        [0.5, -2, 0, 3.4028234663852886e38], "single"
      ),
      (
        14, [0x3F, 0xB9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A] + [UInt8](repeating: 0, count: 24),
        [0.1, 0, 0, 0], "double"
      ),
    ] as [(UInt8, [UInt8], [Double], String)] {
      try folder.write("a-images-idx3", idx(type, [2, 2], entries))
      let data = try dataset(DataLoader.load(folder("a-images-idx3")))
      #expect(data.features.row(0) + data.features.row(1) == expected)
      #expect(data.features.storageName == storage)
      #expect(data.imageShape == nil)
    }
    // Pictures with channels.
    try folder.write("a-images-idx3", idx(8, [2, 1, 2, 3], (0..<12).map { UInt8($0) }))
    #expect(try dataset(DataLoader.load(folder("a-images-idx3"))).imageShape == [1, 2, 3])
    // Labels alone are a vector.
    try folder.write("b-labels-idx1", idx(8, [2], [5, 6]))
    guard case .arrays(let arrays) = try DataLoader.load(folder("b-labels-idx1")) else {
      Issue.record("no arrays")
      return
    }
    #expect(arrays[0].array.values == [5, 6])
  }

  @Test func brokenFiles() throws {
    let good = idx(8, [2], [0, 1])
    func message(
      _ images: [UInt8], _ labels: [UInt8]? = nil, format: String? = "idx"
    ) throws -> String {
      let folder = try TemporaryFolder()
      let path = try folder.write("x-images-idx3-ubyte", images)
      if let labels { try folder.write("x-labels-idx1-ubyte", labels) }
      let error = #expect(throws: DataError.self) {
        try DataLoader.load(path, LoadOptions(format: format))
      }
      #expect(error?.path?.hasPrefix(folder.path) == true)
      return error?.message ?? ""
    }
    let cut = "the header of the IDX file ends in the middle"
    for count in 2..<16 { #expect(try message(Array(pictures(2).prefix(count)), good) == cut) }
    for count in 16..<28 {
      #expect(
        try message(Array(pictures(2).prefix(count)), good)
          == "the file ends in the middle: 12 bytes are announced, and \(count - 16) are there")
    }
    #expect(try message([], good) == "does not begin as an IDX file does")
    #expect(try message([1, 2, 3, 4], good) == "does not begin as an IDX file does")
    #expect(try message(idx(7, [2, 1], [1, 2]), good) == "does not begin as an IDX file does")
    #expect(try message(idx(8, [], [1, 2, 3, 4, 5, 6, 7, 8]), good).hasPrefix("does not begin"))
    #expect(
      try message(idx(8, [Int(UInt32.max), 1 << 16, 1 << 16, 1 << 16], [1]), good)
        == "the shape 4294967295, 65536, 65536, 65536 is too large")
    #expect(
      try message(idx(8, [10 << 20, 32, 32], [1]), good)
        == "the file ends in the middle: 10737418240 bytes are announced, and 1 are there")
    #expect(
      try message(pictures(2) + [9], good)
        == "the file holds more than the 12 bytes that are announced")
    #expect(try message(pictures(2)) == "the file of labels is not beside the pictures")
    #expect(try message(pictures(3), good) == "there are 3 pictures and 2 labels")
    #expect(try message(idx(8, [0, 2, 2], []), idx(8, [0], [])) == "the file holds no pictures")
    #expect(try message(idx(8, [2, 0, 2], []), good) == "the file holds no pictures")
    #expect(try message(pictures(2), pictures(2)) == "the labels have 3 axes, and need one")
    #expect(
      try message(pictures(2), idx(13, [2], [0, 0, 0, 0, 0x7F, 0xC0, 0, 0]))
        == "holds NaN: every label must be there")
    #expect(
      try message(pictures(2), Array(good.dropLast()))
        == "the file ends in the middle: 2 bytes are announced, and 1 are there")
    // Ten gigabytes in a compressed kilobyte.
    let claim = try Fixtures.bytes("mnist-claim.gz")
    #expect(
      try message(claim, good)
        == "10737418240 bytes are announced, more than \(claim.count) compressed ones hold")
    // A compressed file that is cut off.
    let whole = try Fixtures.bytes("mnist/emnist-letters-train-images-idx3-ubyte.gz")
    #expect(
      try message(Array(whole.prefix(whole.count / 2)), good)
        == "the compressed data ends in the middle")
  }

  @Test func foldersThatAreNone() throws {
    let folder = try TemporaryFolder()
    func message() -> String {
      (#expect(throws: DataError.self) { try DataLoader.load(folder.path) })?.message ?? ""
    }
    try folder.write("train-images-idx3-ubyte", pictures(2))
    #expect(message() == "the folder holds no labels beside \"train-images-idx3-ubyte\"")
    try folder.write("train-labels-idx1-ubyte", idx(8, [2], [0, 1]))
    try folder.write("train-images-idx3-ubyte", idx(8, [2], [0, 1]))
    #expect(message() == "the file has one axis, and pictures have three")
    try folder.write("train-images-idx3-ubyte", pictures(2))
    folder.makeFolder("t10k-labels-idx1-ubyte")
    #expect(message() == "the folder holds no pictures beside \"t10k-labels-idx1-ubyte\"")
    rmdir(folder("t10k-labels-idx1-ubyte"))
    try folder.write("emnist-train-images-idx3-ubyte", pictures(2))
    #expect(message() == "the folder holds several sets: -…, emnist--…")
  }
}
