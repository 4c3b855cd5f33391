import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Sparse rows that were drawn, as text and back, and beside their dense twins.
struct SparseRowsTests {
  private struct Drawn {
    var labels: [String] = []
    var starts = [0]
    var indices: [Int32] = []
    var values: [Double] = []
    var spellings: [String] = []
    let columns: Int

    /// Rows of entries in random places: whole numbers, decimals of all lengths, and some that only
    /// the slow way reads.
    init(rows: Int, columns: Int, stream: inout RandomStream) {
      self.columns = columns
      for row in 0..<rows {
        labels.append(["1", "-1", "+1", "2.50", "7e0"][stream.integer(below: 5)])
        var index = -1
        while true {
          index += 1 + stream.integer(below: 40)
          guard index < columns else { break }
          var text = "\(stream.integer(below: 3) == 0 ? "-" : "")\(stream.integer(below: 300))"
          switch stream.integer(below: 5) {
          case 0: text += ".\(stream.integer(below: 1_000_000))"
          case 1: text += ".\(stream.nextUInt64())"
          case 2: text += "e\(stream.integer(below: 40) - 20)"
          case 3: text = ["inf", "-Infinity", "nan", "1.", "+.5"][stream.integer(below: 5)]
          default: break
          }
          guard let value = DecimalParser.parse(text), value.bitPattern != 0 else { continue }
          indices.append(Int32(index))
          values.append(value)
          spellings.append(text)
        }
        // The last column is there.
        if row == 0 && indices.last != Int32(columns - 1) {
          indices.append(Int32(columns - 1))
          values.append(3)
          spellings.append("3")
        }
        starts.append(indices.count)
      }
    }

    /// The same rows in spacings of all kinds, with comments, blank lines, zeros that are written
    /// and all three ends of a line.
    func text(_ stream: inout RandomStream) -> String {
      func space(_ stream: inout RandomStream) -> String {
        [" ", " ", " ", "\t", "  ", " \t "][stream.integer(below: 6)]
      }
      var text = ""
      for row in labels.indices {
        while stream.integer(below: 8) == 0 {
          text += ["\n", "# 1 2:3\r\n", "  \r", " # x\n"][stream.integer(below: 4)]
        }
        if stream.integer(below: 6) == 0 { text += space(&stream) }
        text += labels[row]
        for k in starts[row]..<starts[row + 1] {
          let index = Int(indices[k])
          let before = k == starts[row] ? -1 : Int(indices[k - 1])
          if before + 1 < index, stream.integer(below: 4) == 0 {
            text +=
              space(&stream) + "\(index):\(["0", "0.0", "+0", "0e9"][stream.integer(below: 4)])"
          }
          let zeros = stream.integer(below: 20) == 0 ? "00000000" : ""
          text += space(&stream) + "\(zeros)\(index + 1):\(spellings[k])"
        }
        if stream.integer(below: 5) == 0 { text += space(&stream) }
        if stream.integer(below: 9) == 0 { text += "# 9:9 \(row)" }
        if row + 1 < labels.count || stream.integer(below: 2) == 0 {
          text += ["\n", "\n", "\r\n", "\r"][stream.integer(below: 4)]
        }
      }
      return text
    }
  }

  private static let chunkSizes = [1, 7, 100, 1000, 1 << 40]

  @Test func drawnRowsComeBackWhereverTheTextIsCut() throws {
    let threads = Parallel.threads
    defer { Parallel.threads = threads }
    let folder = try TemporaryFolder()
    var stream = RandomStream(seed: 21, key: "sparse", count: 0)
    for round in 0..<40 {
      let drawn = Drawn(rows: 1 + stream.integer(below: 30), columns: 900, stream: &stream)
      let text = drawn.text(&stream)
      let memory = TextFile(try FileBytes(Array(text.utf8)))
      let source = try #require(try DataSource.onDisk(folder.write("t", text)))
      let disk = try TextFile(source, limit: 0)
      #expect(memory.isInMemory && !disk.isInMemory)
      for size in Self.chunkSizes {
        Parallel.threads = 1 + (round + size) % 3
        let file = stream.integer(below: 2) == 0 ? memory : disk
        let read = try LIBSVMText(file, path: "t", chunkSize: size)
        let matrix = try #require(try read.features().storage as? SparseMatrix)
        #expect(matrix.columns == drawn.columns)
        #expect(matrix.rowStarts == drawn.starts)
        #expect(Array(matrix.entries.indices) == drawn.indices)
        #expect(bits(Array(matrix.entries.values)) == bits(drawn.values))
        let (numbers, classes) = try read.labels().numbered()
        #expect(numbers.map { classes[$0] } == drawn.labels.map(LabelTable.canonical))
      }
    }
  }

  @Test func denseRowsAreTheSameWhereverTheTextIsCut() throws {
    var stream = RandomStream(seed: 22, key: "sparse", count: 0)
    for values in [["1", "255", "0"], ["0.5", "-3", "0"], ["0.1", "2", "-0"]] {
      var text = ""
      var expected: [Double] = []
      for _ in 0..<50 {
        text += "1"
        for j in 1...4 {
          let spelling = values[stream.integer(below: 3)]
          text += " \(j):\(spelling)"
          expected.append(DecimalParser.parse(spelling) ?? .nan)
        }
        text += "\n"
      }
      let file = TextFile(try FileBytes(Array(text.utf8)))
      for size in Self.chunkSizes {
        let features = try LIBSVMText(file, path: "t", chunkSize: size).features()
        #expect(features.storageName != "sparse")
        #expect(bits(try features.matrix().entries) == bits(expected))
      }
    }
  }

