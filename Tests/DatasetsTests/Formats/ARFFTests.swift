import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// A file that scipy reads, and files written by hand after Weka's manual.
struct ARFFTests {
  private func load(_ text: String, _ options: LoadOptions = LoadOptions()) throws -> Dataset {
    let folder = try TemporaryFolder()
    return try dataset(DataLoader.load(folder.write("x", text), options))
  }

  private func rows(_ data: Dataset) -> [Double] {
    (0..<data.count).flatMap { data.features.row($0) }
  }

  @Test func whatScipyReads() throws {
    let expected = try NumPyFile.readArray(Fixtures.path("texts/dense.npy")).values
    let threads = Parallel.threads
    defer { Parallel.threads = threads }
    for count in [1, 3] {
      Parallel.threads = count
      let data = try dataset(DataLoader.load(Fixtures.path("texts/dense.arff.gz")))
      #expect(bits(rows(data)) == bits(expected))
      #expect(data.classes == ["a", "b", "c"])
      #expect(data.labels == (0..<200).map { $0 % 3 })
      #expect(data.name == "dense")
    }
  }

  private static let header = """
    % Iris, in part
    @relation iris

    @attribute 'sepal length' REAL
    @attribute kind {setosa, versi\\ color , "x,y"}   
    @Attribute class {no,yes,never}
    @data

    """

  @Test func denseRows() throws {
    let data = try load(
      Self.header + """
        5.1,setosa,yes
        % a comment
        4.9 , "x,y" , 'yes'

        ?\t?\tno
        """)
    #expect(data.labels == [2, 2, 1])
    // Every declared class is one, in the order of classes.
    #expect(data.classes == ["never", "no", "yes"])
    #expect(bits(rows(data)) == bits([5.1, 0, 4.9, 3, .nan, .nan]))
  }

  @Test func labelsInAnyAttribute() throws {
    let text = "@relation r\n@attribute a numeric\n@attribute b numeric\n@data\n1,2.50\n3,2.5\n"
    #expect(try load(text).classes == ["2.5"])
    #expect(try rows(load(text, LoadOptions(label: .first))) == [2.5, 2.5])
    #expect(try load(text, LoadOptions(label: .named("a"))).classes == ["1", "3"])
    #expect(try rows(load(text, LoadOptions(label: .none))) == [1, 2.5, 3, 2.5])
    let strings = "@relation r\n@attribute a numeric\n@attribute t string\n@data\n1,'b c'\n2,a\n"
    #expect(try load(strings).classes == ["a", "b c"])
  }

  @Test func sparseRows() throws {
    let data = try load(
      """
      @relation r
      @attribute a numeric
      @attribute class {first,second}
      @attribute b numeric
      @attribute c {zero,one,two}
      @data
      {0 1.5, 1 second, 3 two}
      {}
      { 2 -4 ,3 zero}
      {1 first, 2 0}
      """)
    #expect(data.features.storageName == "sparse")
    #expect(rows(data) == [1.5, 0, 2, 0, 0, 0, 0, -4, 0, 0, 0, 0])
    // What is left out is the first declared value.
    #expect(data.labels == [1, 0, 0, 0])
    #expect(data.classes == ["first", "second"])
  }

  @Test func brokenFiles() throws {
    let table = "@relation r\n@attribute a numeric\n@attribute c {x,y}\n"
    let sparse = table + "@data\n{0 1}\n"
    for (text, message, line) in [
      ("@relation r\n", "the file has no @data", nil),
      (table, "the file has no @data", nil),
      ("@relation r\n@data\n1\n", "the file has no @attribute", 2),
      (table + "@data\n", "the file holds no rows below @data", nil),
      (table + "@data\n% nothing\n\n", "the file holds no rows below @data", nil),
      (
        table + "@attributes b real\n@data\n1,x\n", "\"@attributes\" is no part of an ARFF header",
        4
      ),
      (table + "1,x\n", "\"1,x\" is no part of an ARFF header", 4),
      ("@relation r\n@attribute\n@data\n", "the attribute has no name", 2),
      ("@relation r\n@attribute a\n@data\n", "the attribute \"a\" has no type", 2),
      (
        "@relation r\n@attribute a complex\n@data\n",
        "attributes of the type \"complex\" are not read", 2
      ),
      (
        "@relation r\n@attribute a relational\n@data\n",
        "attributes of the type \"relational\" are not read", 2
      ),
      (
        "@relation r\n@attribute a {x,y\n@data\n", "the values of \"a\" have no closing brace", 2
      ),
      ("@relation r\n@attribute a {}\n@data\n", "the attribute \"a\" has no values", 2),
      ("@relation r\n@attribute 'a real\n@data\n", "the quote that begins here is never closed", 2),
      (table + "@attribute a real\n@data\n", "the attribute \"a\" is there twice", 4),
      (table + "@data\n1,z\n", "\"z\" is no declared value of \"c\"", 5),
      (table + "@data\n1,?\n", "the label is missing in \"c\"", 5),
      (table + "@data\n1,x\nw,x\n", "\"w\" in \"a\" is not a number", 6),
      (table + "@data\n1,x\n,x\n", "the value of \"a\" is missing", 6),
      (table + "@data\n1\n", "this row has 1 value, and there are 2 attributes", 5),
      (table + "@data\n1,x,2\n", "this row has more values than the 2 attributes", 5),
      (table + "@data\n1,x,{5}\n", "weights of rows are not read", 5),
      (table + "@data\n1,'x\n", "the quote that begins here is never closed", 5),
      (table + "@data\n1,x\n{0 1}\n", "this row is sparse, and the first one is dense", 6),
      (sparse + "1,x\n", "this row is dense, and the first one is sparse", 6),
      (sparse + "{0 1\n", "the row has no closing brace", 6),
      (sparse + "{\n", "the row has no closing brace", 6),
      (sparse + "{5 1}\n", "the row has an index that is none of 0 to 1", 6),
      (sparse + "{-1 1}\n", "the row has an index that is none of 0 to 1", 6),
      (sparse + "{4294967296 1}\n", "the row has an index that is none of 0 to 1", 6),
      (sparse + "{a 1}\n", "the row has an index that is none of 0 to 1", 6),
      (sparse + "{0}\n", "the row has an index that is none of 0 to 1", 6),
      (sparse + "{0 1, 0 2}\n", "index 0 is there twice", 6),
      (sparse + "{1 x, 0 2}\n", "index 0 comes after 1", 6),
      (sparse + "{0 1 1 x}\n", "the values of the row are not separated by commas", 6),
      (sparse + "{0 1} 5\n", "text follows the closing brace", 6),
      (sparse + "{0 z}\n", "\"z\" in \"a\" is not a number", 6),
      (
        "@relation r\n@attribute t string\n@attribute c {x}\n@data\na,x\n",
        "the attribute \"t\" is text, and features are numbers", nil
      ),
      (
        "@relation r\n@attribute c {x}\n@data\nx\n",
        "there is one column only, and the labels take it", nil
      ),
    ] as [(String, String, Int?)] {
      let error = #expect(throws: DataError.self) {
        try load(text, LoadOptions(format: "arff"))
      }
      #expect(error?.message == message)
      #expect(error?.line == line, "\(message)")
      #expect(error?.path != nil)
    }
    let error = #expect(throws: DataError.self) {
      try load(table + "@data\n1,x\n", LoadOptions(label: .named("b")))
    }
    #expect(error?.message == "there is no column \"b\"")
  }
}
