import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Data that are kept on disk are the same data.
@Suite(.serialized) struct StreamingTests {
  /// A table of 2500 × 500, 10 MB as doubles: large enough to be on disk.
  private static func text(_ separator: String, _ cell: (Int, Int) -> String?) -> String {
    var text = ""
    for i in 0..<2500 {
      var cells = [String(i % 3)]
      for j in 0..<500 { if let cell = cell(i, j) { cells.append(cell) } }
      text += cells.joined(separator: separator) + "\n"
    }
    return text
  }

  private static func number(_ i: Int, _ j: Int) -> Double {
    Double((i &* 7919 &+ j &* 104_729) % 100_003) / 1000.1
  }

  @Test func theSameAsInMemory() throws {
    let folder = try TemporaryFolder()
    let table = Self.text(",") { "\(Self.number($0, $1))" }
    try folder.write("t.csv", table)
    try folder.write(
      "s.libsvm",
      Self.text(" ") { i, j in (i + j) % 2 == 0 ? "\(j + 1):\(Self.number(i, j))" : nil })
    let memory = try dataset(folder("t.csv"), stream: false)
    #expect(!memory.features.storage.isOnDisk)
    try NumPyFile.write(dataset: memory, to: folder("a.npz"))
    for name in ["t.csv", "s.libsvm", "a.npz"] {
      let here = try dataset(folder(name), stream: false)
      let there = try dataset(folder(name), stream: true)
      #expect(there.features.storage.isOnDisk && !here.features.storage.isOnDisk, "\(name)")
      #expect(here.labels == there.labels && here.classes == there.classes)
      #expect(here.features.storageName == there.features.storageName)
      #expect(try here.features.matrix() == there.features.matrix(), "\(name)")
      let statistics = try (here.features.statistics(), there.features.statistics())
      #expect(statistics.0.mean == statistics.1.mean)
    }
    // Nothing with a name is left, and no place is kept on the disk.
    #expect(folder.names == ["a.npz", "s.libsvm", "t.csv"])
  }

  private func dataset(_ path: String, stream: Bool?) throws -> Dataset {
    var options = LoadOptions(label: path.hasSuffix("csv") ? .first : .auto)
    options.stream = stream
    guard case .dataset(let dataset) = try DataLoader.load(path, options) else {
      throw TemporaryFolder.Trouble.noDataset
    }
    return dataset
  }

  /// The place of an array is given back with the array.
  @Test func placeIsGivenBack() throws {
    var start: UnsafeRawPointer?
    do {
      let buffer = DiskMemory.whileOn { Buffer(zeros: 1 << 22) }
      start = UnsafeRawPointer(buffer.pointer)
      buffer.pointer[(1 << 22) - 1] = 7
      #expect(buffer.pointer[0] == 0 && buffer.pointer[(1 << 22) - 1] == 7)
      #expect(DiskMemory.holds(buffer.pointer))
      #expect(!DiskMemory.holds(Buffer(zeros: 1 << 22).pointer))
    }
    #expect(try !DiskMemory.holds(#require(start)))
  }

  /// More than the disk has is refused, with the folder.
  @Test func moreThanTheDiskHas() {
    #expect(throws: MemoryRefused.self) {
      try DiskMemory.whileOn { try MemoryLimit.require(bytes: 1e18) }
    }
  }
}

extension TemporaryFolder.Trouble {
  fileprivate static var noDataset: any Error { DataError("no dataset") }
}
