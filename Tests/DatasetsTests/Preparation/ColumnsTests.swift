import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Selecting features, filling in missing ones, and their names.
struct ColumnsTests {
  /// Four rows of four features, in each kind of storage: entry (i, j) is 10 i + j, or 0 where that
  /// is odd and the storage sparse.
  static let storages = ["bytes", "single", "double", "sparse"]

  private func features(_ storage: String) throws -> Features {
    let numbers = (0..<16).map { Double(10 * ($0 / 4) + $0 % 4) }
    switch storage {
    case "bytes": return try Features.narrowest(rows: 4, columns: 4, entries: numbers)
    case "single":
      return Features(try SingleMatrix(rows: 4, columns: 4, numbers.map { Float($0) }))
    case "double": return Features(Matrix(rows: 4, columns: 4, numbers))
    default:
      return Features(
        try SparseMatrix(
          rows: 4, columns: 4, rowStarts: [0, 1, 3, 5, 7], columnIndices: [2, 0, 2, 0, 2, 0, 2],
          values: [2, 10, 12, 20, 22, 30, 32]))
    }
  }

  private func data(_ storage: String) throws -> Dataset {
    try Dataset(
      features: features(storage), labels: [0, 1, 0, 1], classes: ["p", "q"],
      columns: ["a", "b", "c=x", "c=y"], name: "d")
  }

  private func rows(_ data: Dataset) -> [[Double]] {
    (0..<data.count).map { data.features.row($0) }
  }

