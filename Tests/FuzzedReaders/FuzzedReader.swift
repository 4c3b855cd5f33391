import Commands
import Datasets
import LinearAlgebra
import TestSupport

/// Each reader of files, as the fuzzer and the test of its corpus call it: by the door that `load`
/// takes.
public enum FuzzedReader: String, CaseIterable, Sendable {
  case csv, table, libsvm, arff, jsonl, npy, npz, mat, cifar10, cifar100, pickle, idx, labels
  case png, jpeg, tar, zip, gzip, text
  // What is no dataset.
  case archivedModel, model, json

  /// What became of a file.
  public enum Outcome: Sendable {
    /// It was read.
    case read
    /// It was refused.
    case refused(String)
  }

  /// Why an outcome is a defect.
  public struct Defect: Error, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
  }

  /// The file's name; readers look at it.
  var fileName: String {
    switch self {
    case .csv: "a.csv"
    case .table: "a.txt"
    case .libsvm: "a.svm"
    case .arff: "a.arff"
    case .jsonl: "a.jsonl"
    case .npy: "a.npy"
    case .npz, .archivedModel: "a.npz"
    case .cifar10: "data_batch_1.bin"
    case .cifar100: "train.bin"
    case .pickle: "data_batch_1"
    case .idx: "train-images-idx3-ubyte"
    case .labels: "train-labels-idx1-ubyte"
    case .png: "pictures/a/1.png"
    case .jpeg: "pictures/a/1.jpg"
    case .tar: "a.tar"
    case .zip: "a.zip"
    case .gzip: "a.csv.gz"
    case .mat, .text: "a.mat"
    case .model: "a.model"
    case .json: "a.json"
    }
  }

  /// The format that is asked for; nil to detect it.
  private var format: String? {
    switch self {
    case .csv, .gzip: "csv"
    case .libsvm, .arff, .jsonl, .npy, .npz, .mat, .cifar10, .cifar100, .pickle, .idx: rawValue
    case .labels: "idx"
    default: nil
    }
  }

  /// The companions of a file: the other file of an IDX pair.
  func prepare(_ folder: TemporaryFolder) throws {
    switch self {
    case .idx:
      try folder.write("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 2, 1, 0])
    case .labels:
      try folder.write(
        "train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4])
    case .png, .jpeg:
      folder.makeFolder("pictures")
      folder.makeFolder("pictures/a")
    default: break
    }
  }

  /// Reads a file of these bytes.
  ///
  /// - Throws: `Defect` where what was read does not hold together, or an error does not say where
  ///   it is; any error but `DataError`.
  @discardableResult
  public func read(_ bytes: [UInt8], in folder: TemporaryFolder) throws -> Outcome {
    try prepare(folder)
    let path = try folder.write(fileName, bytes)
    do {
      try read(path, in: folder)
      return .read
    } catch let error as DataError {
      guard error.path?.hasPrefix(folder.path) == true else {
        throw Defect("an error names no file: \(error)")
      }
      guard !error.message.isEmpty, !error.message.contains("\n") else {
        throw Defect("an error is no sentence: \(error)")
      }
      return .refused(error.message)
    } catch let error as MemoryRefused {
      throw Defect("\(bytes.count) bytes want too much memory: \(error)")
    }
  }

  private func read(_ path: String, in folder: TemporaryFolder) throws {
    switch self {
    case .model, .json: _ = try SavedFile.load(path, format: "auto")
    case .archivedModel:
      let loaded = try DataLoader.load(path)
      if case .arrays(let arrays) = loaded { _ = try ArchiveFormat.value(of: arrays, path: path) }
    case .text:
      try check(TextMatrixFile.read(path))
      try check(TextMatrixFile.read(path, delimiter: ",", skipRows: 1))
    case .png, .jpeg:
      var options = LoadOptions(format: "images")
      options.pictureSize = (3, 5)
      try Self.check(DataLoader.load(folder("pictures"), options))
      try Self.check(DataLoader.load(folder("pictures")))
    case .csv, .table:
      try Self.check(DataLoader.load(path, LoadOptions(format: format)))
      try Self.check(
        DataLoader.load(
          path, LoadOptions(format: "csv", label: .none, missing: .drop, drop: [.number(0)])))
    default: try Self.check(DataLoader.load(path, LoadOptions(format: format)))
    }
  }

  private func check(_ matrix: Matrix) throws {
    guard matrix.count == matrix.rows * matrix.columns else { throw Defect("a matrix is short") }
    try matrix.withEntries { entries in
      guard entries.count == matrix.count else { throw Defect("a matrix has other entries") }
      Self.touch(entries)
    }
  }

  // MARK: What holds for all that is read

  private static func check(_ loaded: Loaded) throws {
    switch loaded {
    case .dataset(let dataset): try check(dataset)
    case .split(let split):
      for name in split.partNames {
        guard let part = split.part(name) else { throw Defect("\(name) is missing") }
        try check(part)
        guard part.features.columns == split.train.features.columns,
          part.classes == split.train.classes
        else { throw Defect("\(name) does not fit to train") }
      }
    case .arrays(let arrays):
      for named in arrays {
        let array = named.array
        guard array.shape.reduce(1, *) == array.count else {
          throw Defect("\(named.name) has \(array.count) entries, and its shape is \(array.shape)")
        }
        guard array.values.count == array.count || array.texts?.count == array.count else {
          throw Defect("\(named.name) has other entries than its count says")
        }
      }
    }
  }

  private static func check(_ dataset: Dataset) throws {
    let features = dataset.features
    guard features.rows > 0, features.rawColumns > 0 else { throw Defect("no row or no feature") }
    guard dataset.labels.count == features.rows else { throw Defect("labels are no rows") }
    guard dataset.labels.allSatisfy(dataset.classes.indices.contains) else {
      throw Defect("a label is no class")
    }
    guard Set(dataset.classes).count == dataset.classes.count else {
      throw Defect("a class is there twice")
    }
    if let shape = dataset.imageShape, shape.count != 3 || shape.reduce(1, *) != features.rawColumns
    {
      throw Defect("pictures of \(shape) have \(features.rawColumns) features")
    }
    if let columns = dataset.columns, columns.count != features.rawColumns {
      throw Defect("\(features.rawColumns) features have \(columns.count) names")
    }
    if let sparse = features.storage as? SparseMatrix {
      for i in 0..<sparse.rows {
        let indices = sparse.indices(ofRow: i)
        guard indices.allSatisfy({ $0 >= 0 && Int($0) < sparse.columns }),
          Swift.zip(indices, indices.dropFirst()).allSatisfy({ $0 < $1 })
        else { throw Defect("indices are not in order, or out of range") }
        touch(sparse.values(ofRow: i))
      }
    } else {
      for i in 0..<features.rows {
        features.row(i).withUnsafeBufferPointer { touch($0) }
      }
    }
  }

  /// Reads every number, so that memory that isn't there is found.
  @inline(never)
  private static func touch(_ numbers: UnsafeBufferPointer<Double>) {
    withExtendedLifetime(numbers.reduce(0, +)) {}
  }
}
