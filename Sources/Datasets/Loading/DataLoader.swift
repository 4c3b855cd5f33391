import Text
import Glibc
import LinearAlgebra

/// Reads data of any known format.
public enum DataLoader {
  /// The values of `LoadOptions.format`.
  public static let formats: [String] = ReaderCatalog.all.map { $0.name }

  /// Each format with a description in one line.
  public static let summaries: [(format: String, summary: String)] =
    ReaderCatalog.all.map { ($0.name, $0.summary) }

  /// Reads a file, a folder, a pipe, the standard input as "-", or, by a name that is not a file, a
  /// bundled dataset.
  ///
  /// - Throws: `DataError`, `MemoryRefused`, `Interrupted`.
  public static func load(
    _ path: String, _ options: LoadOptions = LoadOptions()
  ) throws -> Loaded {
    try read(path, options).loaded
  }

  /// As `load`, with the format that the source was taken for.
  ///
  /// - Throws: as `load`.
  public static func read(
    _ path: String, _ options: LoadOptions = LoadOptions()
  ) throws -> (loaded: Loaded, format: String) {
    // What came through a pipe can't be read once more.
    let isOnce = [path, options.testPath].compactMap { $0 }.contains { Pipe.isOne($0) }
    let isWanted = isOnce ? options.stream ?? false : options.stream
    let result = try onDisk(isWanted) { try readAll(path, options) }
    switch (options.stream, result.loaded.isOnDisk) {
    case (true?, false):
      options.remarks?.note("kept in memory: it is small, or there is no room on disk")
    case (nil, true):
      options.remarks?.note("kept on disk: it would take more than half of the free memory")
    default: break
    }
    return result
  }

  /// Reads something, and keeps large arrays of it on disk.
  ///
  /// - Parameter isWanted: nil where they are to be on disk only if one takes more than half of the
  ///   free memory.
  /// - Throws: what `read` throws.
  public static func onDisk<R>(_ isWanted: Bool?, _ read: () throws -> R) throws -> R {
    switch isWanted {
    case true?: return try DiskMemory.whileOn(read)
    case false?: return try read()
    case nil:
      do {
        return try MemoryLimit.limited(to: 0.5, read)
      } catch is MemoryRefused {
        return try DiskMemory.whileOn(read)
      }
    }
  }

  /// A source, and the test part where there is one.
  private static func readAll(
    _ path: String, _ options: LoadOptions
  ) throws -> (loaded: Loaded, format: String) {
    guard let testPath = options.testPath else {
      let whole = try loadOne(path, options)
      return (whole.result, whole.reader.name)
    }
    func part(_ path: String) throws -> (One, LoadRemarks) {
      var own = options
      let remarks = LoadRemarks()
      (own.testPath, own.remarks) = (nil, remarks)
      return (try loadOne(path, own), remarks)
    }
    var (train, trainRemarks) = try part(path)
    var (test, testRemarks) = try part(testPath)
    // Indices that begin at 0 in one part do so in both.
    if train.reader == LIBSVMReader.self, test.reader == LIBSVMReader.self,
      trainRemarks.hasIndexZero != testRemarks.hasIndexZero
    {
      if trainRemarks.hasIndexZero { test = try test.countedFromZero() }
      if testRemarks.hasIndexZero { train = try train.countedFromZero() }
    }
    options.remarks?.include(trainRemarks, of: nil)
    options.remarks?.include(testRemarks, of: "test")
    let split = try Concatenation.split(train: train, test: test, remarks: options.remarks)
    return (.split(split), train.reader.name)
  }

  /// One source, its reader and its content.
  struct One {
    let result: Loaded
    let source: DataSource
    let reader: any DataReader.Type

    /// The same, where indices that were counted from 1 count from 0. Nothing is read again: a pipe
    /// could not be.
    func countedFromZero() throws -> One {
      guard case .dataset(let dataset) = result else { return self }
      let columns = [-1] + Array(0..<dataset.features.rawColumns)
      return One(
        result: .dataset(
          dataset.with(try dataset.features.arranged(columns: columns), columns: nil)),
        source: source, reader: reader)
    }
  }

  private static func loadOne(_ path: String, _ options: LoadOptions) throws -> One {
    let source = try Archive.content(of: find(path), format: options.format?.lowercased())
    let reader = try options.format.map { try ReaderCatalog.reader($0) }
    let found = try reader ?? FormatDetection.reader(for: source)
    if options.pictureSize != nil, found.name != PictureFolderReader.name {
      throw DataError(
        "size= is for folders of pictures, and this is \(found.name)", path: path,
        help: "leave size= out")
    }
    return One(result: try found.read(source, options), source: source, reader: found)
  }

  /// The source of a path or of a bundled name.
  static func find(_ path: String) throws -> DataSource {
    if path == Pipe.standardInput { return try Pipe.readStandardInput() }
    var path = path
    if path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") {
      path = String(cString: home) + path.dropFirst()
    }
    if let source = try Pipe.read(path) ?? DataSource.onDisk(path) { return source }
    if path.contains("/") {
      throw DataError("no such file or folder", path: path, help: missingPart(of: path))
    }
    if let source = Bundled.source(path) { return source }
    let meant = Spelling.nearest(to: path, in: Bundled.names)
    throw DataError(
      "no file \(Escaping.excerpt(path)) here, and no bundled dataset of that name",
      help: (meant.map { "did you mean \"\($0)\"? " } ?? "")
        + "bundled: \(Bundled.names.joined(separator: ", "))")
  }

  /// The first folder of a path that does not exist; nil where all do.
  private static func missingPart(of path: String) -> String? {
    var known = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/").dropLast() {
      let next = known + part
      var status = stat()
      if stat(next, &status) != 0 { return "there is no folder \(Escaping.excerpt(next))" }
      known = next + "/"
    }
    return nil
  }
}
