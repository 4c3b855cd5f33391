import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// MAT-files that scipy wrote, and those of MATLAB itself, of scipy's tests. The numbers are those
/// of `make_fixtures.py`, by formula; of MATLAB's files, those that scipy's tests expect.
struct MATLABTests {
  private func rows(_ data: Dataset) -> [[Double]] {
    (0..<data.count).map { data.features.row($0) }
  }

  private func load(_ name: String, _ remarks: LoadRemarks? = nil) throws -> Loaded {
    try DataLoader.load(Fixtures.path("matlab/\(name).mat"), LoadOptions(remarks: remarks))
  }

  private func arrays(_ name: String, _ remarks: LoadRemarks? = nil) throws -> [NamedArray] {
    guard case .arrays(let arrays) = try load(name, remarks) else { return [] }
    return arrays
  }

  private let values = (0..<50).map { n in (0..<4).map { Double((3 * n + $0) % 100) } }

  @Test(arguments: ["types", "types-compressed"])
  func everyTypeAndCompression(_ name: String) throws {
    let found = try arrays(name)
    #expect(found.count == 11)
    for named in found {
      let expected = values.joined().map {
        named.name == "b" ? $0.truncatingRemainder(dividingBy: 2) : $0
      }
      #expect(named.array.shape == [50, 4])
      #expect(named.array.values == expected, "\(named.name)")
    }
  }

  @Test(arguments: ["cell", "cell-compressed"])
  func labelsInACellArray(_ name: String) throws {
    let data = try dataset(load(name))
    #expect(rows(data) == values)
    #expect(data.features.storageName == "bytes")
    #expect(data.classes == ["a", "b", "ä€"])
    #expect(data.labels == (0..<50).map { [1, 2, 0][$0 % 3] })
  }

  @Test(arguments: ["characters", "characters-compressed"])
  func labelsInRowsOfCharacters(_ name: String) throws {
    let data = try dataset(load(name))
    #expect(rows(data) == values)
    #expect(data.classes == ["ab", "c", "dcd"])
    #expect(data.labels == (0..<50).map { [0, 1, 0, 2, 1][$0 % 5] })
  }

  @Test(arguments: ["columns", "columns-compressed"])
  func samplesInColumns(_ name: String) throws {
    let remarks = LoadRemarks()
    let data = try dataset(load(name, remarks))
    #expect(rows(data) == values)
    #expect(data.classes == ["1", "2", "3"])
    #expect(data.labels == (0..<50).map { $0 % 3 })
    #expect(remarks.notes == ["samples are along the last axis of X, which is 4 × 50"])
  }

  @Test(arguments: ["pictures", "pictures-compressed", "pictures-first"])
  func picturesAlongTheLastAxisOrTheFirst(_ name: String) throws {
    let data = try dataset(load(name))
    #expect(data.imageShape == [2, 3, 3])
    #expect(rows(data) == (0..<5).map { n in (0..<18).map { Double(18 * n + $0) } })
    #expect(data.classes == ["1", "2", "10"])
    #expect(data.labels == [2, 0, 1, 0, 1])
  }

  @Test(arguments: ["sparse", "sparse-compressed"])
  func sparseFeatures(_ name: String) throws {
    let data = try dataset(load(name))
    #expect(data.features.storage is SparseMatrix)
    #expect(rows(data) == values.map { $0.map { Int($0) % 7 == 0 ? $0 : 0 } })
    #expect(data.labels == (0..<50).map { $0 % 2 })
  }

  /// More than is kept in memory while it is read.
  @Test func aLargeCompressedVariable() throws {
    let data = try dataset(load("large-compressed"))
    #expect(data.count == 150_000)
    let isRight = (0..<data.count).allSatisfy { n in
      data.labels[n] == n % 3
        && data.features.row(n) == (0..<4).map { Double((3 * n + $0) % 100) }
    }
    #expect(isRight)
  }

