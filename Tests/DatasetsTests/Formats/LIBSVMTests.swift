import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Texts by hand.
struct LIBSVMTests {
  @Test func zerosAreFilledIn() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "t", "+1 1:0.5 4:-2 # a comment 9:9\n\n# only a comment\n-1\n1.0\t2:3e0  3:1\r\n")
    let data = try dataset(DataLoader.load(path))
    #expect(
      (0..<3).map { data.features.row($0) } == [[0.5, 0, 0, -2], [0, 0, 0, 0], [0, 3, 1, 0]])
    #expect(data.classes == ["-1", "1"])
    #expect(data.labels == [1, 0, 1])
    #expect(data.features.storageName == "single")
  }

  @Test func theNarrowestStorage() throws {
    let folder = try TemporaryFolder()
    for (text, storage) in [
      ("1 1:255\n", "bytes"), ("1 1:256\n", "single"), ("1 1:0.1\n", "double"),
    ] {
      let data = try dataset(DataLoader.load(folder.write("a.libsvm", text)))
      #expect(data.features.storageName == storage)
    }
  }

  /// 12 bytes an entry and 8 a row, against D bytes, singles or doubles.
  @Test func sparseWhereThatIsSmaller() throws {
    let folder = try TemporaryFolder()
    for (text, storage) in [
      ("1 20:1\n", "bytes"), ("1 21:1\n", "sparse"), ("1 5:0.5\n", "single"),
      ("1 6:0.5\n", "sparse"), ("1 2:0.1\n", "double"), ("1 3:0.1\n", "sparse"),
      ("1 40:1\n2 1:0\n", "sparse"), ("1 14:1\n2 1:0\n", "bytes"),
    ] {
      let data = try dataset(DataLoader.load(folder.write("a.libsvm", text)))
      #expect(data.features.storageName == storage, "\(text)")
    }
  }

  @Test func writtenZerosAreLeftOutButCountAsColumns() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.libsvm", "1 2:0 30:-0 50:0.0\n2 1:1 3:0e5 200:+0\n")
    let features = try dataset(DataLoader.load(path)).features
    let matrix = try #require(features.storage as? SparseMatrix)
    #expect(matrix.columns == 200)
    #expect(matrix.rowStarts == [0, 1, 2])
    #expect(Array(matrix.entries.indices) == [29, 0])
    #expect(bits(Array(matrix.entries.values)) == bits([-0.0, 1]))
  }

  @Test func indicesBeyondTheLargestAreRefusedWithTheirPlace() throws {
    let folder = try TemporaryFolder()
    for index in ["2147483648", "1000000000000000000", String(repeating: "9", count: 30)] {
      let path = try folder.write("t", "2 1:0.1\n1 7:1 \(index):1\n")
      let error = #expect(throws: DataError.self) { try DataLoader.load(path) }
      #expect(error?.message == "column 7: index \"\(index)\" is too large")
      #expect(error?.line == 2)
      #expect(error?.help == "indices go up to 2147483647")
    }
    let largest = try folder.write("t", "1 2147483647:1\n2 1:0.1 00000000009:2\n")
    let data = try dataset(DataLoader.load(largest))
    #expect(data.features.rawColumns == 2_147_483_647)
    #expect(data.features.storageName == "sparse")
    // Nothing of that width is laid out to be written, and none of it comes to nothing.
    try LIBSVMFile.write(dataset: data, to: folder("b"))
    #expect(try TemporaryFolder.text(folder("b")) == "1 2147483647:1\n2 1:0.1 9:2\n")
    #expect(throws: MemoryRefused.self) { try CSVFile.write(dataset: data, to: folder("c")) }
    #expect(folder.names == ["b", "t"])
  }

  private func load(
    _ text: String, _ remarks: LoadRemarks = LoadRemarks()
  ) throws -> Dataset {
    let folder = try TemporaryFolder()
    return try dataset(
      DataLoader.load(folder.write("t.svm", text), LoadOptions(remarks: remarks)))
  }

  private func rows(_ data: Dataset?) -> [[Double]] {
    data.map { data in (0..<data.count).map { data.features.row($0) } } ?? []
  }

  @Test func indicesInAnyOrder() throws {
    let remarks = LoadRemarks()
    #expect(
      try rows(load("1 3:0.5 1:2\n2 2:1\n1 3:1 2:0 1:-1\n", remarks))
        == [[2, 0, 0.5], [0, 1, 0], [-1, 0, 1]])
    #expect(remarks.notes.isEmpty && remarks.warnings.isEmpty)
  }

  @Test func repeatedIndicesAreAdded() throws {
    let remarks = LoadRemarks()
    #expect(
      try rows(load("1 1:1\n\n1 2:0.5 1:2 2:4\n2 1:7 1:-7 3:1\n", remarks))
        == [[1, 0, 0], [2, 4.5, 0], [0, 0, 1]])
    #expect(
      remarks.warnings.map(\.message) == [
        "an index is there twice in 2 rows, the first in line 3: its values are added"
      ])
  }

  @Test func indicesFromZero() throws {
    let remarks = LoadRemarks()
    #expect(
      try rows(load("1 0:5 2:1\n2 1:3\n1 00:4 1:1\n-1 1:1 0:2\n", remarks))
        == [[5, 0, 1], [0, 3, 0], [4, 1, 0], [2, 1, 0]])
    #expect(remarks.notes == ["indices begin at 0"])
    // Also where the index is all that there is of 0.
    #expect(try rows(load("1 0:0 1:3\n2 1:2\n")) == [[0, 3], [0, 2]])
    #expect(try rows(load("1 0:3\n2 0:2\n")) == [[3], [2]])
    // Wide rows stay sparse.
    let sparse = try load("1 0:1 200:2\n2 7:1\n").features
    #expect(sparse.storageName == "sparse")
    #expect(sparse.columns == 201)
    #expect(sparse.row(0)[0] == 1 && sparse.row(0)[200] == 2 && sparse.row(1)[7] == 1)
  }

  @Test func bothPartsCountAlike() throws {
    let folder = try TemporaryFolder()
    let zero = try folder.write("zero.svm", "1 0:5 1:6\n2 1:3\n")
    let other = try folder.write("other.svm", "1 1:8\n2 2:9\n")
    let remarks = LoadRemarks()
    let parts = try split(DataLoader.load(zero, LoadOptions(testPath: other, remarks: remarks)))
    #expect(rows(parts.train) == [[5, 6, 0], [0, 3, 0]])
    #expect(rows(parts.test) == [[0, 8, 0], [0, 0, 9]])
    #expect(remarks.notes == ["indices begin at 0"])
    #expect(
      remarks.warnings.map(\.message) == [
        "the test part has 3 features, and train has 2: the others are 0 in all of train"
      ])
    let swapped = try split(DataLoader.load(other, LoadOptions(testPath: zero)))
    #expect(rows(swapped.train) == [[0, 8, 0], [0, 0, 9]])
    #expect(rows(swapped.test) == [[5, 6, 0], [0, 3, 0]])
  }

  @Test func queriesAreSkipped() throws {
    let remarks = LoadRemarks()
    let data = try load("3 qid:1 1:1 2:0.5 # doc\n1 qid:1 1:2\n2 qid:2 2:4\n", remarks)
    #expect(rows(data) == [[1, 0.5], [2, 0], [0, 4]])
    #expect(data.classes == ["1", "2", "3"])
    #expect(remarks.notes == ["the groups of a ranking (qid:) are not used"])
    // The format is found without an ending.
    let folder = try TemporaryFolder()
    #expect(
      try dataset(DataLoader.load(folder.write("t", "3 qid:1 1:1\n1 qid:1 1:2\n"))).count == 2)
  }

  @Test func aWiderTestPartWidensBoth() throws {
    let folder = try TemporaryFolder()
    for (trainValue, testValue) in [("1", "2"), ("0.5", "0.25"), ("0.1", "3"), ("3", "0.1")] {
      let train = try folder.write("train", "1 1:\(trainValue)\n-1 2:1\n")
      let test = try folder.write("test", "2 4:\(testValue)\n1 1:1\n")
      let parts = try split(DataLoader.load(train, LoadOptions(testPath: test)))
      #expect(parts.train.features.columns == 4)
      #expect(parts.train.features.row(0)[1...] == [0, 0, 0])
      #expect(parts.train.features.row(0)[0] == DecimalParser.parse(trainValue))
      #expect(parts.test?.features.row(0)[3] == DecimalParser.parse(testValue))
      #expect(parts.train.classes == ["-1", "1", "2"])
      #expect(parts.test?.classes == ["-1", "1", "2"])
      #expect(parts.train.labels == [1, 0])
      #expect(parts.test?.labels == [2, 1])
      let swapped = try split(DataLoader.load(test, LoadOptions(testPath: train)))
      #expect(swapped.test?.features.columns == 4)
    }
  }

  @Test func whatIsWrittenComesBack() throws {
    let folder = try TemporaryFolder()
    var stream = RandomStream(seed: 6, key: "libsvm", count: 0)
    var values = (0..<300).map { i in
      i % 3 == 0 || i % 5 == 4 ? 0 : Double(bitPattern: stream.nextUInt64())
    }
    values.replaceSubrange(1..<5, with: [.nan, .infinity, -0.0, .leastNonzeroMagnitude])
    // The last column is all zeros.
    for i in 0..<60 { values[5 * i + 4] = 0 }
    let data = try Dataset(
      features: Features.narrowest(rows: 60, columns: 5, entries: values),
      labelTexts: (0..<60).map { ["1", "-1", "2.5"][$0 % 3] }, name: "x")
    try LIBSVMFile.write(dataset: data, to: folder("a.libsvm"))
    let back = try dataset(DataLoader.load(folder("a.libsvm")))
    #expect(bits((0..<60).flatMap { back.features.row($0) }) == bits(values))
    #expect(back.labels == data.labels)
    #expect(back.classes == ["-1", "1", "2.5"])
  }

  @Test func aWiderTestPartWidensSparseRows() throws {
    let folder = try TemporaryFolder()
    let train = try folder.write("train", "1 100:0.5\n-1 2:1\n")
    let test = try folder.write("test", "1 300:0.1\n")
    for (first, second) in [(train, test), (test, train)] {
      let parts = try split(DataLoader.load(first, LoadOptions(testPath: second)))
      for part in [parts.train, try #require(parts.test)] {
        #expect(part.features.storageName == "sparse")
        #expect(part.features.columns == 300)
      }
      let wide = first == train ? parts.train : try #require(parts.test)
      #expect(wide.features.row(0)[99] == 0.5)
      #expect(wide.features.row(1)[1] == 1)
      #expect(wide.features.row(0)[100...].allSatisfy { $0 == 0 })
    }
  }

  /// Dense rows beside a part that has many more columns become sparse, and lose nothing.
  @Test func denseRowsThatAreWidenedFarBecomeSparse() throws {
    let folder = try TemporaryFolder()
    for values in ["1 2 255", "0.5 -0 3", "0.1 nan -0"] {
      let cells = values.split(separator: " ")
      let text = "1 " + cells.indices.map { "\($0 + 1):\(cells[$0])" }.joined(separator: " ")
      let narrow = try folder.write("narrow", "\(text)\n-1 2:0\n")
      let wide = try folder.write("wide", "1 2000000000:1\n")
      #expect(try dataset(DataLoader.load(narrow)).features.storageName != "sparse")
      let parts = try split(DataLoader.load(wide, LoadOptions(testPath: narrow)))
      let test = try #require(parts.test).features
      let matrix = try #require(test.storage as? SparseMatrix)
      #expect(matrix.columns == 2_000_000_000)
      #expect(matrix.rowStarts == [0, 3, 3])
      #expect(Array(matrix.entries.indices) == [0, 1, 2])
      let expected = cells.map { DecimalParser.parse(String($0)) ?? .nan }
      #expect(bits(Array(matrix.entries.values)) == bits(expected))
    }
  }

  @Test func textClassesAreWrittenAsTheirNumbers() throws {
    let folder = try TemporaryFolder()
    let data = try Dataset(
      features: Features.narrowest(rows: 2, columns: 1, entries: [1, 2]),
      labelTexts: ["cat", "ant"], name: "x")
    try LIBSVMFile.write(dataset: data, to: folder("a"))
    #expect(try TemporaryFolder.text(folder("a")) == "1 1:1\n0 1:2\n")
  }
}