  /// Two lines are wrong: it is the first of them that is told, with its line and column.
  @Test func theFirstErrorIsTold() throws {
    let threads = Parallel.threads
    defer { Parallel.threads = threads }
    var stream = RandomStream(seed: 23, key: "sparse", count: 0)
    for _ in 0..<30 {
      var lines = (0..<200).map { "\($0 % 2) \(1 + $0):0.25 # \($0)" }
      let first = stream.integer(below: 190)
      lines[first] = "1 3:1 2:x"
      lines[first + 1 + stream.integer(below: 9)] = "1 nothing"
      let ends = ["\n", "\r\n", "\r"]
      let text = lines.map { $0 + ends[stream.integer(below: 3)] }.joined()
      let file = TextFile(try FileBytes(Array(text.utf8)))
      for size in Self.chunkSizes {
        Parallel.threads = 1 + stream.integer(below: 4)
        let error = #expect(throws: DataError.self) {
          try LIBSVMText(file, path: "t", chunkSize: size)
        }
        #expect(error?.message == "column 9: \"x\" is not a number")
        #expect(error?.line == first + 1)
      }
    }
  }

  /// The same rows, kept densely.
  private func twin(_ data: Dataset) throws -> Dataset {
    var result = data
    result.features = Features(DoubleMatrix(try data.features.rawMatrix()))
      .with(data.features.preparation)
    return result
  }

  private func drawnData() throws -> Dataset {
    var stream = RandomStream(seed: 24, key: "sparse", count: 0)
    let drawn = Drawn(rows: 25, columns: 300, stream: &stream)
    let matrix = try SparseMatrix(
      rows: 25, columns: 300, rowStarts: drawn.starts, columnIndices: drawn.indices,
      values: drawn.values.map { $0.isFinite ? $0 : -0.0 })
    return try Dataset(
      features: Features(matrix), labelTexts: drawn.labels.map(LabelTable.canonical),
      name: "drawn")
  }

  @Test func everyWriterWritesWhatItWritesOfTheDenseTwin() throws {
    let folder = try TemporaryFolder()
    let raw = try drawnData()
    var prepared = try [raw, raw.selecting([3, 3, 24, 0]), raw.selecting(5..<9)]
    for step in [PreparationStep.center, .standardize, .rescale(low: 0, high: 1), .addBias] {
      prepared.append(try raw.prepared(step))
    }
    var (scaled, turned) = (raw, raw)
    let factors = (0..<300).map { Double($0) / 7 }
    scaled.features = raw.features.with(Preparation(scale: factors, hasBias: true))
    turned.features = raw.features.with(Preparation(scale: factors.map { -$0 }))
    prepared += [scaled, turned]
    for data in prepared {
      let dense = try twin(data)
      try LIBSVMFile.write(dataset: data, to: folder("a"))
      try LIBSVMFile.write(dataset: dense, to: folder("b"))
      #expect(try TemporaryFolder.text(folder("a")) == TemporaryFolder.text(folder("b")))
      try CSVFile.write(dataset: data, to: folder("a"))
      try CSVFile.write(dataset: dense, to: folder("b"))
      #expect(try TemporaryFolder.text(folder("a")) == TemporaryFolder.text(folder("b")))
      try NumPyFile.write(dataset: data, to: folder("a.npz"))
      let back = try dataset(DataLoader.load(folder("a.npz")))
      #expect(
        bits(try back.features.matrix().entries) == bits(try dense.features.matrix().entries))
      #expect(back.labels == data.labels)
    }
  }

  @Test func archivesHoldSparseRowsInTheNarrowestType() throws {
    let folder = try TemporaryFolder()
    for (value, storage) in [(7.0, "bytes"), (0.5, "single"), (0.1, "double")] {
      let matrix = try SparseMatrix(
        rows: 2, columns: 100, rowStarts: [0, 1, 1], columnIndices: [98], values: [value])
      let data = try Dataset(
        features: Features(matrix), labels: [0, 1], classes: ["a", "b"], name: "x")
      try NumPyFile.write(split: Split(train: data, test: data), to: folder("a.npz"))
      let back = try split(DataLoader.load(folder("a.npz")))
      #expect(back.train.features.storageName == storage)
      #expect(back.train.features.row(0)[98] == value)
      #expect(back.test?.features.row(1) == [Double](repeating: 0, count: 100))
    }
  }

  @Test func sparseRowsComeBackFromTheirText() throws {
    let folder = try TemporaryFolder()
    let data = try drawnData()
    try LIBSVMFile.write(dataset: data, to: folder("a.libsvm"))
    let back = try dataset(DataLoader.load(folder("a.libsvm")))
    #expect(back.features.storageName == "sparse")
    #expect(bits(try back.features.matrix().entries) == bits(try data.features.matrix().entries))
    #expect(back.classes == data.classes)
    #expect(back.labels == data.labels)
  }

  @Test func partsOfSparseRowsShareThem() throws {
    let data = try drawnData()
    let rule = SplitRule(train: 15, val: 5, dev: 4, test: 5, shuffle: true, stratify: true)
    let parts = try rule.cut(data, stream: RandomStream(seed: 1, key: "cut", count: 0))
    for name in parts.partNames {
      #expect(try #require(parts.part(name)).features.storage === data.features.storage)
    }
    let order = parts.train.features
    for i in 0..<order.rows {
      #expect(bits(order.row(i)) == bits(data.features.row(order.storageRow(i))))
      #expect(parts.train.labels[i] == data.labels[order.storageRow(i)])
    }
  }
}
