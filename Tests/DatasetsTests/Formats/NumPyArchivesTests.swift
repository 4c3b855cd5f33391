import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Archives that numpy and scipy wrote.
struct NumPyArchivesTests {
  private func rows(_ data: Dataset) -> [Double] {
    (0..<data.count).flatMap { data.features.row($0) }
  }

  // MARK: Dense arrays

  /// Entry (n, d) is 3 n + d modulo 100, of bools whether that is odd.
  @Test(arguments: ["types.npz", "types-compressed.npz"])
  func everyTypeOrderAndCompression(_ name: String) throws {
    let members = try NumPyFile.members(
      try #require(try DataSource.onDisk(Fixtures.path("numpy/\(name)"))))
    #expect(members.count == 12 * 4)
    for (name, data) in members {
      let values = (0..<200).map { k -> Double in
        let value = 3 * (k / 4) + k % 4
        return Double(name.hasPrefix("b") ? value % 2 : value % 100)
      }
      let array = try data.array()
      #expect(array.shape == [50, 4])
      #expect(array.values == values, "\(name)")
      let features = try data.features(rows: 50, columns: 4)
      #expect(features.storageName == "bytes")
      #expect((0..<50).flatMap { features.row($0) } == values, "\(name)")
    }
  }

  @Test func everyFormOfFeaturesInManyBlocks() throws {
    let folder = try TemporaryFolder()
    let threads = Parallel.threads
    defer { Parallel.threads = threads }
    // 40 000 entries are two blocks; the second one decides.
    for (value, storage) in [(7.0, "bytes"), (-7, "single"), (0.1, "double"), (256, "single")] {
      for first in [7.0, 0.5, 0.1] {
        for columns in [4, 200] {
          var values = [Double](repeating: first, count: 40_000)
          values[39_999] = value
          let widest =
            first == 0.1 || storage == "double" ? "double" : first == 7 ? storage : "single"
          let y = NamedArray(
            name: "y",
            array: try NumPyArray(
              shape: [40_000 / columns], values: (0..<40_000 / columns).map { Double($0 % 2) }))
          let X = try NumPyArray(shape: [40_000 / columns, columns], values: values)
          try NumPyFile.writeArchive([NamedArray(name: "X", array: X), y], to: folder("a.npz"))
          for count in [1, 3] {
            Parallel.threads = count
            let data = try dataset(DataLoader.load(folder("a.npz")))
            #expect(data.features.storageName == widest)
            #expect(rows(data) == values)
          }
        }
      }
    }
  }

  @Test func singlesAreCopied() throws {
    let folder = try TemporaryFolder()
    for (columns, first) in [(4, 7.0), (4, 0.25), (200, 7), (200, -1.5)] {
      var values = (0..<40_000).map { Double(Float($0) / 8) }
      values.replaceSubrange(0..<1, with: [first])
      // Blocks of bytes, and one at the end that is none.
      if first == 7 { values = values.indices.map { $0 < 39_999 ? Double($0 % 256) : 0.5 } }
      let X = try NumPyArray(shape: [40_000 / columns, columns], values: values, type: .float(4))
      let y = try NumPyArray(
        shape: [40_000 / columns], values: [Double](repeating: 1, count: 40_000 / columns))
      try NumPyFile.writeArchive(
        [NamedArray(name: "X", array: X), NamedArray(name: "y", array: y)], to: folder("a.npz"))
      let data = try dataset(DataLoader.load(folder("a.npz")))
      #expect(data.features.storageName == "single")
      #expect(rows(data) == values)
    }
  }

  @Test func placesBeyondFourGigabytes() throws {
    let data = try dataset(DataLoader.load(Fixtures.path("numpy/zip64.npz")))
    #expect(data.count == 50)
    let expected = (0..<200).map { k -> Double in Double(3 * (k / 4) + k % 4) }
    let labels = (0..<50).map { k -> Int in k % 3 }
    #expect(rows(data) == expected)
    #expect(data.labels == labels)
    // Read where it lies, not by libarchive.
    let bytes = ArrayBytes(try FileBytes(try Fixtures.bytes("numpy/zip64.npz")))
    #expect(try ZipDirectory(bytes)?.entries.map(\.name) == ["X.npy", "y.npy"])
  }

  // MARK: Sparse matrices

  @Test(arguments: ["csr", "csc", "coo", "csr-compressed", "csc-compressed", "coo-compressed"])
  func sparseMatricesOfScipy(_ name: String) throws {
    let expected = try NumPyFile.readArray(Fixtures.path("numpy/sparse.npy"))
    let data = try dataset(DataLoader.load(Fixtures.path("numpy/\(name).npz")))
    #expect(data.features.storageName == "sparse")
    #expect(rows(data) == expected.values)
    #expect(data.labels == [0, 0, 0, 0, 0, 0, 0])
    #expect(data.classes == ["0"])
    #expect(data.features.columns == 5)
  }

  @Test(arguments: ["repeats", "unsorted"])
  func entriesInNoOrder(_ name: String) throws {
    let expected = try NumPyFile.readArray(Fixtures.path("numpy/\(name).npy")).values
    let read = rows(try dataset(DataLoader.load(Fixtures.path("numpy/\(name).npz"))))
    // scipy adds singles in single precision.
    for (a, b) in zip(read, expected) { #expect((a - b).magnitude <= 1e-6 * max(1, b.magnitude)) }
    if name == "unsorted" { #expect(read == expected) }
  }

  @Test func brokenSparseMatrices() throws {
    let folder = try TemporaryFolder()
    func message(_ changes: [String: [Double]?], layout: String = "csr") throws -> String {
      var arrays: [String: [Double]] = [
        "shape": [2, 3], "data": [1, 2, 3], "indices": [0, 2, 1], "indptr": [0, 2, 3],
        "row": [0, 0, 1], "col": [0, 2, 1],
      ]
      for (name, values) in changes { arrays[name] = values }
      try NumPyFile.writeArchive(
        arrays.sorted { $0.key < $1.key }.map {
          NamedArray(name: $0.key, array: try NumPyArray(shape: [$0.value.count], values: $0.value))
        } + [NamedArray(name: "format", array: try NumPyArray(shape: [], texts: [layout]))],
        to: folder("a.npz"))
      let error = #expect(throws: DataError.self) { try DataLoader.load(folder("a.npz")) }
      #expect(error?.path == folder("a.npz"))
      return error?.message ?? ""
    }
    let start = "indptr does not ascend from 0 to the 3 entries in 2 steps"
    for wrong in [
      [0, 2], [1, 2, 3], [0, 2, 4], [0, 4, 3], [0, 2, 2, 3], [0, 1.5, 3], [], [0, -1, 3],
    ] {
      #expect(try message(["indptr": wrong]) == start)
    }
    #expect(
      try message(["indices": [0, 3, 1]]) == "entry 2 of indices is 3.0, and must be from 0 to 2")
    #expect(
      try message(["indices": [0, -1, 1]]) == "entry 2 of indices is -1.0, and must be from 0 to 2")
    #expect(
      try message(["indices": [0, 4e9, 1]])
        == "entry 2 of indices is 4000000000.0, and must be from 0 to 2")
    #expect(
      try message(["indices": [0, .nan, 1]]) == "entry 2 of indices is nan, and must be from 0 to 2"
    )
    #expect(try message(["indices": [0, 1]]) == "there are 3 entries, and 2 of indices")
    #expect(try message(["indices": nil]) == "the sparse matrix lacks the array indices")
    #expect(try message(["indptr": nil]) == "the sparse matrix lacks the array indptr")
    #expect(try message(["row": nil], layout: "coo") == "the sparse matrix lacks the array row")
    #expect(
      try message(["row": [0, 0, 2]], layout: "coo")
        == "entry 3 of row is 2.0, and must be from 0 to 1")
    #expect(try message(["col": [0]], layout: "coo") == "there are 3 entries, and 1 of col")
    #expect(
      try message(["indices": [0, 2, 1], "indptr": [0, 1, 2, 3]], layout: "csc")
        == "entry 2 of indices is 2.0, and must be from 0 to 1")
    #expect(
      try message([:], layout: "lil") == "sparse matrices of the layout \"lil\" are not read")
    for shape in [[2.0], [2, 3, 4], [-1, 3], [2, 0.5], []] {
      #expect(
        try message(["shape": shape]) == "shape is not rows and columns of the sparse matrix")
    }
    #expect(try message(["shape": [0, 3]]) == "the sparse matrix is empty")
    #expect(
      try message(["shape": [2, 3e9]])
        == "the sparse matrix has 3000000000 rows or columns, more than 2³¹ − 1")
    // Claims of many rows in a few bytes.
    for layout in ["csr", "csc", "coo"] {
      let claim = try message(["shape": [2e9, 3]], layout: layout)
      #expect(claim.hasPrefix("the sparse matrix announces 2000000000 rows, more than "))
    }
    for name in ["bsr", "dia"] {
      let error = #expect(throws: DataError.self) {
        try DataLoader.load(Fixtures.path("numpy/\(name).npz"))
      }
      #expect(error?.message == "sparse matrices of the layout \"\(name)\" are not read")
    }
  }

  // MARK: Damage

  @Test func turnedBitsAreFound() throws {
    let folder = try TemporaryFolder()
    let bytes = try Fixtures.bytes("numpy/types.npz")
    let directory = ArrayBytes(try FileBytes(bytes))
    let entry = try #require(try ZipDirectory(directory)?.entries.first)
    for place in [entry.range.lowerBound + 129, entry.range.upperBound - 1] {
      var changed = bytes
      changed[place] ^= 1
      let error = #expect(throws: DataError.self) {
        try DataLoader.load(folder.write("a.npz", changed))
      }
      #expect(
        error?.message
          == "the archive is damaged: the check sum of \"\(entry.name)\" does not match")
    }
  }

  /// Headers of zip entries that announce what the file can't hold: nothing of it is allocated.
  @Test func absurdSizesAreRefused() throws {
    let folder = try TemporaryFolder()
    let bytes = try Fixtures.bytes("numpy/csr-compressed.npz")
    func message(_ size: [UInt8]) throws -> String {
      var changed = bytes
      // The size, in the header of each file and in the directory.
      for i in 0..<bytes.count - 30 {
        if bytes[i...].starts(with: [0x50, 0x4B, 3, 4]) {
          changed.replaceSubrange(i + 22..<i + 26, with: size)
        } else if bytes[i...].starts(with: [0x50, 0x4B, 1, 2]) {
          changed.replaceSubrange(i + 24..<i + 28, with: size)
        }
      }
      let path = try folder.write("a.npz", changed)
      let error = #expect(throws: DataError.self) {
        // 4 MB are always allowed.
        try MemoryLimit.limited(to: 0) { try DataLoader.load(path) }
      }
      #expect(error?.path == path)
      return error?.message ?? ""
    }
    for size: [UInt8] in [[0xFE, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80], [0, 0, 0, 1]] {
      #expect(try message(size).hasPrefix("the archive is damaged or cut off"))
    }
  }

  @Test func everyCutAndChangeIsHeardOrRead() throws {
    let folder = try TemporaryFolder()
    var stream = RandomStream(seed: 6, key: "npz", count: 0)
    for name in ["zip64.npz", "csr.npz", "coo-compressed.npz"] {
      let bytes = try Fixtures.bytes("numpy/\(name)")
      for count in stride(from: 0, to: bytes.count - 1, by: 7) {
        let path = try folder.write("a.npz", Array(bytes.prefix(count)))
        #expect(throws: DataError.self, "\(name) \(count)") { try DataLoader.load(path) }
      }
      for _ in 0..<300 {
        var changed = bytes
        for _ in 0...stream.integer(below: 3) {
          changed[stream.integer(below: changed.count)] = UInt8(stream.integer(below: 256))
        }
        do {
          _ = try DataLoader.load(folder.write("a.npz", changed))
        } catch is DataError {
        }
      }
    }
  }
}
