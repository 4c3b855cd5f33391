import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Records made by hand.
struct CIFARTests {
  /// A record whose red, green and blue at pixel p are these functions of p.
  private func record(_ label: UInt8, _ planes: [(Int) -> Int]) -> [UInt8] {
    [label] + planes.flatMap { plane in (0..<1024).map { UInt8(plane($0) & 255) } }
  }

  private func plain(_ label: UInt8, _ value: Int = 0) -> [UInt8] {
    record(label, [{ _ in value }, { _ in value }, { _ in value }])
  }

  @Test func planesBecomeHeightWidthChannel() throws {
    let folder = try TemporaryFolder()
    let bytes = record(3, [{ $0 }, { $0 / 32 }, { 255 - $0 % 32 }]) + plain(9, 7)
    let data = try dataset(DataLoader.load(folder.write("pictures", bytes)))
    #expect(data.count == 2)
    #expect(data.labels == [3, 9])
    #expect(data.classes == (0...9).map(String.init))
    #expect(data.imageShape == [32, 32, 3])
    #expect(data.features.storageName == "bytes")
    let row = data.features.row(0)
    for (y, x) in [(0, 0), (0, 1), (1, 0), (31, 31), (7, 20)] {
      let pixel = (y * 32 + x) * 3
      #expect(row[pixel] == Double((y * 32 + x) & 255))
      #expect(row[pixel + 1] == Double(y))
      #expect(row[pixel + 2] == Double(255 - x))
    }
    #expect(data.features.row(1).allSatisfy { $0 == 7 })
  }

  @Test func aFolderIsReadInTheOrderOfTheNumbers() throws {
    let folder = try TemporaryFolder()
    for n in 1...11 { try folder.write("data_batch_\(n).bin", plain(UInt8(n % 10), n)) }
    try folder.write("readme.html", "<html>")
    let train = try dataset(DataLoader.load(folder.path))
    #expect(train.labels == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])
    #expect((0..<11).map { train.features.row($0)[5] } == (1...11).map { Double($0) })

    try folder.write("test_batch_small.bin", plain(0) + plain(1) + plain(2))
    try folder.write("batches.meta.txt", "a\nb\r\nc\nd\ne\nf\ng\nh\ni\nj\n\n\n")
    let parts = try split(DataLoader.load(folder.path + "/"))
    #expect(parts.train.count == 11)
    #expect(parts.test?.labels == [0, 1, 2])
    #expect(parts.train.classes == ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"])
    // The names beside a batch name its classes.
    let one = try dataset(DataLoader.load(folder("data_batch_2.bin")))
    #expect(one.classes[2] == "c")
    #expect(one.name == "data_batch_2")
  }

  @Test func whatIsBrokenSaysWhere() throws {
    let folder = try TemporaryFolder()
    let cut = try folder.write("data_batch_1.bin", plain(1) + plain(2) + [1, 2, 3])
    #expect(
      throws: DataError(
        "holds 2 whole records of 3073 bytes and 3 bytes more", path: cut,
        help: "the file was cut off, or is no batch of CIFAR-10")
    ) { try DataLoader.load(cut) }
    let wrong = try folder.write("data_batch_1.bin", plain(1) + plain(10))
    let error = #expect(throws: DataError.self) { try DataLoader.load(folder.path) }
    #expect(error?.message == "record 2 has the label 10, and there are 10 classes")
    #expect(error?.path == wrong)
    try folder.write("data_batch_1.bin", [])
    #expect(throws: DataError("the file is empty", path: wrong)) {
      try DataLoader.load(folder.path)
    }
    try folder.write("data_batch_1.bin", plain(2))
    try folder.write("batches.meta.txt", "a\nb\n")
    let few = #expect(throws: DataError.self) { try DataLoader.load(folder.path) }
    #expect(few?.message == "record 1 has the label 2, and there are 2 classes")
    try folder.write("batches.meta.txt", "a\n\nb\n")
    let blank = #expect(throws: DataError.self) { try DataLoader.load(folder.path) }
    #expect(blank?.message == "the name of a class is blank")
    #expect(blank?.line == 2)
  }
}
