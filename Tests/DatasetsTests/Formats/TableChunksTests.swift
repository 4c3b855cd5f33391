import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Tables that are cut in all places.
struct TableChunksTests {
  private static let whole = 1 << 40

  private func load(
    _ text: [UInt8], chunkSize: Int, _ options: LoadOptions = LoadOptions()
  ) throws -> Dataset {
    try text.withUnsafeBytes { bytes in
      let source = DataSource(path: "t.csv", place: .memory(DataSource.Memory(bytes: bytes)))
      return try TableReader(
        source: source, options: options, dialect: TableDialect(delimiter: UInt8(ascii: ",")),
        chunkSize: chunkSize
      ).read()
    }
  }

  /// A file of which at most `limit` bytes are looked at before its rows are read from disk.
  private func load(
    disk path: String, limit: Int, chunkSize: Int, _ options: LoadOptions = LoadOptions()
  ) throws -> Dataset {
    guard let source = try DataSource.onDisk(path) else { throw DataError("no file", path: path) }
    return try load(source, limit: limit, chunkSize: chunkSize, options)
  }

  private func load(
    _ source: DataSource, limit: Int, chunkSize: Int, _ options: LoadOptions
  ) throws -> Dataset {
    try TableReader(
      source: source, options: options, dialect: TableDialect(delimiter: UInt8(ascii: ",")),
      chunkSize: chunkSize, limit: limit
    ).read()
  }

  @Test func tablesOnDiskAreThoseInMemory() throws {
    let folder = try TemporaryFolder()
    var stream = RandomStream(seed: 34, key: "tables", count: 0)
    for round in 0..<30 {
      let drawn = draw(60 + stream.integer(below: 100), quotes: round % 5 == 0, &stream)
      let path = try folder.write("t.csv", drawn.text)
      for (limit, size) in [(0, 100), (1, 7), (300, 50), (1500, 1), (1500, 400), (3000, 1 << 40)] {
        // As it comes out of an archive, or through a pipe.
        let held = DataSource.held(try FileBytes(Array(drawn.text.utf8)), path: path)
        for source in [try #require(try DataSource.onDisk(path)), held] {
          let data = try load(
            source, limit: limit, chunkSize: size, LoadOptions(header: true))
          #expect(bits(try data.features.matrix().entries) == bits(drawn.values))
          #expect(data.labels.map { data.classes[$0] } == drawn.labels)
        }
      }
    }
  }

