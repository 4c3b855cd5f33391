import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Against files that numpy wrote; the numbers are those that they were made of.
struct NumPyTests {
  private func array(_ bytes: [UInt8]) throws -> NumPyArray {
    let folder = try TemporaryFolder()
    return try NumPyFile.readArray(folder.write("a.npy", bytes))
  }

  @Test func everyTypeIsRead() throws {
    let doubles = try array(NumPyFixtures.doubles)
    #expect(doubles.shape == [2, 3])
    #expect(bits(doubles.values) == bits([1.5, -2, .infinity, .nan, -0.0, .leastNonzeroMagnitude]))
    let table: [([UInt8], [Int], [Double])] = [
      (NumPyFixtures.fortranBigSingles, [2, 3], [1, 2, 3, 4, 5, 6]),
      // 6e-8 and 0.333 as numpy rounds them to 16 bits.
      (NumPyFixtures.halves, [5], [1.5, 65504, 0x1p-24, -.infinity, 0.3330078125]),
      (NumPyFixtures.bigHalves, [2], [1.5, -2]),
      (NumPyFixtures.int8, [2], [-128, 127]),
      (NumPyFixtures.int16Fortran3, [2, 3, 4], (0..<24).map { Double($0) }),
      (NumPyFixtures.int32Big, [2], [-0x1p31, 0x1p31 - 1]),
      (NumPyFixtures.int64, [2], [-0x1p53, 7]),
      (NumPyFixtures.uint16Big, [2], [65535, 1]),
      (NumPyFixtures.uint32, [1], [0x1p32 - 1]),
      (NumPyFixtures.uint64, [1], [0x1p63]),
      (NumPyFixtures.bools, [3], [1, 0, 1]),
      (NumPyFixtures.scalar, [], [3.25]),
      (NumPyFixtures.empty, [0, 3], []),
      (NumPyFixtures.version2, [2], [1, 2]),
      (NumPyFixtures.version3, [2], [1, 2]),
    ]
    for (bytes, shape, values) in table {
      let read = try array(bytes)
      #expect(read.shape == shape)
      #expect(read.values == values)
    }
    #expect(try array(NumPyFixtures.texts).texts == ["cat", "Δ", ""])
    #expect(try array(NumPyFixtures.bigTexts).texts == ["ab", "c"])
  }

  @Test func objectsAndRecordsAreRefused() {
    for (bytes, message) in [
      (
        NumPyFixtures.objects,
        "arrays of Python objects are not read: they are programs, not data"
      ),
      (NumPyFixtures.records, "arrays of records are not read"),
      (NumPyFixtures.complex, "arrays of the type \"<c16\" are not read"),
    ] {
      let error = #expect(throws: DataError.self) { try array(bytes) }
      #expect(error?.message == message)
    }
  }

  @Test func archivesOfXAndYAreDatasets() throws {
    let folder = try TemporaryFolder()
    let stored = try dataset(
      DataLoader.load(folder.write("stored.npz", NumPyFixtures.storedArchive)))
    #expect(stored.features.storageName == "bytes")
    #expect(stored.classes == ["a", "b"])
    #expect(stored.labels == [1, 0, 1])
    #expect(stored.features.row(2) == [4, 5])
    #expect(stored.name == "stored")

    // The name does not matter.
    let parts = try split(
      DataLoader.load(folder.write("deflated", NumPyFixtures.deflatedArchive)))
    #expect(parts.train.features.storageName == "single")
    #expect(parts.train.classes == ["2", "3", "10"])
    #expect(parts.train.labels == [0, 2, 0])
    #expect(parts.test?.labels == [1])
    #expect(parts.train.features.row(2) == [1, 1.25])

    guard
      case .arrays(let arrays) = try DataLoader.load(
        folder.write("other.npz", NumPyFixtures.otherArchive))
    else {
      Issue.record("no arrays")
      return
    }
    #expect(arrays.map(\.name) == ["W", "b"])
    #expect(arrays.first?.array.values == [1, 2])
  }

  @Test func whatNumPyWroteIsWhatIsWritten() throws {
    let folder = try TemporaryFolder()
    for (name, fixture) in [
      ("doubles", NumPyFixtures.doubles), ("int64", NumPyFixtures.int64),
      ("bools", NumPyFixtures.bools), ("texts", NumPyFixtures.texts),
      ("scalar", NumPyFixtures.scalar), ("empty", NumPyFixtures.empty),
      ("halves", NumPyFixtures.halves), ("uint32", NumPyFixtures.uint32),
    ] {
      let path = folder(name)
      try NumPyFile.writeArray(array(fixture), to: path)
      let written = try TemporaryFolder.bytes(path)
      let isSame = written == fixture
      #expect(isSame, "\(name)")
    }
  }

