import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Pickles written by hand, after Python's `pickletools`, and damaged ones.
struct PickleTests {
  private func read(_ bytes: [UInt8]) throws -> Pickle {
    try PickleReader.read(try FileBytes(bytes), path: "p")
  }

  private func read(_ text: String) throws -> Pickle {
    try read(text.unicodeScalars.map { UInt8($0.value) })
  }

  private func message(_ text: String) -> String {
    (#expect(throws: DataError.self) { try read(text) })?.message ?? ""
  }

  @Test func nothingIsEverCalled() {
    let program = "it is a program, not data"
    // What pickles are attacked with: `os.system("id")` in protocols 0, 1, 2 and 4.
    #expect(
      message("cos\nsystem\n(S'id'\ntR.") == "the pickle calls os.system, at byte 11: \(program)")
    #expect(
      message("\u{80}\u{2}cposix\nsystem\nq\0U\u{2}id\u{85}R.")
        == "the pickle calls posix.system, at byte 16: \(program)")
    #expect(
      message(
        "\u{80}\u{4}\u{95}\0\0\0\0\0\0\0\0\u{8C}\u{5}posix\u{8C}\u{6}system\u{93}"
          + "\u{8C}\u{2}id\u{85}R."
      )
        == "the pickle calls posix.system, at byte 27: \(program)")
    #expect(message("(S'id'\nios\nsystem\n.").hasPrefix("the pickle calls os.system"))
    for name in [
      "builtins\neval", "__builtin__\nexec", "subprocess\nPopen", "numpy\nload",
      "numpy.core.multiarray\nfromfile", "numpy\nndarray.tofile", "copyreg\n_reconstructor",
      "codecs\nencode", "_codecs\nescape_decode", "builtins\ngetattr", "numpy._core.multiarray\nx",
    ] {
      let dotted = name.split(separator: "\n").joined(separator: ".")
      #expect(message("c\(name)\n.").hasPrefix("the pickle calls \(dotted), at byte"), "\(name)")
    }
    #expect(message("(cnumpy\nndarray\no.").hasPrefix("the pickle makes an object"))
    #expect(message("cnumpy\nndarray\n)\u{81}.").hasPrefix("the pickle makes an object"))
    #expect(message("cnumpy\nndarray\n)R.").hasPrefix("the pickle is damaged: a call with other"))
    #expect(message("Pabc\n.").hasPrefix("the pickle names an object outside of the file"))
    #expect(message("K\u{1}Q.").hasPrefix("the pickle names an object outside of the file"))
    #expect(message("\u{82}\u{1}.").hasPrefix("the pickle calls an extension"))
    #expect(message("\u{97}.").hasPrefix("the pickle needs buffers outside of the file"))
    #expect(message("K\u{1})b.").hasPrefix("the pickle sets the state of an object"))
    #expect(message("K\u{1})R.").hasPrefix("the pickle calls what is no function"))
    // The name is shown without what a terminal would obey.
    #expect(message("c\u{1B}[2J\nx\n.").contains("\u{1B}") == false)
  }

  @Test func plainValues() throws {
    // {"a": [1, -2, 70000, -1, 2**40, True, None], b"b": (0.5, "ä")} in protocol 2, by hand.
    let pickle = try read(
      "\u{80}\u{2}}(X\u{1}\0\0\0a](K\u{1}J\u{FE}\u{FF}\u{FF}\u{FF}Jp\u{11}\u{1}\0\u{8A}\u{1}\u{FF}"
        + "\u{8A}\u{6}\0\0\0\0\0\u{1}\u{88}NeU\u{1}bG\u{3F}\u{E0}\0\0\0\0\0\0"
        + "X\u{2}\0\0\0\u{C3}\u{A4}\u{86}u."
    )
    guard case .sequence(let list)? = pickle["a"], case .sequence(let pair)? = pickle["b"] else {
      Issue.record("no lists")
      return
    }
    let numbers = pickle.sequences[list].compactMap { value -> Int? in
      if case .integer(let number) = value { number } else { nil }
    }
    #expect(numbers == [1, -2, 70000, -1, 1 << 40])
    guard case .flag(true) = pickle.sequences[list][5], case .none = pickle.sequences[list][6],
      case .number(0.5) = pickle.sequences[pair][0]
    else {
      Issue.record("other values")
      return
    }
    #expect(pickle.text(pickle.sequences[pair][1]) == "ä")
    // The same of protocol 0: "I01" is True, and texts have escapes.
    let old = try read(
      "(dp0\nS'a\\x41\\n'\np1\n(lp2\nI1\naL-5L\naI01\nasVb\\u00e4\\u20ac\np3\nS\"'\"\ns.")
    guard case .sequence(let items)? = old["aA\n"] else {
      Issue.record("no list")
      return
    }
    #expect(old.sequences[items].count == 3)
    #expect(old["bä€"].flatMap { old.text($0) } == "'")
    #expect(old["c"] == nil)
  }

  @Test func damagedMachines() {
    for (text, what) in [
      (".", "a value is missing"), ("a.", "a value is missing"), ("K\u{1}a.", "no list"),
      ("t.", "a mark is missing"), ("(K\u{1}a.", "no list"), ("K\u{1}K\u{2}s.", "an entry without"),
      ("](K\u{1}u.", "an entry without"), ("}(K\u{1}u.", "an entry without"),
      ("h\u{5}.", "a value that is not known"), ("gx\n.", "a value that is not known"),
      ("q\u{5}.", "nothing to remember"), ("(q\u{5}.", "nothing to remember"),
      ("Ixyz\n.", "no number"), ("I99999999999999999999\n.", "no number"), ("Fx\n.", "no number"),
      ("\u{8A}\u{9}123456789.", "a number of more"), ("Sabc\n.", "a text without"),
      ("S'\n.", "a text without"), ("S'\\q'\n.", "an escape"), ("S'\\x4'\n.", "an escape"),
      ("\u{80}\u{7}.", "protocol 7"), ("\u{FF}.", "the opcode 255"), ("\0.", "the opcode 0"),
      ("K\u{1}K\u{2}\u{93}.", "no name to call"), ("K\u{1}\u{87}.", "a value is missing"),
    ] {
      #expect(message(text).hasPrefix("the pickle is damaged: \(what)"), "\(what)")
    }
    for text in [
      "", "\u{80}", "K", "J\0\0", "T\u{FF}\u{FF}\u{FF}\u{7F}abc", "U\u{9}abc",
      "X\u{FF}\u{FF}\u{FF}\u{FF}a",
      "\u{8E}\0\0\0\0\u{1}\0\0\0a", "Sabc", "cos\nsystem", "\u{95}\0\0", "K\u{1}", "(((((((", "G\0",
      "\u{8B}\u{FF}\u{FF}\u{FF}\u{7F}a",
    ] {
      #expect(message(text).hasPrefix("the pickle ends in the middle"), "\(text)")
    }
    #expect(message("\u{8E}\0\0\0\0\0\0\0\u{FF}a.").contains("a size beyond all files"))
  }

  /// Deep nesting and cycles take no stack, and few bytes make no large values.
  @Test func nestingTakesNoStack() throws {
    let deep = String(repeating: "]", count: 200_000) + String(repeating: "a", count: 199_999) + "."
    #expect(try read(deep).sequences.count == 200_000)
    let cycle = try read("]q\0h\0a.")
    #expect(cycle.sequences.count == 1)
    #expect(try cycle.integers(cycle.root) == nil)
  }

  private func type(_ code: String, _ order: String = "<") -> String {
    "cnumpy\ndtype\n(S'\(code)'\nI0\nI1\ntR(I3\nS'\(order)'\nNNNI-1\nI-1\nI0\ntb"
  }

  private func array(_ shape: String, _ type: String, _ data: String, fortran: Int = 0) -> String {
    "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR"
      + "(I1\n(\(shape)t\(type)I\(fortran)\nS'\(data)'\ntb"
  }

  @Test func arraysOfEveryKind() throws {
    func values(_ text: String) throws -> [Double]? {
      let pickle = try read(text + ".")
      return try pickle.array(pickle.root)?.array().values
    }
    #expect(try values(array("I2\n", type("i2", ">"), "\\x01\\x02\\xff\\xfe")) == [258, -2])
    #expect(try values(array("I2\n", type("i2"), "\\x01\\x02\\xff\\xfe")) == [513, -257])
    #expect(try values(array("I2\nI2\n", type("u1"), "abcd")) == [97, 98, 99, 100])
    #expect(try values(array("I2\nI2\n", type("u1"), "abcd", fortran: 1)) == [97, 99, 98, 100])
    #expect(
      try values(array("I1\n", type("f8"), "\\x00\\x00\\x00\\x00\\x00\\x00\\xe0\\x3f")) == [0.5])
    func wrong(_ text: String) -> String {
      (#expect(throws: DataError.self) { try values(text) })?.message ?? ""
    }
    #expect(wrong(array("I3\n", type("u1"), "ab")) == "2 bytes don't fill an array of the shape 3")
    #expect(
      wrong(array("I4000000000\nI4000000000\n", type("f8"), "ab"))
        .hasPrefix("2 bytes don't fill an array of the shape"))
    #expect(wrong(array("I-1\n", type("u1"), "ab")).hasPrefix("2 bytes don't fill"))
    #expect(wrong(array("I1\n", type("O8"), "ab")).hasPrefix("arrays of Python objects"))
    #expect(wrong(array("I1\n", type("c8"), "ab")) == "arrays of the type \"<c8\" are not read")
    #expect(wrong(array("I1\n", "I1\n", "ab")).contains("an array without its parts"))
    #expect(
      wrong("cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR")
        .hasPrefix("the pickle is damaged: an array without data"))
    #expect(
      wrong(
        "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR(I1\n(I1\nt"
          + type("u1") + "I0\n(ltb"
      )
      .contains("holds an array of objects"))
  }

  // MARK: Batches

  @Test func aBatchThatIsNone() throws {
    let folder = try TemporaryFolder()
    func error(_ text: String, _ format: String? = nil) throws -> String {
      let path = try folder.write("batch", text.unicodeScalars.map { UInt8($0.value) })
      let error = #expect(throws: DataError.self) {
        try DataLoader.load(path, LoadOptions(format: format))
      }
      #expect(error?.path == path)
      return error?.message ?? ""
    }
    let row = array("I1\nI3072\n", type("u1"), String(repeating: "a", count: 3072))
    func batch(_ data: String, _ labels: String) -> String {
      "(dp0\nS'data'\n\(data)sS'labels'\n\(labels)s."
    }
    #expect(try error("(dp0\n.") == "the pickle holds no array \"data\"")
    #expect(try error("(dp0\nS'data'\nI1\ns.") == "the pickle holds no array \"data\"")
    #expect(
      try error("(dp0\nS'data'\n\(row)s.")
        == "the pickle holds no list of whole numbers \"labels\"")
    #expect(
      try error(batch(row, "(lF1.5\na")) == "the pickle holds no list of whole numbers \"labels\"")
    #expect(try error(batch(row, "(lI1\naI2\na")) == "the pickle has 1 pictures and 2 labels")
    #expect(
      try error(batch(row, "(lI10\na"))
        == "record 1 has the label 10, and there are 10 classes")
    #expect(
      try error(batch(row, "(lI-1\na"))
        == "record 1 has the label -1, and there are 10 classes")
    #expect(
      try error(batch(array("I1\nI2\n", type("u1"), "ab"), "(lI1\na"))
        == "\"data\" is no array of rows × 3072 bytes")
    #expect(
      try error(batch(array("I0\nI3072\n", type("u1"), ""), "(l")) == "the batch is empty")
    #expect(
      try error("(dp0\nS'fine_labels'\n(lI1\nas.") == "the pickle holds no array \"data\"")
    #expect(
      try error(batch(row, "(lI1\na"), "cifar100")
        == "the pickle holds no list of whole numbers \"fine_labels\"")
    #expect(try error("(dp0\n.", "npz").hasPrefix("the archive is damaged"))
    #expect(
      try error("\u{80}\u{2}}q\0cos\nsystem\nU\u{2}id\u{85}R.")
        == "the pickle calls os.system, at byte 16: it is a program, not data")
  }

  @Test func everyCutOfABatchIsHeard() throws {
    for name in ["python2-0", "python2-2", "python3-0", "python3-5"] {
      let bytes = try Fixtures.plain("pickles/\(name).gz")
      let places = Array(0..<400) + Array(bytes.count - 300..<bytes.count) + [3000, 5000]
      for count in places where count < bytes.count {
        #expect(throws: DataError.self, "\(name) \(count)") { try read(Array(bytes.prefix(count))) }
      }
    }
  }
}
