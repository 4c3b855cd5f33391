import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

struct TextMatrixTests {
  private func read(
    _ text: String, delimiter: Character? = nil, skipRows: Int = 0, comments: String? = "#"
  ) throws -> Matrix {
    let folder = try TemporaryFolder()
    return try TextMatrixFile.read(
      folder.write("m", text), delimiter: delimiter, skipRows: skipRows, comments: comments)
  }

  @Test func spacesCommentsAndSkippedRows() throws {
    let expected = Matrix(rows: 2, columns: 2, [1, 2, 3, -4e5])
    #expect(try read("# names\n 1   2 # one\n\n3\t-4e5\r\n") == expected)
    #expect(try read("a b\n1 2\n3 -4e5", skipRows: 1) == expected)
    #expect(try read("1, 2\n3 ,-4e5\n", delimiter: ",") == expected)
    #expect(try read("1\t2\n3\t-4e5\n", delimiter: "\t") == expected)
    #expect(try read("1 2 % x\n3 -4e5\n", comments: "%") == expected)
    #expect(try read("7") == Matrix(rows: 1, columns: 1, [7]))
  }

  @Test func errorsSayWhere() throws {
    for (text, delimiter, message, line) in [
      ("1 2\n3\n", nil, "this row has 1 number, and the first row has 2", 2),
      ("1 2\n3 x\n", nil, "\"x\" is not a number", 2),
      ("1 2x\n", nil, "\"2x\" is not a number", 1),
      ("1,2\n", nil, "\"1,2\" is not a number", 1),
      ("1,,2\n", ",", "a number is missing", 1),
      ("1,2\n1,2,\n", ",", "a number is missing", 2),
      ("1 2\n", ",", "\"1\" is not a number", 1),
      ("", nil, "the file holds no numbers", nil),
      ("# x\n", nil, "the file holds no numbers", nil),
      ("\u{FEFF}", nil, "the file holds no numbers", nil),
      ("\n\r\n \t\n", nil, "the file holds no numbers", nil),
      ("1 2\n3 4 5\n", nil, "this row has 3 numbers, and the first row has 2", 2),
      ("1 2\n\n# c\n3 4 5", nil, "this row has 3 numbers, and the first row has 2", 4),
      ("1 2\r3\r", nil, "this row has 1 number, and the first row has 2", 2),
      ("1 2\n3 4e\n", nil, "\"4e\" is not a number", 2),
      ("1 0x10\n", nil, "\"0x10\" is not a number", 1),
      ("1 1.2.3\n", nil, "\"1.2.3\" is not a number", 1),
      ("1 --2\n", nil, "\"--2\" is not a number", 1),
      ("1 2\n3 \u{E9}\n", nil, "\"\u{E9}\" is not a number", 2),
      ("1 \u{1B}[31m\n", nil, "\"\\u{1b}[31m\" is not a number", 1),
      (",1\n", ",", "a number is missing", 1),
      ("1;2\n", ",", "\"1;2\" is not a number", 1),
      ("1,2\n3\n", ",", "this row has 1 number, and the first row has 2", 2),
      ("1,2\n3 4\n", ",", "\"3\" is not a number", 2),
    ] as [(String, Character?, String, Int?)] {
      let error = #expect(throws: DataError.self) { try read(text, delimiter: delimiter) }
      #expect(error?.message == message)
      #expect(error?.line == line)
    }
    let folder = try TemporaryFolder()
    for (bytes, message) in [
      ([49, 32, 0, 10], "the file is not text"),
      ([0xFF, 0xFE, 49, 0, 32, 0, 50, 0, 10, 0], "the text is in UTF-16"),
    ] as [([UInt8], String)] {
      let path = try folder.write("m", bytes)
      let error = #expect(throws: DataError.self) { try TextMatrixFile.read(path) }
      #expect(error?.message == message)
      #expect(error?.path == path)
    }
    for character: Character in ["1", "e", "-", ".", "é", "\n"] {
      #expect(throws: DataError.self) { try read("1", delimiter: character) }
    }
  }

  @Test func whatIsWrittenComesBack() throws {
    let folder = try TemporaryFolder()
    var stream = RandomStream(seed: 7, key: "text", count: 0)
    var values = (0..<500).map { _ in Double(bitPattern: stream.nextUInt64()) }
    values.replaceSubrange(0..<4, with: [.nan, -.infinity, -0.0, .leastNonzeroMagnitude])
    let matrix = Matrix(rows: 50, columns: 10, values)
    try TextMatrixFile.write(matrix, to: folder("a"), header: "two\nlines")
    #expect(bits(try TextMatrixFile.read(folder("a")).entries) == bits(values))
    try TextMatrixFile.write(matrix, to: folder("b"), delimiter: ",")
    #expect(bits(try TextMatrixFile.read(folder("b"), delimiter: ",").entries) == bits(values))
    #expect(try TemporaryFolder.text(folder("a")).hasPrefix("# two\n# lines\nnan -inf -0 5e-324 "))
  }
}
