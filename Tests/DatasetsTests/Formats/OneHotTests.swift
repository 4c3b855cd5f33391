import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Columns of texts and missing values, by hand.
struct OneHotTests {
  private func load(
    _ text: String, _ options: LoadOptions = LoadOptions(), _ remarks: LoadRemarks = LoadRemarks()
  ) throws -> Dataset {
    var options = options
    options.remarks = remarks
    let folder = try TemporaryFolder()
    return try dataset(DataLoader.load(folder.write("t.csv", text), options))
  }

  private func rows(_ data: Dataset) -> [[Double]] {
    (0..<data.count).map { data.features.row($0) }
  }

  private let people = """
    age,city,size,label
    1,Paris,7,x
    2,Ärzen,8,y
    3,Berlin,9,x
    4,,6,y
    5,"Berlin",5,x

    """

  @Test func textsAreOrderedByCodePoint() throws {
    let remarks = LoadRemarks()
    let data = try load(people, LoadOptions(), remarks)
    // U+00C4 comes after all of ASCII.
    #expect(data.columns == ["age", "city=Berlin", "city=Paris", "city=Ärzen", "size"])
    #expect(
      rows(data) == [
        [1, 0, 1, 0, 7], [2, 0, 0, 1, 8], [3, 1, 0, 0, 9], [4, 0, 0, 0, 6], [5, 1, 0, 0, 5],
      ])
    #expect(data.features.storageName == "bytes")
    #expect(
      remarks.notes == [
        "column \"city\" is text, one-hot in 3 features: Berlin, Paris, Ärzen"
      ])
    #expect(remarks.warnings.map(\.message) == ["missing values: city 1"])
  }

  @Test func theFormIsThatOfTheNumbers() throws {
    for (number, form) in [("0.5", "single"), ("0.1", "double")] {
      let data = try load("u,1,p\nv,\(number),q\nu,2,p\n")
      #expect(data.features.storageName == form)
      #expect(rows(data) == [[1, 0, 1], [0, 1, Double(number) ?? .nan], [1, 0, 2]])
    }
    // Many texts, and few ones in a row.
    let text = (0..<800).map { "t\($0 % 400),\($0 % 3),\($0 % 2)\n" }.joined()
    let sparse = try load(text)
    #expect(sparse.features.storageName == "sparse")
    #expect(sparse.features.columns == 401)
    let names = Set((0..<400).map { "t\($0)" })
      .sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    #expect(sparse.columns == names.map { "x0=\($0)" } + ["x1"])
    for i in [0, 7, 399, 401, 799] {
      let row = sparse.features.row(i)
      #expect(names.indices.filter { row[$0] != 0 }.map { names[$0] } == ["t\(i % 400)"])
      #expect(row[400] == Double(i % 3))
    }
  }

  @Test func columnsThatHaveTextsOnlyLate() throws {
    let text =
      "1,,p\n" + (0..<30).map { "\($0),NA,p\n" }.joined() + "3,late,q\n4,\"later, yet\",q\n"
    let data = try load(text)
    #expect(data.columns == ["x0", "x1=late", "x1=later, yet"])
    #expect(data.features.row(30) == [29, 0, 0])
    #expect(data.features.row(31) == [3, 1, 0])
    #expect(data.features.row(32) == [4, 0, 1])
  }

  @Test func textsAfterNumbersAreWrong() throws {
    let error = #expect(throws: DataError.self) { try load("1,2,p\n3,l2,q\n") }
    #expect(error?.message == "\"l2\" in column 2 is not a number")
    #expect(error?.line == 2)
  }

  @Test func namesOfRowsAreRefused() throws {
    let ids = (0..<30).map { "id\($0),\($0),p\n" }.joined()
    let each = #expect(throws: DataError.self) { try load("id,a,y\n" + ids) }
    #expect(
      each?.message
        == "column \"id\" holds another text in every row: it names the rows, and is no feature")
    #expect(each?.help == "drop=\"id\" leaves the column out")
    let left = try load("id,a,y\n" + ids, LoadOptions(drop: [.name("id")]))
    #expect(left.columns == ["a"])
    #expect(try load("id,a,y\n" + ids, LoadOptions(drop: [.number(0)])).columns == ["a"])
    #expect(try load("id,a,y\n" + ids, LoadOptions(drop: [.number(-3)])).columns == ["a"])

    let many = (0..<3000).map { "t\($0 % 1001),\($0),p\n" }.joined()
    let error = #expect(throws: DataError.self) { try load("t,a,y\n" + many) }
    #expect(
      error?.message
        == "column \"t\" holds 1001 different texts, and each would be a feature: at most 1000 are"
        + " encoded")
  }

  @Test func droppedColumnsAreNotRead() throws {
    // Nothing in them is wrong.
    let data = try load(
      "a,b,c,y\n1,x,2,p\n3,4,5,q\n", LoadOptions(drop: [.name("b"), .name("c")]))
    #expect(rows(data) == [[1], [3]])
    // The last column that is left holds the labels.
    let labels = try load("a,b,c\n1,2,p\n3,4,q\n", LoadOptions(drop: [.name("c")]))
    #expect(labels.classes == ["2", "4"])
    let none = #expect(throws: DataError.self) {
      try load("a,b\n1,2\n", LoadOptions(drop: [.name("a")]))
    }
    #expect(none?.message == "no column is left for the features")
    let wrong = #expect(throws: DataError.self) {
      try load("age,b\n1,2\n", LoadOptions(drop: [.name("aeg")]))
    }
    #expect(wrong?.help == "did you mean age? columns: age, b")
    #expect(throws: DataError.self) { try load("a,b\n1,2\n", LoadOptions(drop: [.number(2)])) }
    #expect(throws: DataError.self) {
      try load("a,b,y\n1,2,3\n", LoadOptions(label: .named("y"), drop: [.name("y")]))
    }
  }

  @Test func rulesForMissingValues() throws {
    let text = "a,b,y\n1,NA,p\n2,3,q\n?,,p\nnull,5,q\nnan,NaN,p\n"
    let remarks = LoadRemarks()
    let kept = try load(text, LoadOptions(), remarks)
    #expect(
      bits(rows(kept).flatMap { $0 })
        == bits([1, .nan, 2, 3, .nan, .nan, .nan, 5, .nan, .nan]))
    #expect(remarks.warnings.map(\.message) == ["missing values: a 3, b 3"])

    let dropRemarks = LoadRemarks()
    let dropped = try load(
      text + "8,9,\n", LoadOptions(missing: .drop), dropRemarks)
    #expect(rows(dropped) == [[2, 3]])
    #expect(dropped.classes == ["q"])
    #expect(dropped.features.storageName == "bytes")
    #expect(dropRemarks.notes == ["5 rows with missing values left out"])
    #expect(dropRemarks.warnings.isEmpty)

    let error = #expect(throws: DataError.self) { try load(text, LoadOptions(missing: .error)) }
    #expect(error?.message == "the value in column \"b\" is missing")
    #expect(error?.line == 2)
    let all = #expect(throws: DataError.self) {
      try load("a,y\n,p\nNA,q\n", LoadOptions(header: true, missing: .drop))
    }
    #expect(all?.message == "every row has a missing value")
    // A dropped column has none.
    #expect(
      try load(text, LoadOptions(missing: .drop, drop: [.name("b")])).count == 2)
  }

  @Test func missingValuesWhereverTheTextIsCut() throws {
    var stream = RandomStream(seed: 40, key: "missing", count: 0)
    var (text, whole, counts) = ("", [[Double]](), [0, 0])
    for i in 0..<400 {
      let cells = (0..<2).map { _ in stream.integer(below: 4) == 0 ? "" : "\(i)" }
      for j in 0..<2 where cells[j].isEmpty { counts[j] += 1 }
      if !cells.contains("") { whole.append([Double(i), Double(i)]) }
      text += cells.joined(separator: ",") + ",\(i % 9 == 0 ? "\"a\nb\"" : "c")\n"
    }
    for size in [1, 50, 700, 1 << 30] {
      for rule in MissingRule.allCases where rule != .error {
        let bytes = Array(text.utf8)
        let remarks = LoadRemarks()
        let data = try bytes.withUnsafeBytes { bytes in
          try TableReader(
            source: DataSource(path: "t", place: .memory(DataSource.Memory(bytes: bytes))),
            options: LoadOptions(missing: rule, remarks: remarks),
            dialect: TableDialect(delimiter: UInt8(ascii: ",")), chunkSize: size
          ).read()
        }
        if rule == .drop {
          #expect(rows(data) == whole)
          #expect(data.labels.count == whole.count)
        } else {
          #expect(data.count == 400)
          #expect(
            remarks.warnings.map(\.message) == [
              "missing values: column 1 \(counts[0]), column 2 \(counts[1])"
            ])
        }
      }
    }
  }
}