  @Test func aFileThatBecameShorterIsAnError() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("t.csv", (0..<100).map { "\($0),a\n" }.joined())
    let source = DataSource(path: path, place: .file(size: 1000))
    #expect(throws: DataError("the file became shorter while it was read", path: path)) {
      try LIBSVMText(TextFile(source, limit: 0), path: path, chunkSize: 100)
    }
    #expect(throws: DataError("the file became shorter while it was read", path: path)) {
      try TableReader(
        source: source, options: LoadOptions(),
        dialect: TableDialect(delimiter: UInt8(ascii: ",")), chunkSize: 100, limit: 400
      ).read()
    }
  }

  /// A table of three numbers and a label, and what it holds. Some labels have quotes, delimiters
  /// and ends of lines in them.
  private func draw(
    _ rows: Int, quotes: Bool, _ stream: inout RandomStream
  ) -> (text: String, values: [Double], labels: [String]) {
    var text = "u,v,w,label\n"
    var values: [Double] = []
    var labels: [String] = []
    let names = [
      "plain", "a,b", "two\nlines", "\"quoted\"", "1,2,3,x\n4,5,6,y\r\n7,8,9,z", "\r", "5\" disk",
    ]
    for _ in 0..<rows {
      while stream.integer(below: 10) == 0 {
        text += ["\n", "  \n", "\r\n"][stream.integer(below: 3)]
      }
      for _ in 0..<3 {
        let spelling = [
          "\(stream.integer(below: 1000))", "-0.\(stream.integer(below: 1_000_000))", "", "NA",
          " 7 ", "+1e\(stream.integer(below: 9))", "\(stream.nextUInt64())",
          "1.\(stream.nextUInt64())",
        ][stream.integer(below: 8)]
        values.append(DecimalParser.parse(spelling) ?? .nan)
        text += (quotes && stream.integer(below: 6) == 0 ? "\"\(spelling)\"" : spelling) + ","
      }
      let name = quotes ? names[stream.integer(below: names.count)] : "c\(stream.integer(below: 9))"
      labels.append(name)
      // A quote that does not begin a cell stands for itself.
      text += name.hasPrefix("5") && stream.integer(below: 2) == 0 ? name : CSVFile.escaped(name)
      text += ["\n", "\n", "\r\n", "\r"][stream.integer(below: 4)]
    }
    return (text, values, labels)
  }

  @Test func drawnTablesComeBackWhereverTheTextIsCut() throws {
    let threads = Parallel.threads
    defer { Parallel.threads = threads }
    var stream = RandomStream(seed: 31, key: "tables", count: 0)
    for round in 0..<60 {
      let drawn = draw(1 + stream.integer(below: 60), quotes: round % 3 > 0, &stream)
      for size in [1, 3, 20, 50, 200, 1000, Self.whole] {
        Parallel.threads = 1 + stream.integer(below: 4)
        let data = try load(Array(drawn.text.utf8), chunkSize: size, LoadOptions(header: true))
        #expect(bits(try data.features.matrix().entries) == bits(drawn.values))
        #expect(data.labels.map { data.classes[$0] } == drawn.labels)
      }
    }
  }

  /// Tables that begin with bytes, and go on with them or not; with blank lines and quoted labels
  /// between.
  @Test func whatBeginsWithBytesMayGoOnOtherwise() throws {
    var stream = RandomStream(seed: 35, key: "bytes", count: 0)
    let exceptions: [(text: String, value: Double, form: String)] = [
      ("255", 255, "bytes"), ("256", 256, "single"), ("-0", -0.0, "single"), ("-1", -1, "single"),
      ("", .nan, "single"), ("0.5", 0.5, "single"), ("0.1", 0.1, "double"),
      ("1e300", 1e300, "double"), ("inf", .infinity, "single"), (" 7", 7, "bytes"),
    ]
    for (spelling, value, form) in exceptions {
      for quotes in [false, true] {
        var (text, values) = ("", [Double]())
        for i in 0..<200 {
          if i > 30, stream.integer(below: 9) == 0 { text += "\n" }
          for j in 0..<3 {
            let isException = i == 170 && j == 1
            let number = stream.integer(below: 256)
            text += (isException ? spelling : "\(number)") + ","
            values.append(isException ? value : Double(number))
          }
          text += quotes && i > 40 && stream.integer(below: 5) == 0 ? "\"b\n1,2,3,b\"\n" : "a\n"
        }
        for size in [7, 100, 1000, Self.whole] {
          let data = try load(Array(text.utf8), chunkSize: size)
          #expect(bits(try data.features.matrix().entries) == bits(values), "\(spelling) \(size)")
          #expect(data.features.storageName == form, "\(spelling) \(size)")
        }
      }
    }
    // What is wrong is found where it is, after a number that is no byte or before it.
    let rows = (0..<100).map { "\($0),\($0),a\n" }
    for (line, other) in [(60, 80), (80, 60)] {
      var wrong = rows
      wrong[line] = "1,x,a\n"
      wrong[other] = "1,1000,a\n"
      for size in [10, 200, Self.whole] {
        let text = Array(wrong.joined().utf8)
        let found = #expect(throws: DataError.self) { try load(text, chunkSize: size) }
        #expect(found?.line == line + 1)
      }
    }
  }

  @Test func everyByteAndNothingElseIsNarrowed() {
    for byte in 0..<256 {
      var out: UInt8 = 0
      #expect(ByteMatrix.narrow([Double(byte)], count: 1, into: &out) && Int(out) == byte)
    }
    for other in [
      -0.0, -1, 256, 255.5, 0.1, 1e300, -1e300, .nan, .infinity, -.infinity, .leastNonzeroMagnitude,
    ] {
      var out = [UInt8](repeating: 0, count: 37)
      // Anywhere in a row, so that whole vectors and their rests are tried.
      for place in 0..<37 {
        var row = [Double](repeating: 200, count: 37)
        row[place] = other
        #expect(!ByteMatrix.narrow(row, count: 37, into: &out))
      }
    }
  }

  /// What a text comes to: its data, or its error.
  private func outcome(_ load: () throws -> Dataset) -> String {
    do {
      let data = try load()
      return "\(data.classes) \(data.labels) \(bits(try data.features.matrix().entries))"
        + data.features.storageName
    } catch let error as DataError {
      return "error: \(error.message) \(error.line ?? 0) \(error.help ?? "")"
    } catch {
      return "\(error)"
    }
  }

  @Test func damagedTablesComeToTheSameWhereverTheyAreCut() throws {
    let threads = Parallel.threads
    defer { Parallel.threads = threads }
    let folder = try TemporaryFolder()
    var stream = RandomStream(seed: 32, key: "tables", count: 0)
    let pieces = ["\"", "\"\"", ",", "\n", "\r", "x", "\",\"", "\"\n", ",\"", "-", "1e", " "]
    var errors = 0
    for round in 0..<300 {
      var text = Array(
        draw(1 + stream.integer(below: 40), quotes: round % 2 == 0, &stream).text.utf8)
      for _ in 0...stream.integer(below: 3) {
        let place = stream.integer(below: text.count)
        switch stream.integer(below: 3) {
        case 0: text.remove(at: place)
        case 1: text.removeLast(stream.integer(below: min(20, text.count)))
        default:
          text.insert(contentsOf: pieces[stream.integer(below: pieces.count)].utf8, at: place)
        }
      }
      let expected = outcome { try load(text, chunkSize: Self.whole) }
      if expected.hasPrefix("error") { errors += 1 }
      for size in [1, 10, 40, 150] {
        Parallel.threads = 1 + stream.integer(below: 3)
        let found = outcome { try load(text, chunkSize: size) }
        #expect(found == expected, "\(String(decoding: text, as: UTF8.self).debugDescription)")
      }
      let path = try folder.write("t.csv", text)
      for limit in [0, 100, 800] {
        let found = outcome { try load(disk: path, limit: limit, chunkSize: 90) }
        #expect(found == expected, "\(String(decoding: text, as: UTF8.self).debugDescription)")
      }
    }
    #expect(errors > 50)
  }

  @Test func theFormIsThatOfAllChunks() throws {
    for (last, storage) in [("255", "bytes"), ("256", "single"), ("0.1", "double")] {
      let text = (0..<500).map { "\($0 % 200),a\n" }.joined() + "\(last),b\n"
      for size in [1, 64, Self.whole] {
        let data = try load(Array(text.utf8), chunkSize: size)
        #expect(data.features.storageName == storage)
        #expect(data.features.row(499) == [99])
        #expect(data.features.row(500) == [DecimalParser.parse(last) ?? .nan])
      }
    }
  }

  @Test func chunksAreWholeLines() throws {
    var stream = RandomStream(seed: 33, key: "chunks", count: 0)
    for _ in 0..<200 {
      let text = (0..<stream.integer(below: 700)).map { _ -> UInt8 in
        [10, 13, 34, 65, 66, 67, 68, 69][stream.integer(below: 8)]
      }
      let file = TextFile(try FileBytes(text))
      // Sixteen bytes are counted at once, and 4080 before the counts are added up.
      for size in [1, 2, 17, 300, Self.whole] {
        let chunks = try TextChunk.cut(file, from: 0, firstLine: 5, counting: 34, size: size)
        var (position, line) = (0, 5)
        for chunk in chunks {
          #expect(chunk.range.lowerBound == position)
          #expect(chunk.firstLine == line)
          let piece = Array(text[chunk.range])
          #expect(chunk.marks == piece.count { $0 == 34 })
          let ended = piece.indices.count { i in
            piece[i] == 10 || piece[i] == 13 && !(i + 1 < piece.count && piece[i + 1] == 10)
          }
          let isEnded = piece.last == 10 || piece.last == 13
          #expect(chunk.lines == ended + (isEnded ? 0 : 1))
          #expect(isEnded || chunk.range.upperBound == text.count)
          line += chunk.lines
          position = chunk.range.upperBound
        }
        #expect(position == text.count)
      }
    }
    let long = [UInt8](repeating: 10, count: 20_001)
    let chunks = try TextChunk.cut(
      TextFile(FileBytes(long)), from: 0, firstLine: 1, counting: 10, size: Self.whole)
    #expect(chunks.map(\.lines) == [20_001])
    #expect(chunks.map(\.marks) == [20_001])
  }
}
