import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// What Python's `json` wrote, and lines by hand.
struct JSONLinesTests {
  private func load(_ text: String, _ options: LoadOptions = LoadOptions()) throws -> Dataset {
    let folder = try TemporaryFolder()
    return try dataset(DataLoader.load(folder.write("x", text), options))
  }

  private func rows(_ data: Dataset) -> [Double] {
    (0..<data.count).flatMap { data.features.row($0) }
  }

  @Test func whatPythonWrites() throws {
    let expected = try NumPyFile.readArray(Fixtures.path("texts/rows.npy")).values
    let threads = Parallel.threads
    defer { Parallel.threads = threads }
    for count in [1, 3] {
      Parallel.threads = count
      for name in ["rows.jsonl", "rows.json", "lists.jsonl"] {
        let data = try dataset(DataLoader.load(Fixtures.path("texts/\(name).gz")))
        #expect(bits(rows(data)) == bits(expected), "\(name)")
        let isLists = name == "lists.jsonl"
        #expect(data.classes == (isLists ? ["x", "y", "z"] : ["3", "x", "y€"]))
        #expect(data.labels == (0..<300).map { isLists ? $0 % 3 : ($0 + 1) % 3 })
      }
    }
  }

  @Test func valuesOfEveryKind() throws {
    let data = try load(
      "\n{\"a\": 1, \"b\": true, \"c\": [[1,2],[3,4]], \"y\": \"p\\u00e9\\uD83D\\uDE00\\n\"}\n\n"
        + "{\"c\":[[5,6],[7,null]],\"y\":\"q\",\"b\":false}\n"
        + "{\"y\": \"q\", \"a\": -0.5e1, \"b\": NaN, \"c\": [1, 2, 3, 4]}")
    #expect(
      bits(rows(data))
        == bits([1, 1, 1, 2, 3, 4, .nan, 0, 5, 6, 7, .nan, -5, .nan, 1, 2, 3, 4]))
    #expect(data.classes == ["pé😀\n", "q"])
    let text = "[1,2,3]\n[4,5,3.0]\n"
    #expect(try load(text).classes == ["3"])
    #expect(try load(text, LoadOptions(label: .first)).classes == ["1", "4"])
    #expect(try rows(load(text, LoadOptions(label: .none))) == [1, 2, 3, 4, 5, 3])
    let flags = "{\"x\":1,\"ok\":true}\n{\"x\":2,\"ok\":false}\n"
    #expect(try load(flags, LoadOptions(label: .named("ok"))).classes == ["false", "true"])
    #expect(try load("[[1,\"a\"],[2,\"b\"]]").count == 2)
    #expect(try load("[\n{\"x\":1,\"y\":2}\n,\n{\"x\":1,\"y\":3}]\n").count == 2)
  }

  /// Parts of a list are whole rows, whatever stands in their texts.
  @Test(arguments: 0..<20) func listsAreCutBetweenRows(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let texts = ["a", "],[", "}, {\\\"", "\\\\", ",", "[[{", "\\\"", "é", ""]
    let ends = ["\n", "\r\n", "\r", " ", ""]
    func end() -> String { ends.randomElement(using: &numbers) ?? "" }
    let rows = (0..<Int.random(in: 1...60, using: &numbers)).map { i in
      let text = texts.randomElement(using: &numbers) ?? ""
      return "\(end()){\"x\": [[\(i), 2],\(end())[3, 4]], \"y\":\"\(text)\"}\(end())"
    }
    let list = "[" + rows.joined(separator: ",") + "]\n"
    let text = TextFile(try FileBytes(Array(list.utf8)))
    let utf8 = Array(list.utf8)
    for size in [0, 1, 40, 100, 1000, 10_000] {
      let chunks = try JSONList.cut(text, from: 0, size: size)
      let parts = chunks.map { String(decoding: utf8[$0.range], as: UTF8.self) }
      #expect(parts.joined(separator: ",") == list)
      if size == 0 { #expect(chunks.count == rows.count) }
      for chunk in chunks {
        let before = String(decoding: utf8[..<chunk.range.lowerBound], as: UTF8.self)
        let lines = before.replacing("\r\n", with: "\n").unicodeScalars
          .count { $0 == "\n" || $0 == "\r" }
        #expect(chunk.firstLine == lines + 1)
      }
    }
  }

  /// A list of many parts has the rows that are lines elsewhere, and says in which line it is
  /// damaged.
  @Test func aLongList() throws {
    let objects = (0..<30_000).map { "{\"x\": [\($0), \($0).5], \"y\": \"\($0 % 3)\"}" }
    let lines = try load(objects.joined(separator: "\n"))
    let list = "[\n" + objects.joined(separator: ",\n") + "\n]\n"
    let data = try load(list)
    #expect(data.count == 30_000 && rows(data) == rows(lines))
    #expect(data.labels == lines.labels && data.classes == lines.classes)
    for (old, new, message, line) in [
      (
        "[25000, 25000.5]", "[25000, 25000.5",
        "\"\\\"y\\\": \\\"1\\\"},\" in \"x\" is not a number",
        25_002
      ),
      ("[25000, 25000.5]", "[25000]", "\"x\" has 1 numbers, and 2 in the first row", 25_002),
      (
        "},\n{\"x\": [25000,", "}\n{\"x\": [25000,", "a comma or the end of the row is missing",
        25_002
      ),
      ("\n]\n", "\n", "the list of rows is never closed", 30_002),
      ("\n]\n", ",\n]\n", "no row begins here: \"]\"", 30_002),
      ("\n]\n", "\n]\n]", "text follows: \"]\"", 30_003),
    ] {
      let error = #expect(throws: DataError.self) { try load(list.replacing(old, with: new)) }
      #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
      #expect(error?.line == line, "\(message)")
    }
  }

  @Test func brokenFiles() throws {
    let row = "{\"x\":1,\"y\":\"a\"}\n"
    for (text, message, line) in [
      ("", "the file holds no rows", nil),
      ("\n \n", "the file holds no rows", nil),
      ("5\n", "no row begins here: \"5\"", 1),
      ("{}\n", "the row is empty", 1),
      ("[]\n", "the row is empty", 1),
      (row + "{}\n", "the label \"y\" is missing", 2),
      (row + "{\"x\":2}\n", "the label \"y\" is missing", 2),
      (row + "{\"x\":2,\"y\":null}\n", "the label \"y\" is missing", 2),
      (row + "{\"x\":2,\"y\":[1]}\n", "\"[1]}\" is no label", 2),
      (row + "{\"y\":1,\"y\":2}\n", "the label is there twice", 2),
      (row + "{\"x\":\"b\",\"y\":1}\n", "\"\\\"b\\\",\\\"y\\\":1}\" in \"x\" is not a number", 2),
      (row + "{\"x\":,\"y\":1}\n", "\",\\\"y\\\":1}\" in \"x\" is not a number", 2),
      (
        row + "{\"x\":{\"z\":1},\"y\":1}\n",
        "\"{\\\"z\\\":1},\\\"y\\\":1}\" in \"x\" is not a number", 2
      ),
      (row + "{\"x\":+1,\"y\":1}\n", "\"+1,\\\"y\\\":1}\" in \"x\" is not a number", 2),
      (row + "{\"x\":.5,\"y\":1}\n", "\".5,\\\"y\\\":1}\" in \"x\" is not a number", 2),
      (row + "{\"x\":[1,2],\"y\":1}\n", "\"x\" has 2 numbers, and 1 in the first row", 2),
      (row + "{\"x\":[],\"y\":1}\n", "\"x\" has 0 numbers, and 1 in the first row", 2),
      (row + "{\"z\":1,\"y\":1}\n", "the key \"z\" is not in the first row", 2),
      (
        row + "{\"x\":1 \"y\":1}\n",
        "a comma or the end of the row is missing before \"\\\"y\\\":1}\"", 2
      ),
      (row + "{\"x\" 1}\n", "a colon is missing after \"x\"", 2),
      (row + "{x:1}\n", "a key in quotes is missing before \"x:1}\"", 2),
      (
        row + "{\"x\":1,\"y\":\"a\"\n", "a comma or the end of the row is missing before the end", 2
      ),
      (row + "{\"x\":1,\n", "a key in quotes is missing before the end", 2),
      (row + "{\"x\n", "the text that begins here is never closed", 2),
      (row + "{\"x\\q\":1}\n", "an escape that JSON does not know", 2),
      (row + "{\"x\\u12\":1}\n", "a \\u without four digits", 2),
      (row + "{\"x\":1,\"y\":2} 5\n", "text follows the row: \"5\"", 2),
      (row + "[1,2]\n", "no row begins here: \"[1,2]\"", 2),
      ("{\"x\":1,\"x\":2}\n", "the key \"x\" is there twice", 1),
      ("{\"x\":\"t\",\"y\":2}\n", "\"x\" is text, and features are numbers", 1),
      ("{\"x\":1,\"y\":[2,3]}\n", "the label \"y\" is a list", 1),
      ("{\"x\":[],\"y\":2}\n", "the row has no numbers", 1),
      ("[1,2]\n[1]\n", "this row has 1 value, and the first row has 2", 2),
      ("[1,2]\n[1,2,3]\n", "this row has more values than the 2 of the first", 2),
      ("[[1,2],[1,2]\n", "the list of rows is never closed", 2),
      ("[[1,2]] 5\n", "text follows: \"5\"", 1),
      ("[[1,2]\n[1,2]]\n", "a comma or the end of the row is missing before \"[1,2]]\"", 2),
      (
        String(repeating: "[", count: 100_000),
        "\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\" in"
          + " \"0\" is not a number", 1
      ),
      ("{\"x\":1}\n", "there is one column only, and the labels take it", nil),
    ] as [(String, String, Int?)] {
      let error = #expect(throws: DataError.self) {
        try load(text, LoadOptions(format: "jsonl"))
      }
      #expect(error?.message == message)
      #expect(error?.line == line, "\(message)")
    }
    let error = #expect(throws: DataError.self) {
      try load("[1,2]\n", LoadOptions(label: .named("b")))
    }
    #expect(error?.message == "there is no column \"b\": the rows are lists")
  }

  @Test func everyCutIsHeardOrRead() throws {
    let folder = try TemporaryFolder()
    for name in ["rows.jsonl", "rows.json", "dense.arff"] {
      let bytes = try Fixtures.plain("texts/\(name).gz")
      var stream = RandomStream(seed: 4, key: "texts", count: 0)
      for i in 0..<200 {
        var changed = bytes
        if i % 2 == 0 { changed.removeLast(stream.integer(below: changed.count)) }
        for _ in 0..<i % 3 where !changed.isEmpty {
          changed[stream.integer(below: min(changed.count, 1500))] = UInt8(
            stream.integer(below: 256))
        }
        do {
          _ = try DataLoader.load(folder.write(name, changed))
        } catch is DataError {
        }
      }
    }
  }
}
