import Glibc
import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// What is wrong with a file, and in which line, by hand.
struct BrokenFilesTests {
  private struct Broken {
    let name: String
    let bytes: [UInt8]
    let message: String
    let line: Int?
    let options: LoadOptions

    init(
      _ name: String, _ text: String, _ message: String, _ line: Int? = nil,
      _ options: LoadOptions = LoadOptions()
    ) {
      self.init(name, bytes: Array(text.utf8), message, line, options)
    }

    init(
      _ name: String, bytes: [UInt8], _ message: String, _ line: Int? = nil,
      _ options: LoadOptions = LoadOptions()
    ) {
      (self.name, self.bytes, self.message, self.line) = (name, bytes, message, line)
      self.options = options
    }
  }

  private func npy(_ header: String, _ entries: [UInt8] = []) -> [UInt8] {
    NumPyHeader.magic + [1, 0, UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
      + Array(header.utf8) + entries
  }

  private var tables: [Broken] {
    [
      Broken("e.csv", "", "the file is empty"),
      Broken("e.csv", "\n\r\n  \n", "the file holds no rows"),
      Broken("e.csv", "a,b\n", "the file holds no rows below the names of the columns"),
      Broken("r.csv", "1,2,a\n3,b\n", "this row has 2 cells, and the first row has 3", 2),
      Broken("r.csv", "1,2,a\n3,4,5,b\n", "this row has 4 cells, and the first row has 3", 2),
      Broken("r.csv", "1,2,a\n\n\n3\n", "this row has 1 cell, and the first row has 3", 4),
      Broken(
        "n.csv", "u,v,w\n1,2,a\n3,x,b\n4,5,a\n", "\"x\" in column \"v\" is not a number", 3,
        LoadOptions(header: true)),
      Broken("n.csv", "1,2,a\n3,x,b\n", "\"x\" in column 2 is not a number", 2),
      Broken("n.csv", "1,2,a\n3,1e,b\n", "\"1e\" in column 2 is not a number", 2),
      Broken("n.csv", "1,2,a\n3,0x10,b\n", "\"0x10\" in column 2 is not a number", 2),
      Broken("n.csv", "1,2,a\n3,\u{1B}[31m,b\n", "\"\\u{1b}[31m\" in column 2 is not a number", 2),
      Broken(
        "n.csv", "1,2,a\n3,\(String(repeating: "y", count: 60)),b\n",
        "\"\(String(repeating: "y", count: 40))…\" in column 2 is not a number", 2),
      Broken("n.csv", "1;2;a\n3;4,5,6;b\n", "\"4,5,6\" in column 2 is not a number", 2),
      Broken("n.csv", "1.5;2;a\n3;4,5;b\n", "\"4,5\" in column 2 is not a number", 2),
      Broken("l.csv", "1,2,a\n3,4,\n", "the label is missing in column 3", 2),
      Broken("l.csv", "p,q,y\n1,2,1\n3,4,NaN\n", "the label is missing in column \"y\"", 3),
      Broken("q.csv", "1,2,a\n3,4,\"b\n5,6,c\n", "the quote that begins here is never closed", 2),
      Broken(
        "q.csv", "1,2,a\n3,4,\"b\"c\n5,6,c\n", "text follows the closing quote of a cell: \"c\"",
        2),
      Broken("q.csv", "1,2,\"a\nb\"\n3,x,c\n", "\"x\" in column 2 is not a number", 3),
      Broken("o.csv", "1\n2\n", "there is one column only, and the labels take it"),
      Broken(
        "c.csv", "a,b\n1,2\n", "there is no column \"c\"", nil,
        LoadOptions(label: .named("c"))),
      Broken(
        "c.csv", "1,2\n1,2\n",
        "there is no column \"c\": the first row does not name the columns", nil,
        LoadOptions(label: .named("c"))),
      // Latin-1, in a label, in a text and in a name.
      Broken(
        "u.csv", bytes: Array("1,2,a\n3,4,M".utf8) + [0xFC, 10], "\"M\u{FFFD}\" is not in UTF-8", 2
      ),
      Broken(
        "u.csv", bytes: Array("x,2,a\n".utf8) + [0xE4] + Array(",4,b\n".utf8),
        "\"\u{FFFD}\" is not in UTF-8", 2),
      Broken(
        "u.csv", bytes: [0xE4] + Array(",b,c\n1,2,a\n".utf8),
        "the name of a column, \"\u{FFFD}\", is not in UTF-8", 1),
      // A zero byte after the beginning that is looked at first.
      Broken(
        "z.csv",
        bytes: Array(String(repeating: "1,2,a\n", count: 1000).utf8) + Array("1,2,\0\n".utf8),
        "the file is not text: there is a zero byte in \"\\0\"", 1001),
      Broken(
        "z.csv",
        bytes: Array(String(repeating: "1,2,a\n", count: 1000).utf8) + Array("1,\u{0}2,a\n".utf8),
        "\"\\02\" in column 2 is not a number", 1001),
      Broken(
        "w.csv", String(repeating: ",", count: 2_000_000),
        "the first row has more than 1 000 000 cells", 1),
      Broken("c.csv", "1,2,a\n3,4", "this row has 2 cells, and the first row has 3", 2),
      Broken("c.csv", "1,2,a\n3,4,\"b", "the quote that begins here is never closed", 2),
      Broken("c.csv", "\"", "the quote that begins here is never closed", 1),
      Broken("c.tsv", "1\t2\ta\n3\tx\tb\n", "\"x\" in column 2 is not a number", 2),
      Broken("c.txt", "1|2|a\n3|x|b\n", "\"x\" in column 2 is not a number", 2),
      Broken("c.txt", "1 2 a\n3 x b\n", "\"x\" in column 2 is not a number", 2),
      Broken(
        "c.csv", "1 2 a\n3 4 b c\n", "there is one column only, and the labels take it"),
      Broken("u.csv", bytes: [0xFF, 0xFE, 49, 0, 44, 0, 50, 0, 10, 0], "the text is in UTF-16"),
      Broken("z.csv", bytes: [49, 44, 0, 10], "the file is not text"),
      Broken("t.tsv", "1\t2\ta\n3,4,b\n", "this row has 1 cell, and the first row has 3", 2),
      Broken("f.csv", "1,a\n", "there is no format \"cvs\"", nil, LoadOptions(format: "cvs")),
    ]
  }

  private var sparse: [Broken] {
    [
      Broken("a.svm", "1 1:2\nx 1:2\n", "column 1: the label \"x\" is not a number", 2),
      Broken("a.svm", "1 1:2\n1:2\n", "column 1: the label is missing before \"1:2\"", 2),
      Broken("a.svm", "nan 1:2\n", "column 1: the label \"nan\" is not a number", 1),
      Broken("a.svm", "1,2 1:2\n", "column 1: the label \"1,2\" is not a number", 1),
      Broken(
        "a.svm", "1 -1:2\n", "column 3: \"-1:2\" does not begin with a whole number from 0", 1),
      Broken(
        "a.svm", "1 1.5:2\n", "column 3: \"1.5:2\" does not begin with a whole number from 0", 1),
      Broken(
        "a.svm", "1 1:2 :3\n", "column 7: \":3\" does not begin with a whole number from 0", 1),
      // An index without digits that comes first: it was taken for one below 0.
      Broken(
        "a.svm", "1 1:2 3:4\n1 :-7\n",
        "column 3: \":-7\" does not begin with a whole number from 0", 2),
      Broken(
        "a.svm", "1 :0.25 3:4\n", "column 3: \":0.25\" does not begin with a whole number from 0",
        1),
      Broken("a.svm", "1 1:2\n1 1:2 3\n", "column 7: \"3\" has no colon", 2),
      Broken("a.svm", "1 1:2 2147483648:1\n", "column 7: index \"2147483648\" is too large", 1),
      Broken(
        "a.svm", "1 0:2 2147483647:1\n",
        "index 2147483647 is too large, where indices begin at 0"),
      Broken("a.svm", "1 1:2\n1 1:1e\n", "column 5: \"1e\" is not a number", 2),
      Broken("a.svm", "1 1:0x10\n", "column 5: \"0x10\" is not a number", 1),
      Broken("a.svm", "1 1:1,5\n", "column 5: \"1,5\" is not a number", 1),
      Broken(
        "a.svm", "1 \u{E4}:1\n", "column 3: \"\u{E4}:1\" does not begin with a whole number from 0",
        1),
      Broken("a.svm", bytes: [49, 32, 49, 58, 0, 10], "the file is not text"),
      Broken(
        "a.svm", bytes: [0xFF, 0xFE, 49, 0, 32, 0, 49, 0, 58, 0, 49, 0, 10, 0],
        "the text is in UTF-16"),
      Broken("a.svm", "1 2\n", "column 3: \"2\" has no colon", 1),
      Broken("a.svm", "1 1:x\n", "column 5: \"x\" is not a number", 1),
      Broken("a.svm", "1 1:\n", "column 5: \"\" is not a number", 1),
      Broken("a.svm", "1 1:2:3\n", "column 5: \"2:3\" is not a number", 1),
      Broken("a.svm", "1 qid:3 x\n", "column 9: \"x\" has no colon", 1),
      Broken("a.svm", "1\n2\n", "no row has a feature"),
      Broken("a.svm", "# nothing\n", "the file holds no rows"),
      Broken(
        "a.svm", "1 1:1\n", "label= is for tables, and this is libsvm", nil,
        LoadOptions(label: .first)),
    ]
  }

  private var arrays: [Broken] {
    let good = "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }"
    return [
      Broken("a", bytes: NumPyHeader.magic, "the header of the NumPy array ends in the middle"),
      Broken(
        "a", bytes: NumPyHeader.magic + [9, 0, 1, 0, 32],
        "version 9 of NumPy's format is not known"),
      Broken(
        "a", bytes: NumPyHeader.magic + [1, 0, 200, 0, 32],
        "the header of the NumPy array ends in the middle"),
      Broken(
        "a", bytes: NumPyHeader.magic + [2, 0, 255, 255, 255, 255],
        "the header of the NumPy array ends in the middle"),
      Broken("a", bytes: npy("nonsense"), "the header of the NumPy array can't be read"),
      Broken(
        "a", bytes: npy("{'descr': '<f8', 'shape': (1,)}", [0]),
        "the header of the NumPy array lacks descr, fortran_order or shape"),
      Broken(
        "a", bytes: npy(good, [0, 0, 0]),
        "the array ends in the middle: 8 bytes are announced, and 3 are there"),
      Broken(
        "a",
        bytes: npy(
          "{'descr': '<f8', 'fortran_order': False, 'shape': (999999999999, 999999999999)}"),
        "the shape 999999999999, 999999999999 is too large"),
      Broken(
        "a", bytes: npy("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}"),
        "the header of the NumPy array can't be read"),
      Broken(
        "a", bytes: npy("{'descr': '<f3', 'fortran_order': False, 'shape': (1,)}"),
        "arrays of the type \"<f3\" are not read"),
      Broken(
        "a", bytes: npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}"),
        "arrays of Python objects are not read: they are programs, not data"),
      Broken("a.npy", "1,2,3\n", "does not begin as a NumPy array does"),
    ]
  }

