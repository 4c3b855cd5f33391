import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// What `make_fixtures.py` wrote, by its formula.
struct CIFARVersionsTests {
  /// Whether row `i` is picture `n`: 7 n + 50 c + 3 y + 5 x modulo 256, channels last.
  private func isPicture(_ n: Int, _ row: [Double]) -> Bool {
    row.count == 3072
      && (0..<3072).allSatisfy { k in
        let (y, x, c) = (k / 96, k / 3 % 32, k % 3)
        return row[k] == Double((7 * n + 50 * c + 3 * y + 5 * x) % 256)
      }
  }

  private func expectPictures(_ data: Dataset?, _ numbers: Range<Int>) throws {
    let data = try #require(data)
    #expect(data.count == numbers.count)
    #expect(data.imageShape == [32, 32, 3])
    #expect(data.features.storageName == "bytes")
    for (i, n) in numbers.enumerated() { #expect(isPicture(n, data.features.row(i))) }
  }

  private static let names = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  @Test(arguments: ["cifar-10-python", "cifar-10-binary"])
  func theArchiveAsDownloadedAndItsFolder(_ name: String) throws {
    let folder = try TemporaryFolder()
    let archive = Fixtures.path("\(name).tar.gz")
    try Fixtures.unpack("\(name).tar.gz", into: folder)
    for path in [archive, folder.path] {
      for format in [nil, "cifar10"] {
        let parts = try split(DataLoader.load(path, LoadOptions(format: format)))
        try expectPictures(parts.train, 0..<10)
        try expectPictures(parts.test, 10..<13)
        #expect(parts.train.labels == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
        #expect(parts.test?.labels == [0, 1, 2])
        #expect(parts.train.classes == Self.names)
        if path == archive { #expect(parts.train.name == name) }
      }
    }
  }

  @Test(arguments: ["cifar-100-python", "cifar-100-binary"])
  func fineAndCoarseLabels(_ name: String) throws {
    let folder = try TemporaryFolder()
    try Fixtures.unpack("\(name).tar.gz", into: folder)
    for path in [Fixtures.path("\(name).tar.gz"), folder.path] {
      for label in [LabelColumn.auto, .named("fine")] {
        let parts = try split(DataLoader.load(path, LoadOptions(label: label)))
        try expectPictures(parts.train, 0..<5)
        try expectPictures(parts.test, 5..<7)
        #expect(parts.train.labels == [0, 7, 14, 21, 28])
        #expect(parts.test?.labels == [35, 42])
        #expect(parts.train.classes[28] == "fine_28")
        #expect(parts.train.classCount == 100)
      }
      let parts = try split(DataLoader.load(path, LoadOptions(label: .named("coarse"))))
      #expect(parts.train.labels == [0, 3, 6, 9, 12])
      #expect(parts.test?.labels == [15, 18])
      #expect(parts.train.classes[12] == "coarse_12")
      #expect(parts.train.classCount == 20)
      let error = #expect(throws: DataError.self) {
        try DataLoader.load(path, LoadOptions(label: .named("x")))
      }
      #expect(error?.message == "CIFAR-100 has fine and coarse labels")
    }
  }

  @Test func aSingleBatchIsKnownByItsContent() throws {
    let folder = try TemporaryFolder()
    for name in ["cifar-10-python", "cifar-10-binary", "cifar-100-python", "cifar-100-binary"] {
      try Fixtures.unpack("\(name).tar.gz", into: folder)
    }
    try expectPictures(try dataset(DataLoader.load(folder("data_batch_2"))), 2..<4)
    let one = try dataset(DataLoader.load(folder("data_batch_2")))
    #expect(one.classes == Self.names)
    try expectPictures(try dataset(DataLoader.load(folder("train"))), 0..<5)
    let named = try folder.write("x", try TemporaryFolder.bytes(folder("test.bin")))
    let hundred = try dataset(DataLoader.load(named))
    try expectPictures(hundred, 5..<7)
    #expect(hundred.classCount == 100)
    #expect(hundred.labels == [35, 42])
  }

  @Test func anyNumberOfThreadsReadsTheSame() throws {
    let threads = Parallel.threads
    defer { Parallel.threads = threads }
    let folder = try TemporaryFolder()
    // Three pieces of a binary batch.
    func value(_ n: Int, _ k: Int) -> UInt8 { UInt8((n * 31 + k * k) & 255) }
    var bytes: [UInt8] = []
    for n in 0..<600 {
      bytes.append(UInt8(n % 10))
      for k in 0..<3072 { bytes.append(value(n, k)) }
    }
    let path = try folder.write("data_batch_1.bin", bytes)
    for count in [1, 3] {
      Parallel.threads = count
      let data = try dataset(DataLoader.load(path))
      #expect(data.labels == (0..<600).map { $0 % 10 })
      for n in [0, 255, 256, 599] {
        let row = data.features.row(n)
        for p in [0, 1, 517, 1023] {
          for c in 0..<3 { #expect(row[3 * p + c] == Double(value(n, c * 1024 + p))) }
        }
      }
    }
  }

  @Test func writtenByEveryPythonInEveryProtocol() throws {
    var names = ["arrays", "scalars"]
    for protocolNumber in 0..<6 {
      names.append("python3-\(protocolNumber)")
      if protocolNumber < 4 { names.append("python3-old-\(protocolNumber)") }
      if protocolNumber < 3 { names.append("python2-\(protocolNumber)") }
    }
    for name in names {
      for format in [nil, "cifar10", "pickle"] {
        let data = try dataset(
          DataLoader.load(Fixtures.path("pickles/\(name).gz"), LoadOptions(format: format)))
        try expectPictures(data, 3..<5)
        #expect(data.labels == [3, 4], "\(name)")
      }
    }
  }
}
