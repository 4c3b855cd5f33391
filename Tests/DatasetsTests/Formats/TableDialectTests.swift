import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// How tables are written, by hand.
struct TableDialectTests {
  /// A text, the dialect that it is in, and the numbers and labels that a person reads there.
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let dialect: String?
    let rows: [[Double]]
    let labels: [String]
    var name = "t"
    var testDescription: String { text }
  }

  static let cases = [
    Case(text: "1,2,p\n3,4,q\n", dialect: nil, rows: [[1, 2], [3, 4]], labels: ["p", "q"]),
    Case(
      text: "1;2;p\n3;4;q\n", dialect: "semicolons", rows: [[1, 2], [3, 4]], labels: ["p", "q"]),
    Case(
      text: "1\t2\tp\n3\t4\tq\n", dialect: "tabs", rows: [[1, 2], [3, 4]], labels: ["p", "q"]),
    Case(
      text: "a|b|y\n1|2|p\n3|4|q\n", dialect: "vertical bars", rows: [[1, 2], [3, 4]],
      labels: ["p", "q"]),
    Case(
      text: "a b y\n1 2 p\n3   4\tq  \n", dialect: "blanks", rows: [[1, 2], [3, 4]],
      labels: ["p", "q"]),
    Case(
      text: "  1   2 \"p  q\"\r\n\r\n 13 4.5 q\r\n", dialect: "blanks",
      rows: [[1, 2], [13, 4.5]],
      labels: ["p  q", "q"]),
    Case(
      text: "1,5;2,25;p\n-2,5;3;q\n", dialect: "semicolons and decimal commas",
      rows: [[1.5, 2.25], [-2.5, 3]], labels: ["p", "q"]),
    Case(
      text: "1,5;2,25\n-2,5;0,125\n", dialect: "semicolons and decimal commas",
      rows: [[1.5], [-2.5]], labels: ["2.25", "0.125"]),
    Case(
      text: "1,5 2,25 p\n2,5 3e-1 q\n", dialect: "blanks and decimal commas",
      rows: [[1.5, 2.25], [2.5, 0.3]], labels: ["p", "q"]),
    Case(
      text: "u\tv\tw\n\"1,5\"\t 2,25 \tp\n2,5\t3\tq\n", dialect: "tabs and decimal commas",
      rows: [[1.5, 2.25], [2.5, 3]], labels: ["p", "q"]),
    // The first rows of numbers say nothing about decimals.
    Case(
      text: (0..<40).map { "\($0);p\n" }.joined() + "0,5;q\n",
      dialect: "semicolons and decimal commas", rows: (0..<40).map { [Double($0)] } + [[0.5]],
      labels: [String](repeating: "p", count: 40) + ["q"]),
    // Between commas, too, each row has as many cells, and half of them are numbers.
    Case(
      text: "19,5;u;p\n11,75;u;q\n", dialect: "semicolons and decimal commas",
      rows: [[19.5, 1], [11.75, 1]], labels: ["p", "q"]),
    Case(
      text: "u v w y\nA 9,5   B p\nA 8,25 B q\n", dialect: "blanks and decimal commas",
      rows: [[1, 9.5, 1], [1, 8.25, 1]], labels: ["p", "q"]),
    Case(
      text: "9,5   \"p q\"\n8,25 r\n", dialect: "blanks and decimal commas",
      rows: [[9.5], [8.25]], labels: ["p q", "r"]),
    // Commas in texts are no decimals, and other delimiters inside of cells separate nothing.
    Case(
      text: "1;2;a,b\n3;4;c,d\n", dialect: "semicolons", rows: [[1, 2], [3, 4]],
      labels: ["a,b", "c,d"]),
    Case(
      text: "1,2,a;b\n3,4,c;d\n", dialect: nil, rows: [[1, 2], [3, 4]], labels: ["a;b", "c;d"]),
    Case(
      text: "1,2,a b\n3,4,c d\n", dialect: nil, rows: [[1, 2], [3, 4]], labels: ["a b", "c d"]),
    Case(
      text: "1,2,\"a|b\tc\"\n3,4,\"x\"\"y,\"\n", dialect: nil, rows: [[1, 2], [3, 4]],
      labels: ["a|b\tc", "x\"y,"]),
    Case(
      text: "1, 2, p\n3, 4, q\n", dialect: nil, rows: [[1, 2], [3, 4]], labels: ["p", "q"]),
    Case(
      text: "1\t2\tp\n3\t4\tq\n", dialect: "tabs", rows: [[1, 2], [3, 4]], labels: ["p", "q"],
      name: "t.csv"),
    Case(
      text: "1 2 p\n3 4 q\n", dialect: "blanks", rows: [[1, 2], [3, 4]], labels: ["p", "q"],
      name: "t.data"),
  ]

  @Test(arguments: cases) func theDialectIsFound(_ one: Case) throws {
    let folder = try TemporaryFolder()
    let remarks = LoadRemarks()
    let data = try dataset(
      DataLoader.load(folder.write(one.name, one.text), LoadOptions(remarks: remarks)))
    #expect((0..<data.count).map { data.features.row($0) } == one.rows)
    #expect(data.labels.map { data.classes[$0] } == one.labels)
    let dialects = remarks.notes.filter { $0.hasPrefix("a table with") }
    #expect(dialects == (one.dialect.map { ["a table with \($0)"] } ?? []))
    #expect(remarks.warnings.isEmpty)
  }

  @Test func theFormatDecides() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("t.txt", "1 2\t3\n4 5\t6\n")
    let data = try dataset(DataLoader.load(path, LoadOptions(format: "csv", label: .last)))
    #expect((0..<2).map { data.features.row($0) } == [[1, 2], [4, 5]])
    // Between tabs alone, there are two cells, and the first one is a text.
    let tabs = try dataset(DataLoader.load(path, LoadOptions(format: "tsv", label: .last)))
    #expect(tabs.columns == ["x0=1 2", "x0=4 5"])
  }

  @Test func sentencesAreNoTable() throws {
    let folder = try TemporaryFolder()
    for text in ["Dear reader\nhere are some\nwords for you\n", "one two\nthree four\n", "word\n"] {
      let error = #expect(throws: DataError.self) {
        try DataLoader.load(folder.write("letter", text))
      }
      #expect(error?.message == "the format of this file is not known")
    }
  }

  @Test func bothMarksOfDecimalsAreRefused() throws {
    let folder = try TemporaryFolder()
    let early = #expect(throws: DataError.self) {
      try DataLoader.load(folder.write("a.csv", "1.5;p\n2,5;q\n"))
    }
    #expect(early?.message == "\"2,5\" in column 1 is not a number")
    #expect(early?.line == 2)
    let text = "1,5;p\n" + (0..<50).map { "\($0);p\n" }.joined() + "7.5;q\n"
    let late = #expect(throws: DataError.self) { try DataLoader.load(folder.write("b.csv", text)) }
    #expect(
      late?.message
        == "there are numbers with a decimal comma (line 1), and with a decimal point")
    #expect(late?.line == 52)
  }

  @Test func aHeaderOverTexts() throws {
    let folder = try TemporaryFolder()
    let text = "size,shape,kind\nbig,round,p\nsmall,flat,q\nbig,flat,p\nsmall,round,q\n"
    let data = try dataset(DataLoader.load(folder.write("t.csv", text)))
    #expect(data.columns == ["size=big", "size=small", "shape=flat", "shape=round"])
    #expect(
      (0..<4).map { data.features.row($0) }
        == [[1, 0, 0, 1], [0, 1, 1, 0], [1, 0, 1, 0], [0, 1, 0, 1]])
    #expect(data.classes == ["p", "q"])
    // A first row whose cells come again below it is a row.
    let rows = try dataset(
      DataLoader.load(folder.write("r.csv", "big,round,p\nbig,flat,q\nbig,flat,p\nbig,round,q\n")))
    #expect(rows.count == 4)
  }

  @Test func thousandsOfColumns() throws {
    let folder = try TemporaryFolder()
    let width = 20_000
    let header = (0..<width).map { "column\($0)" }.joined(separator: ";") + ";y\n"
    let row = { (i: Int) in (0..<width).map { "\($0 % 7 + i)" }.joined(separator: ";") + ";p\n" }
    let data = try dataset(
      DataLoader.load(
        folder.write("wide.txt", header + row(0) + row(5)), LoadOptions(format: "csv")
      ))
    #expect(data.features.columns == width)
    #expect(data.features.row(1)[19_999] == Double(19_999 % 7 + 5))
    #expect(data.columns?.last == "column19999")
  }
}
