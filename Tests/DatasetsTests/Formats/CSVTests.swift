import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Tables by hand.
struct CSVTests {
  private func load(_ text: String, _ options: LoadOptions = LoadOptions(), name: String = "t.csv")
    throws -> Dataset
  {
    let folder = try TemporaryFolder()
    return try dataset(DataLoader.load(folder.write(name, text), options))
  }

  private func rows(_ data: Dataset) -> [[Double]] {
    (0..<data.count).map { data.features.row($0) }
  }

  @Test func quotesLineEndsAndBlankLines() throws {
    let text =
      "\u{FEFF}\"a\",\"b \"\"x\"\"\",species\r\n1,\"2.5\",\"one, \"\"two\"\"\r\nthree\"\r\n\r\n"
      + " -3 , 4e1 , plain \r\n   \n5,6,plain"
    let data = try load(text)
    #expect(rows(data) == [[1, 2.5], [-3, 40], [5, 6]])
    #expect(data.classes == ["one, \"two\"\r\nthree", "plain"])
    #expect(data.labels == [0, 1, 1])
    #expect(data.name == "t")
  }

  @Test func oldMacLineEnds() throws {
    #expect(try rows(load("1,2,a\r3,4,b\r")) == [[1, 2], [3, 4]])
    #expect(try rows(load("1,2,a\r3,4,b\n5,6,a\r\n7,8,b")) == [[1, 2], [3, 4], [5, 6], [7, 8]])
  }

  @Test func missingCellsAreNaN() throws {
    let data = try load("x,y2,label\n1,,a\nNA,2,b\nnan,NaN,a\n?,\"\",b\n")
    #expect(bits(rows(data).flatMap { $0 }) == bits([1, .nan, .nan, 2, .nan, .nan, .nan, .nan]))
    #expect(data.features.storageName == "single")
  }

  @Test func theDelimiterIsFound() throws {
    #expect(try rows(load("1;2;a\n3;4;b\n")) == [[1, 2], [3, 4]])
    #expect(try rows(load("1\t2\ta\n3\t4\tb\n", name: "t.tsv")) == [[1, 2], [3, 4]])
    #expect(try rows(load("1\t2\ta\n3\t4\tb\n", name: "t")) == [[1, 2], [3, 4]])
    #expect(try rows(load("1,2,a\n3,4,b\n", name: "t")) == [[1, 2], [3, 4]])
  }

  @Test func theHeaderIsFound() throws {
    #expect(try load("a,b,c\n1,2,x\n").count == 1)
    #expect(try load("1,2,x\n3,4,y\n").count == 2)
    #expect(try load("1,2,3\n3,4,5\n").count == 2)
    #expect(try load("1,2,3\n3,4,5\n", LoadOptions(header: true)).count == 1)
    // A missing cell in the first row is no name.
    #expect(try load("NA,2,x\n3,4,y\n").count == 2)
  }

  @Test func theColumnOfTheLabels() throws {
    let text = "Class,b,c\n7,2,3\n8,5,6\n"
    #expect(try rows(load(text)) == [[2, 3], [5, 6]])
    #expect(try load(text).classes == ["7", "8"])
    #expect(try rows(load(text, LoadOptions(label: .last))) == [[7, 2], [8, 5]])
    #expect(try rows(load(text, LoadOptions(label: .first))) == [[2, 3], [5, 6]])
    #expect(try rows(load(text, LoadOptions(label: .named("b")))) == [[7, 3], [8, 6]])
    let none = try load(text, LoadOptions(label: .none))
    #expect(rows(none) == [[7, 2, 3], [8, 5, 6]])
    #expect(none.classes == ["0"])
  }

  @Test func labelsOfOneValueAreOneClass() throws {
    let data = try load("1,10\n2,9.0\n3,+10.0\n4,-1\n")
    #expect(data.classes == ["-1", "9", "10"])
    #expect(data.labels == [2, 1, 2, 0])
    // Not where one of them is no number.
    #expect(try load("1,10\n2,10.0\n3,x\n").classes == ["10", "10.0", "x"])
  }

  @Test func theNarrowestStorage() throws {
    #expect(try load("0,255,a\n1,2,b\n").features.storageName == "bytes")
    #expect(try load("0,256,a\n1,0.5,b\n").features.storageName == "single")
    #expect(try load("0,256,a\n1,0.1,b\n").features.storageName == "double")
    #expect(try load("-0,1,a\n1,2,b\n").features.row(0)[0].sign == .minus)
  }

  @Test func manyLabels() throws {
    let text = (0..<1000).map { "\($0),c\($0 % 300)\n" }.joined()
    let data = try load(text)
    #expect(data.classCount == 300)
    #expect(data.classes[data.labels[299]] == "c299")
    #expect(data.classes[data.labels[999]] == "c99")
  }

  @Test func whatIsWrittenComesBack() throws {
    let folder = try TemporaryFolder()
    var stream = RandomStream(seed: 5, key: "csv", count: 0)
    var values = (0..<600).map { _ in Double(bitPattern: stream.nextUInt64()) }
    values.replaceSubrange(
      0..<6, with: [.nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, 0x1p-1030])
    let names = ["plain", "with, comma", "with \"quote\"", "two\nlines", " space "]
    let data = try Dataset(
      features: Features.narrowest(rows: 200, columns: 3, entries: values),
      labelTexts: (0..<200).map { names[$0 % 5] }, name: "x")
    try CSVFile.write(dataset: data, to: folder("a.csv"))
    let back = try dataset(DataLoader.load(folder("a.csv")))
    #expect(bits(rows(back).flatMap { $0 }) == bits(values))
    #expect(back.labels == data.labels)
    #expect(back.classes == data.classes)

    try CSVFile.write(matrix: Matrix(rows: 200, columns: 3, values), to: folder("m.csv"))
    let matrix = try load(
      TemporaryFolder.text(folder("m.csv")), LoadOptions(label: .none, header: false))
    #expect(bits(rows(matrix).flatMap { $0 }) == bits(values))
  }

  @Test func columnsAreWritten() throws {
    let folder = try TemporaryFolder()
    try CSVFile.write(
      columns: [
        CSVFile.Column(name: "iteration", numbers: [0, 1]),
        CSVFile.Column(name: "a,b", values: ["x\"y"]),
      ], to: folder("c.csv"))
    #expect(
      try TemporaryFolder.text(folder("c.csv")) == "iteration,\"a,b\"\n0,\"x\"\"y\"\n1,\n")
  }
}
