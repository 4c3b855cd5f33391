import Glibc
import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Batches of CIFAR-10 and CIFAR-100 that are cut off, mislabeled or something else.
struct BrokenBatchesTests {
  private func record(_ labels: [UInt8]) -> [UInt8] { labels + [UInt8](repeating: 5, count: 3072) }

  private func message(
    _ files: [String: [UInt8]], _ options: LoadOptions = LoadOptions(format: "cifar10")
  ) throws -> String {
    let folder = try TemporaryFolder()
    for (name, bytes) in files { try folder.write(name, bytes) }
    let error = #expect(throws: DataError.self) { try DataLoader.load(folder.path, options) }
    #expect(error?.path?.hasPrefix(folder.path) == true)
    return error?.message ?? ""
  }

  @Test func binaryBatches() throws {
    let good = record([3])
    for (count, text) in [
      (1, "0 whole records of 3073 bytes and 1 byte more"),
      (3072, "0 whole records of 3073 bytes and 3072 bytes more"),
      (3074, "1 whole record of 3073 bytes and 1 byte more"),
      (6145, "1 whole record of 3073 bytes and 3072 bytes more"),
    ] {
      #expect(
        try message(["data_batch_1.bin": Array((good + good).prefix(count))]) == "holds \(text)")
    }
    #expect(try message(["data_batch_1.bin": []]) == "the file is empty")
    for wrong: UInt8 in [10, 100, 255] {
      #expect(
        try message(["data_batch_1.bin": good, "test_batch.bin": good + record([wrong])])
          == "record 2 has the label \(wrong), and there are 10 classes")
    }
    #expect(
      try message(["x.bin": good])
        == "the folder holds no data_batch* and no test_batch* of CIFAR-10")
    let hundred = LoadOptions(format: "cifar100")
    #expect(
      try message(["train.bin": record([3, 100])], hundred)
        == "record 1 has the label 100, and there are 100 classes")
    #expect(
      try message(
        ["train.bin": record([20, 5])], LoadOptions(format: "cifar100", label: .named("coarse")))
        == "record 1 has the label 20, and there are 20 classes")
    #expect(
      try message(["train.bin": good], hundred)
        == "holds 0 whole records of 3074 bytes and 3073 bytes more")
    #expect(
      try message(["data_batch_1.bin": good], hundred)
        == "the folder holds no train* and no test* of CIFAR-100")
  }

  @Test func namesOfClasses() throws {
    let good = record([3])
    func names(_ text: String) throws -> String {
      try message(["data_batch_1.bin": good, "batches.meta.txt": Array(text.utf8)])
    }
    #expect(try names("a\n\nb\n") == "the name of a class is blank")
    #expect(try names(String(repeating: "a\n", count: 11)) == "names more than 10 classes")
    #expect(try names(String(repeating: "a", count: 100_000)) == "names more than 10 classes")
    #expect(try names("a\nb\n") == "record 1 has the label 3, and there are 2 classes")
    func meta(_ pickle: String) throws -> String {
      try message([
        "data_batch_1": try Fixtures.plain("pickles/python2-2.gz"),
        "batches.meta": Array(pickle.utf8),
      ])
    }
    #expect(try meta("(dp0\n.") == "holds no list label_names")
    #expect(try meta("(dp0\nS'label_names'\nI3\ns.") == "holds no list label_names")
    #expect(try meta("(dp0\nS'label_names'\n(lI3\nas.") == "holds no list label_names")
    #expect(try meta("(dp0\nS'label_names'\n(ls.") == "holds no list label_names")
    #expect(
      try meta("(dp0\nS'label_names'\n(l" + String(repeating: "S'x'\na", count: 11) + "s.")
        == "names more than 10 classes")
    #expect(
      try meta("(dp0\ncos\nsystem\n(S'id'\ntR.")
        == "the pickle calls os.system, at byte 16: it is a program, not data")
  }

  @Test func whatIsNoFileAtAll() throws {
    let folder = try TemporaryFolder()
    folder.makeFolder("data_batch_1.bin")
    func message() -> String {
      (#expect(throws: DataError.self) { try DataLoader.load(folder.path) })?.message ?? ""
    }
    #expect(message() == "is a folder, not a file")
    rmdir(folder("data_batch_1.bin"))
    mkfifo(folder("data_batch_1.bin"), 0o600)
    #expect(message() == "is a pipe, not a file")
  }

  /// The size that a file had before it became shorter.
  @Test func filesThatShrink() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("data_batch_1.bin", record([1]) + record([2]))
    let batch = DataSource(path: path, place: .file(size: 3 * 3073))
    #expect(throws: DataError("the file became shorter while it was read", path: path)) {
      try CIFARReader.read(batch, LoadOptions())
    }
    let bytes = try Fixtures.bytes("numpy/zip64.npz")
    let archive = try folder.write("a.npz", bytes)
    #expect(throws: DataError.self) {
      try NumPyArchiveReader.read(
        DataSource(path: archive, place: .file(size: bytes.count + 5000)), LoadOptions())
    }
    let idx = try folder.write(
      "x-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 1])
    try folder.write("x-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    let error = #expect(throws: DataError.self) {
      try IDXReader.read(DataSource(path: idx, place: .file(size: 25)), LoadOptions())
    }
    #expect(error?.message == "the file ends in the middle: 9 bytes are announced, and 0 are there")
  }

  @Test func arraysOfNumPy() throws {
    let folder = try TemporaryFolder()
    func message(_ bytes: [UInt8]) throws -> String {
      let path = try folder.write("a.npy", bytes)
      let error = #expect(throws: DataError.self) { try DataLoader.load(path) }
      #expect(error?.path == path)
      return error?.message ?? ""
    }
    func npy(_ header: String, _ entries: [UInt8] = [], version: UInt8 = 1) -> [UInt8] {
      let count = header.utf8.count
      let length = (0..<(version == 1 ? 2 : 4)).map { UInt8(count >> (8 * $0) & 255) }
      return NumPyHeader.magic + [version, 0] + length + Array(header.utf8) + entries
    }
    func header(_ type: String, _ shape: String) -> String {
      "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    }
    let whole = npy(header("<f8", "(2,)"), [UInt8](repeating: 1, count: 16))
    for count in 1..<whole.count {
      let text = try message(Array(whole.prefix(count)))
      #expect(
        text.contains("in the middle") || text.contains("does not begin"), "\(count): \(text)")
    }
    // Ten gigabytes in a hundred bytes.
    for (type, shape, size) in [
      ("<f8", "(1342177280,)", 10_737_418_240), ("|u1", "(10737418240,)", 10_737_418_240),
      ("<U100", "(26843546,)", 10_737_418_400), ("|S100", "(107374182, 1)", 10_737_418_200),
    ] {
      #expect(
        try message(npy(header(type, shape)))
          == "the array ends in the middle: \(size) bytes are announced, and 0 are there")
    }
    for shape in ["(4294967296, 4294967296)", "(9223372036854775807L,)", "(99999999999999999999,)"]
    {
      let text = try message(npy(header("<f8", shape)))
      #expect(text.contains("too large") || text.contains("can't be read"), "\(text)")
    }
    for type in ["<c8", "<f16", "<m8[D]", "<M8[ns]", "|V8", "<i3", "<f", "", "<", "U", "<U-1"] {
      let text = try message(npy(header(type, "(1,)"), [UInt8](repeating: 0, count: 64)))
      #expect(text.hasSuffix("are not read") || text.contains("in the middle"), "\(type): \(text)")
    }
    for broken in [
      "{'descr': '<f8', 'fortran_order': 1, 'shape': (1,), }",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1.5,), }",
      "{'descr': '<f8', 'fortran_order': False, 'shape': 1, }", "{'descr': ", "{}", "[]", "",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (" + String(repeating: "1,", count: 80)
        + "), }",
    ] {
      #expect(try message(npy(broken)).contains("the header of the NumPy array"))
    }
    let long = npy(header("<f8", "(1,)") + String(repeating: " ", count: 1 << 20), version: 2)
    #expect(try message(long) == "the header is longer than 1 MB")
  }
}