  @Test(arguments: ["parts", "parts-compressed"])
  func partsByTheirNames(_ name: String) throws {
    let parts = try split(load(name))
    #expect(parts.partNames == ["train", "val", "test"])
    #expect(rows(parts.train) == Array(values[..<30]))
    #expect(try rows(#require(parts.test)) == Array(values[30..<40]))
    #expect(try rows(#require(parts.val)) == Array(values[40...]))
    #expect(parts.test?.labels == (0..<10).map { $0 % 2 })
    #expect(parts.test?.classCount == 3)
  }

  @Test func otherFilesAreArraysAndWhatIsNotReadIsNamed() throws {
    let remarks = LoadRemarks()
    let found = try arrays("arrays", remarks)
    #expect(found.map(\.name) == ["a", "v", "M", "t"])
    #expect(found.map(\.array.shape) == [[], [3], [50, 4], [2]])
    #expect(found[0].array.values == [1.5])
    #expect(found[1].array.values == [1, 2, 3])
    #expect(found[3].array.texts == ["x", "yz"])
    #expect(
      remarks.warnings == [
        LoadRemarks.Warning(
          "the variable \"s\" is a struct of MATLAB, and is left out",
          help: "save its fields as variables: save('x.mat', '-struct', 's')")
      ])
  }

  @Test func matricesThatMATLABWrote() throws {
    func only(_ name: String) throws -> NumPyArray { try #require(try arrays(name).first).array }
    for name in ["testmatrix_6.1_SOL2", "testmatrix_7.4_GLNX86"] {
      let matrix = try only(name)
      #expect(matrix.shape == [3, 5])
      #expect(matrix.values == [1, 2, 3, 4, 5, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0])
    }
    for name in ["testdouble_6.1_SOL2", "testdouble_7.4_GLNX86"] {
      let theta = try only(name).values
      #expect(theta.count == 9)
      for k in 0..<9 { #expect(abs(theta[k] - Double.pi / 4 * Double(k)) < 1e-15) }
    }
    #expect(try only("testminus_6.1_SOL2").values == [-1])
    #expect(try only("testbool_8_WIN64").values == [1, 0])
    #expect(try only("miuint32_for_miint32").values == (0..<10).map { Double($0) })
    // Entry (i, j, k) is 1 + i + 2 j + 6 k.
    let cube = try only("test3dmatrix_7.4_GLNX86")
    #expect(cube.shape == [2, 3, 4])
    var expected: [Double] = []
    for i in 0..<2 {
      for j in 0..<3 {
        for k in 0..<4 { expected.append(Double(1 + i + 2 * j + 6 * k)) }
      }
    }
    #expect(cube.values == expected)
    for name in ["teststringarray_6.1_SOL2", "teststringarray_7.4_GLNX86"] {
      #expect(try only(name).texts == ["one", "two", "three"])
    }
    let japanese = try #require(try only("testunicode_7.4_GLNX86").texts?.first)
    #expect(japanese.hasPrefix("Japanese: \nすべての人間は、生まれながらにして自由であり、\n"))
    let big = try arrays("big_endian")
    #expect(big.first { $0.name == "floats" }?.array.values == [2, 3, 3, 4])
    #expect(big.first { $0.name == "strings" }?.array.texts == ["hello", "world"])
  }

  @Test func sparseMatricesThatMATLABWrote() throws {
    for name in ["testsparse_6.1_SOL2", "testsparse_7.4_GLNX86"] {
      let data = try dataset(load(name))
      #expect(rows(data) == [[1, 2, 3, 4, 5], [2, 0, 0, 0, 0], [3, 0, 0, 0, 0]])
      #expect(data.features.storage is SparseMatrix)
    }
    let logical = try dataset(load("logical_sparse"))
    let third: [Double] = [0, 0, 1, 0]
    #expect(
      rows(logical) == [[1, 1, 1, 0], third, third, [0, 0, 0, 0], [0, 0, 0, 0]])
  }

  @Test(arguments: [
    ("struct", "the variable \"s\" is a struct of MATLAB"),
    ("complex", "the variable \"z\" is complex"),
    ("testobject_7.4_GLNX86", "the variable \"testobject\" is an object of MATLAB"),
    ("testfunc_7.4_GLNX86", "the variable \"testfunc\" is a function of MATLAB"),
    ("testsparsecomplex_7.4_GLNX86", "the variable \"testsparsecomplex\" is complex"),
    ("testcell_7.4_GLNX86", "the variable \"testcell\" is a cell array, and cell 2 is no text"),
    ("testhdf5_7.4_GLNX86", "is a MAT-file of level 7.3, which is HDF5, and not read"),
    ("test_mat4_le_floats", "is no MAT-file of level 5"),
    ("corrupted_zlib_checksum", "the compressed data is damaged"),
    ("corrupted_zlib_data", "the compressed data ends in the middle"),
    ("malformed1", "the MAT-file ends in the middle"),
  ])
  func whatIsNotRead(_ name: String, _ message: String) throws {
    do {
      _ = try load(name)
      Issue.record("\(name) was read")
    } catch let error as DataError {
      #expect(error.message == message)
      #expect(error.help != nil || name == "testcell_7.4_GLNX86")
    }
  }

  @Test func labelsThatDoNotFitAreCounted() throws {
    let folder = try TemporaryFolder()
    // The name of the matrix of types' file that follows decides, as it stands in the file.
    var bytes = try Fixtures.bytes("matlab/cell.mat")
    // One cell of the 50 is announced less: the sizes of species are the words 50 and 1.
    let name = Array("species".utf8)
    let place = try #require(
      (0..<bytes.count - 7).first { Array(bytes[$0..<$0 + 7]) == name })
    let sizes = try #require((0..<place).last { bytes[$0] == 50 && bytes[$0 + 4] == 1 })
    bytes[sizes] = 49
    #expect(
      throws: DataError(
        "meas has 50 rows, and species has 49 entries", path: folder("a.mat"))
    ) { try DataLoader.load(folder.write("a.mat", bytes)) }
  }

  /// Of X, the element that tells its sizes is empty.
  @Test func aVariableWithoutSizesIsRefused() throws {
    let folder = try TemporaryFolder()
    // An element: type and number of bytes, then the data, padded to 8 bytes.
    func element(_ type: UInt8, _ data: [UInt8]) -> [UInt8] {
      [type, 0, 0, 0, UInt8(data.count), 0, 0, 0] + data
        + [UInt8](repeating: 0, count: -data.count & 7)
    }
    // Flags with the class of doubles, sizes, name, bytes.
    func matrix(_ name: String, sizes: [UInt8]) -> [UInt8] {
      element(
        14,
        element(6, [6, 0, 0, 0, 0, 0, 0, 0]) + element(5, sizes) + element(1, Array(name.utf8))
          + element(2, [1]))
    }
    let text = "MATLAB 5.0 MAT-file"
    let head = Array(text.utf8) + [UInt8](repeating: 32, count: 124 - text.utf8.count)
    let one: [UInt8] = [1, 0, 0, 0, 1, 0, 0, 0]
    func load(_ sizes: [UInt8]) throws -> Loaded {
      try DataLoader.load(
        folder.write(
          "a.mat",
          head + [0, 1, 0x49, 0x4D] + matrix("X", sizes: sizes) + matrix("y", sizes: one)))
    }
    #expect(try dataset(load(one)).labels == [0])
    #expect(
      throws: DataError(
        "the MAT-file is damaged", path: folder("a.mat"), help: "copy or save it again")
    ) { try load([]) }
  }

  @Test func formatsThatAreNotReadSayWhatMakesThem() throws {
    let folder = try TemporaryFolder()
    for (bytes, message) in [
      (Array("PAR1\u{15}\u{4}".utf8), "is a Parquet file, which is not read"),
      (Array("ARROW1\0\0".utf8), "is an Arrow file, which is not read"),
      ([0x89] + Array("HDF\r\n\u{1A}\n".utf8), "is an HDF5 file, which is not read"),
    ] {
      do {
        _ = try DataLoader.load(try folder.write("table.parquet", bytes))
        Issue.record("\(message): it was read")
      } catch let error as DataError {
        #expect(error.message == message)
        #expect(error.help?.contains("table") == true)
      }
    }
  }
}