  @Test func archivesComeBack() throws {
    let folder = try TemporaryFolder()
    var stream = RandomStream(seed: 1, key: "archives", count: 0)
    let values = (0..<20_000).map { _ in Double(bitPattern: stream.nextUInt64()) }
    let arrays = [
      NamedArray(name: "a", array: try NumPyArray(shape: [20_000], values: values)),
      NamedArray(name: "b", array: try NumPyArray(shape: [2, 0], values: [])),
      NamedArray(name: "c", array: try NumPyArray(shape: [2], texts: ["Δ", "two words"])),
    ]
    try NumPyFile.writeArchive(arrays, to: folder("a.npz"))
    let back = try NumPyFile.readArchive(folder("a.npz"))
    #expect(back.map(\.name) == ["a", "b", "c"])
    #expect(bits(back[0].array.values) == bits(values))
    #expect(back[1].array.shape == [2, 0])
    #expect(back[2].array.texts == ["Δ", "two words"])
    #expect(folder.names == ["a.npz"])
  }

  @Test func datasetsAndSplitsComeBack() throws {
    let folder = try TemporaryFolder()
    let stream = RandomStream(seed: 2, key: "archives", count: 0)
    let pictures = try Synthetic.make(kind: "images", n: 30, d: 8, stream: stream)
    try NumPyFile.write(dataset: pictures, to: folder("p.npz"))
    let back = try dataset(DataLoader.load(folder("p.npz")))
    #expect(back.features.storageName == "bytes")
    #expect(back.imageShape == [8, 8, 3])
    #expect(back.classes == pictures.classes)
    #expect(back.labels == pictures.labels)
    #expect(try back.features.rawMatrix() == pictures.features.rawMatrix())

    let rule = SplitRule(train: 20, val: 5, test: 5)
    let parts = try rule.cut(pictures, stream: stream)
    try NumPyFile.write(split: parts, to: folder("s.npz"))
    let partsBack = try split(DataLoader.load(folder("s.npz")))
    #expect(partsBack.partNames == ["train", "val", "test"])
    #expect(partsBack.val?.labels == parts.val?.labels)
    #expect(partsBack.test?.classes == pictures.classes)
  }

  @Test func numbersThatDoNotFitAreErrors() throws {
    let folder = try TemporaryFolder()
    for value in [256, -1, 0.5, .nan, .infinity] {
      let array = try NumPyArray(shape: [1], values: [value], type: .uint(1))
      #expect(throws: DataError.self) { try NumPyFile.writeArray(array, to: folder("a.npy")) }
    }
    #expect(folder.names.isEmpty)
    #expect(throws: DataError("2 entries don't fill an array of the shape [3]")) {
      try NumPyArray(shape: [3], values: [1, 2])
    }
  }

  /// All 65536 patterns there and back, and halves between neighbors go to the even one.
  @Test func halvesRoundToEven() {
    for pattern in UInt16.min...UInt16.max {
      let value = HalfFloat.value(pattern)
      if value.isNaN { continue }
      #expect(HalfFloat.bits(value) == pattern)
    }
    // IEEE 754: 2048 + 1 is half-way between 2048 and 2050; 65520 rounds to infinity.
    #expect(HalfFloat.value(HalfFloat.bits(2049)) == 2048)
    #expect(HalfFloat.value(HalfFloat.bits(2051)) == 2052)
    #expect(HalfFloat.value(HalfFloat.bits(65519.99)) == 65504)
    #expect(HalfFloat.value(HalfFloat.bits(65520)) == .infinity)
    #expect(HalfFloat.bits(0x1p-25) == 0)
    #expect(HalfFloat.bits(0x1.8p-25) == 1)
  }

  /// A matrix by columns on disk, of more than one tile each way, in each form.
  @Test(arguments: [("|u1", 1.0, 255.0), ("<f4", 0.5, 1e6), (">f8", 0.1, 1e6)])
  func matricesByColumns(type: String, step: Double, limit: Double) throws {
    let (rows, columns) = (9001, 19)
    func value(_ i: Int, _ j: Int) -> Double {
      (Double(i * columns + j) * step).truncatingRemainder(dividingBy: limit)
    }
    var entries: [UInt8] = []
    for j in 0..<columns {
      for i in 0..<rows {
        let x = value(i, j)
        switch type {
        case "|u1": entries.append(UInt8(x))
        case "<f4": withUnsafeBytes(of: Float(x).bitPattern.littleEndian) { entries += $0 }
        default: withUnsafeBytes(of: x.bitPattern.bigEndian) { entries += $0 }
        }
      }
    }
    let header = "{'descr': '\(type)', 'fortran_order': True, 'shape': (\(rows), \(columns)), }"
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "a.npy",
      NumPyHeader.magic + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + entries)
    let source = try #require(try DataSource.onDisk(path))
    let data = try NumPyData(ArrayBytes(source), path: path)
    let features = try data.features(rows: rows, columns: columns)
    let form = ["|u1": "bytes", "<f4": "single"][type] ?? "double"
    #expect(features.storage.storageName == form)
    let array = try data.array()
    for i in stride(from: 0, to: rows, by: 7) {
      let row = (0..<columns).map { value(i, $0) }
      #expect(features.row(i) == row)
      #expect((0..<columns).map { array.values[i * columns + $0] } == row)
    }
  }
}