  @Test func everyBrokenFileSaysWhatIsWrong() throws {
    let folder = try TemporaryFolder()
    let all = tables + sparse + arrays
    #expect(all.count >= 50)
    for broken in all {
      let path = try folder.write(broken.name, broken.bytes)
      do {
        _ = try DataLoader.load(path, broken.options)
        Issue.record("no error: \(broken.message)")
      } catch let error as DataError {
        #expect(error.message == broken.message)
        #expect(error.line == broken.line, "\(broken.message)")
        if broken.options.format == nil { #expect(error.path == path) }
      }
    }
  }

  @Test func archives() throws {
    let folder = try TemporaryFolder()
    let whole = NumPyFixtures.storedArchive
    for count in [4, 30, 100, whole.count / 2, whole.count - 1] {
      let path = try folder.write("a.npz", Array(whole.prefix(count)))
      let error = #expect(throws: DataError.self) { try DataLoader.load(path) }
      #expect(error?.message.hasPrefix("the archive is damaged or cut off") == true)
    }
    let text = try folder.write("a.npz", "no archive at all")
    let error = #expect(throws: DataError.self) { try DataLoader.load(text) }
    #expect(error?.message.hasPrefix("the archive is damaged or cut off") == true)

    func message(_ arrays: [(String, [Int], [Double])]) throws -> String? {
      try NumPyFile.writeArchive(
        arrays.map {
          NamedArray(name: $0.0, array: try NumPyArray(shape: $0.1, values: $0.2))
        }, to: folder("b.npz"))
      return #expect(throws: DataError.self) { try DataLoader.load(folder("b.npz")) }?.message
    }
    let X = ("X", [2, 1], [1.0, 2])
    #expect(try message([X, ("y", [1], [1])]) == "X has 2 rows, and y has 1 entries")
    #expect(try message([X, ("y", [2], [1, .nan])]) == "y holds NaN: every label must be there")
    #expect(
      try message([("X", [2], [1, 2]), ("y", [2], [1, 2])])
        == "X has one axis, and needs samples × features")
    #expect(try message([("X", [0, 2], []), ("y", [0], [])]) == "X is empty")
    #expect(
      try message([X, ("y", [2], [0, 1]), ("image_shape", [3], [2, 2, 3])])
        == "image_shape is not height, width and channels of 1 features")
    #expect(
      try message([X, ("y", [2], [0, 2]), ("classes", [2], [5, 6])])
        == "label 2 is out of range: there are 2 classes")
    #expect(
      try message([X, ("y", [2], [0, 0.5]), ("classes", [2], [5, 6])])
        == "y holds a number that is not whole")
    #expect(
      try message([X, ("y", [2], [0, 1]), ("classes", [2], [5, 5])]) == "classes holds a name twice"
    )
    #expect(
      try message([X, ("y", [2], [0, 1]), ("X_test", [1, 2], [1, 2]), ("y_test", [1], [1])])
        == "the test part has 2 features, and train has 1")
  }

  @Test func whatIsNoFile() throws {
    let folder = try TemporaryFolder()
    func error(_ path: String, _ options: LoadOptions = LoadOptions()) -> DataError? {
      #expect(throws: DataError.self) { try DataLoader.load(path, options) }
    }
    #expect(error("")?.message == "the path is empty")
    #expect(error("a\0b")?.message == "a path can't hold a zero byte")
    #expect(error(folder("none"))?.message == "no such file or folder")
    #expect(
      error(folder("no/such/file"))?.help == "there is no folder \"\(folder("no"))\""
        || folder.path.count > 34)
    #expect(error("/dev/null")?.message == "is a device or socket, not a file")
    for format in ["csv", "tsv", "libsvm"] {
      folder.makeFolder("folder.\(format)")
      #expect(
        error(folder("folder.\(format)"), LoadOptions(format: format))?.message
          == "is a folder, not a file")
      #expect(
        error("/dev/zero", LoadOptions(format: format))?.message
          == "is a device or socket, not a file")
    }
    mkfifo(folder("pipe"), 0o600)
    #expect(error(folder.path)?.message == "the folder holds no data that is known")
    folder.makeFolder("empty")
    #expect(error(folder("empty"))?.message == "the folder is empty")
    #expect(
      error(folder("empty"), LoadOptions(format: "csv"))?.message == "is a folder, not a file")
    #expect(
      error(folder("empty"), LoadOptions(format: "npz"))?.message == "is a folder, not a file")
    #expect(
      error(folder("empty"), LoadOptions(format: "cifar10"))?.message
        == "the folder holds no data_batch* and no test_batch* of CIFAR-10")
    try folder.write("words", "some words\nand more words\n")
    #expect(error(folder("words"))?.message == "the format of this file is not known")
    #expect(
      error(folder("words"))?.help
        == "say format=; formats: \(DataLoader.formats.joined(separator: ", "))")
    folder.makeFolder("batch")
    folder.makeFolder("batch/data_batch_1.bin")
    #expect(error(folder("batch"))?.message == "is a folder, not a file")
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func whatMayNotBeRead() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", "1,2,a\n")
    chmod(path, 0)
    #expect(throws: DataError("can't be read: Permission denied", path: path)) {
      try DataLoader.load(path)
    }
    folder.makeFolder("closed")
    chmod(folder("closed"), 0)
    #expect(throws: DataError("can't be read: Permission denied", path: folder("closed"))) {
      try DataLoader.load(folder("closed"))
    }
    #expect(throws: DataError("can't be read: Permission denied", path: folder("closed/a"))) {
      try DataLoader.load(folder("closed/a"))
    }
  }

  @Test func aTestPartThatDoesNotFit() throws {
    let folder = try TemporaryFolder()
    let train = try folder.write("train.csv", "1,2,a\n3,4,b\n")
    let wider = try folder.write("test.csv", "1,2,3,a\n")
    #expect(
      throws: DataError("the test part has 3 features, and train has 2", path: wider)
    ) { try DataLoader.load(train, LoadOptions(testPath: wider)) }
    let fits = try folder.write("fits.csv", "7,8,c\n")
    let parts = try split(DataLoader.load(train, LoadOptions(header: false, testPath: fits)))
    #expect(parts.train.classes == ["a", "b", "c"])
    #expect(parts.test?.labels == [2])
  }
}