  @Test(arguments: storages) func columnsAreSelected(_ storage: String) throws {
    let data = try data(storage)
    let odd: Double = storage == "sparse" ? 0 : 1
    let some = try data.selecting(columns: .drop([.name("a"), .number(-1)]))
    #expect(some.features.storageName == storage)
    #expect(some.columns == ["b", "c=x"])
    #expect(rows(some) == [[odd, 2], [11 * odd, 12], [21 * odd, 22], [31 * odd, 32]])
    #expect(
      some.features.preparation.selection == ColumnSelection(columns: [1, 2], of: 4))
    // Selecting again counts from the first columns.
    let one = try some.selecting(columns: .keep([.number(1)]))
    #expect(rows(one) == [[2], [12], [22], [32]])
    #expect(one.features.preparation.selection == ColumnSelection(columns: [2], of: 4))
    // Both features of a column of texts.
    #expect(try data.selecting(columns: .keep([.name("c")])).columns == ["c=x", "c=y"])
  }

  @Test(arguments: storages) func meanAndScaleGoWithTheirColumns(_ storage: String) throws {
    let odd: Double = storage == "sparse" ? 0 : 1
    let data = try data(storage).prepared(.center).prepared(.addBias)
    let some = try data.selecting(columns: .keep([.number(3), .number(1)]))
    #expect(some.features.preparation.mean == [16 * odd, 18 * odd])
    #expect(some.featureNames == ["b", "c=y", "bias"])
    #expect(rows(some)[0] == [-15 * odd, -15 * odd, 1])
  }

  @Test func viewsOfOneStorageShareTheCopy() throws {
    let data = try data("double")
    let split = Split(
      train: try data.selecting([3, 0]), val: data.selecting(1..<2), test: try self.data("bytes"))
    let result = try split.selecting(columns: .keep([.name("b")]))
    let val = try #require(result.val)
    #expect(result.train.features.storage === val.features.storage)
    #expect(rows(result.train) == [[31], [1]])
    #expect(rows(val) == [[11]])
    #expect(result.train.labels == [1, 0])
    #expect(try rows(#require(result.test)) == [[1], [11], [21], [31]])
    // Of a few rows, only these are copied.
    let few = try data.selecting([2]).selecting(columns: .keep([.name("b")]))
    #expect(few.features.storage.rows == 1)
  }

  @Test func wrongColumns() throws {
    let data = try data("bytes")
    func message(_ change: ColumnChange, of data: Dataset) -> String? {
      #expect(throws: DataError.self) { try data.selecting(columns: change) }?.message
    }
    #expect(message(.drop([.number(4)]), of: data) == "there is no feature 4")
    #expect(message(.drop([.number(-5)]), of: data) == "there is no feature -5")
    #expect(message(.keep([.name("d")]), of: data) == "there is no feature \"d\"")
    #expect(message(.keep([]), of: data) == "no feature is left")
    #expect(message(.drop([.name("a"), .name("b"), .name("c")]), of: data) == "no feature is left")
    let nameless = try Dataset(
      features: features("bytes"), labels: [0, 0, 0, 0], classes: ["p"], name: "d")
    #expect(
      message(.keep([.name("a")]), of: nameless)
        == "there is no feature \"a\": these features have no names")
    #expect(throws: DataError.self) {
      try Dataset(
        features: features("bytes"), labels: [0, 0, 0, 0], classes: ["p"], columns: ["a"],
        name: "d")
    }
  }

  @Test func picturesAreNoneWithoutAllPixels() throws {
    let pictures = try Dataset(
      features: features("bytes"), labels: [0, 0, 0, 0], classes: ["p"], imageShape: [2, 2, 1],
      name: "d")
    #expect(try pictures.selecting(columns: .drop([.number(0)])).imageShape == nil)
    #expect(try pictures.selecting(columns: .keep([.number(0)])).columns == nil)
  }

  // MARK: Missing values

  private func holes() throws -> Dataset {
    let nan = Double.nan
    return try Dataset(
      features: Features(
        Matrix(rows: 5, columns: 3, [1, nan, nan, 2, 5, nan, nan, 6, nan, 4, 10, nan, 9, nan, nan])
      ), labels: [0, 0, 0, 0, 0], classes: ["p"], name: "d")
  }

  @Test func missingNumbersAreFilledIn() throws {
    let data = try holes()
    let mean = try data.filled(.mean)
    #expect(rows(mean) == [[1, 7, 0], [2, 5, 0], [4, 6, 0], [4, 10, 0], [9, 7, 0]])
    #expect(mean.features.preparation.fill == [4, 7, 0])
    let median = try data.filled(.median)
    #expect(median.features.preparation.fill == [3, 6, 0])
    #expect(try data.filled(.number(-2)).features.row(0) == [1, -2, -2])
    #expect(throws: DataError("the missing values are filled in already")) {
      try mean.filled(.median)
    }
    // What was prepared before is prepared again.
    let centered = try data.prepared(.center).filled(.mean)
    #expect(Array(centered.features.row(2).prefix(2)) == [0, -1])
  }

  @Test func allPartsAreFilledByOne() throws {
    let data = try holes()
    let split = Split(train: data.selecting(0..<2), test: data.selecting(2..<5))
    let filled = try split.filled(.mean)
    #expect(rows(filled.train) == [[1, 5, 0], [2, 5, 0]])
    #expect(try rows(#require(filled.test)) == [[1.5, 6, 0], [4, 10, 0], [9, 5, 0]])
    #expect(filled.train.features.storage === filled.test?.features.storage)
    let byTest = try split.filled(.median, by: "test")
    #expect(byTest.train.features.row(0) == [1, 8, 0])
    #expect(throws: DataError.self) { try split.filled(.mean, by: "val") }
  }

  @Test func sparseEntriesAreFilledIn() throws {
    let sparse = try SparseMatrix(
      rows: 2, columns: 3, rowStarts: [0, 2, 3], columnIndices: [0, 2, 0], values: [.nan, 3, 4])
    let data = try Dataset(
      features: Features(sparse), labels: [0, 0], classes: ["p"], name: "d")
    let filled = try data.filled(.mean)
    #expect(filled.features.storageName == "sparse")
    #expect(rows(filled) == [[4, 0, 3], [4, 0, 0]])
    #expect(rows(try data.filled(.number(0))) == [[0, 0, 3], [4, 0, 0]])
  }

  // MARK: Names in files

  @Test func namesComeBackFromFiles() throws {
    let folder = try TemporaryFolder()
    let data = try data("bytes")
    try CSVFile.write(dataset: data, to: folder("d.csv"))
    try NumPyFile.write(dataset: data, to: folder("d.npz"))
    for name in ["d.csv", "d.npz"] {
      let back = try dataset(DataLoader.load(folder(name)))
      #expect(back.columns == data.columns)
      #expect(rows(back) == rows(data))
    }
    let biased = try data.prepared(.addBias)
    try NumPyFile.write(split: Split(train: biased, test: biased), to: folder("s.npz"))
    let parts = try split(DataLoader.load(folder("s.npz")))
    #expect(parts.train.featureNames == ["a", "b", "c=x", "c=y", "bias"])
    #expect(parts.test?.columns == parts.train.columns)
  }

  @Test func aFeatureThatIsCalledLabel() throws {
    let folder = try TemporaryFolder()
    let data = try Dataset(
      features: features("bytes"), labels: [0, 1, 0, 1], classes: ["p", "q"],
      columns: ["label", "y", "with, comma", "Class"], name: "d")
    try CSVFile.write(dataset: data, to: folder("d.csv"))
    let back = try dataset(DataLoader.load(folder("d.csv")))
    #expect(back.columns == ["x0", "y", "with, comma", "Class"])
    #expect(back.classes == ["p", "q"])
    #expect(rows(back) == rows(data))
  }

  @Test func theTestPartHasTheColumnsOfTrain() throws {
    let folder = try TemporaryFolder()
    let train = try folder.write("train.csv", "a,c,b,y\n1,x,2,p\n3,z,4,q\n5,x,6,p\n")
    let test = try folder.write("test.csv", "b,c,y,a\n20,x,q,10\n40,w,p,30\n")
    let remarks = LoadRemarks()
    let parts = try split(
      DataLoader.load(train, LoadOptions(testPath: test, remarks: remarks)))
    #expect(parts.train.columns == ["a", "c=x", "c=z", "b"])
    let found = try #require(parts.test)
    #expect(found.columns == parts.train.columns)
    #expect(rows(found) == [[10, 1, 0, 20], [30, 0, 0, 40]])
    #expect(found.labels == [1, 0])
    #expect(
      remarks.warnings.map(\.message) == [
        "the test part has features that train has not, and they are left out: c=w"
      ])
    let other = try folder.write("other.csv", "c,y,a\nx,q,10\nz,p,30\n")
    let error = #expect(throws: DataError.self) {
      try DataLoader.load(train, LoadOptions(testPath: other))
    }
    #expect(error?.message == "the test part has no feature \"b\", which train has")
  }
}
