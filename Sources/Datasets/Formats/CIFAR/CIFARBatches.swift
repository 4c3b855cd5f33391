import LinearAlgebra

/// Reads CIFAR's batches. A picture is a red, a green and a blue plane of 32×32 pixels, which are
/// stored in the order height, width, channel.
///
/// Binary batches are records of labels and planes; Python's are pickled dictionaries with an array
/// `data`, a picture to a row.
struct CIFARBatches {
  let version: CIFARVersion
  /// The name of the format in messages.
  let format: String

  private var record: Int { version.record }
  private var columns: Int { CIFARVersion.columns }

  /// A folder of batches as train and test parts, or a batch.
  ///
  /// - Throws: `DataError`, `MemoryRefused`, `Interrupted`.
  func read(_ source: DataSource) throws -> Loaded {
    guard source.isFolder else {
      let isNamed = version.isBatch(Compression.strippedName(source.name))
      let meta = isNamed ? version.metaNames.lazy.compactMap { source.sibling($0) }.first : nil
      return .dataset(try dataset([source], classes: try classes(meta), name: source.dataName))
    }
    let names = source.entryNames
    let training = batches(names, version.isTraining)
    let test = batches(names, version.isTest)
    guard !training.isEmpty || !test.isEmpty else {
      throw DataError(
        "the folder holds no \(version.training)* and no \(version.test)* of \(version.name)",
        path: source.path)
    }
    let meta = try version.metaNames.lazy.compactMap { try source.entry($0) }.first
    let classes = try classes(meta)
    func part(_ names: [String]) throws -> Dataset {
      try dataset(
        try names.compactMap { try source.entry($0) }, classes: classes, name: source.dataName)
    }
    guard !training.isEmpty else { return .dataset(try part(test)) }
    guard !test.isEmpty else { return .dataset(try part(training)) }
    return .split(Split(train: try part(training), test: try part(test)))
  }

  /// The batches among some names, in the order of their numbers: binary ones, else Python's.
  private func batches(_ names: [String], _ isBatch: (String) -> Bool) -> [String] {
    let all = names.filter(isBatch)
    let binary = all.filter { Compression.strippedName($0).hasSuffix(".bin") }
    return (binary.isEmpty ? all : binary).sorted { (number(in: $0), $0) < (number(in: $1), $1) }
  }

  /// The number in a name, so that batch 10 comes after batch 9.
  private func number(in name: String) -> Int {
    name.drop { !$0.isNumber }.prefix { $0.isASCII && $0.isNumber }.reduce(0) {
      min($0 * 10 + ($1.wholeNumberValue ?? 0), 1 << 40)
    }
  }

  // MARK: Classes

  /// The names of the classes; their numbers without a file of them.
  private func classes(_ source: DataSource?) throws -> [String] {
    let numbers = (0..<version.classCount).map(String.init)
    guard let source else { return numbers }
    func tooMany() -> DataError {
      DataError("names more than \(version.classCount) classes", path: source.path)
    }
    let bytes = try source.readAll()
    if bytes.withBytes({ PickleReader.begins($0) }) {
      let pickle = try PickleReader.read(bytes, path: source.path)
      guard let names = pickle[version.classNames].flatMap({ pickle.texts($0) }), !names.isEmpty
      else { throw DataError("holds no list \(version.classNames)", path: source.path) }
      guard names.count <= version.classCount else { throw tooMany() }
      return names
    }
    guard bytes.count <= 1 << 16 else { throw tooMany() }
    var names = bytes.withBytes { Array($0) }
      .split(omittingEmptySubsequences: false) { $0 == 10 }
      .map { line in
        var line = line[...]
        while let last = line.last, last == 13 || last == 32 || last == 9 { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
      }
    while names.last?.isEmpty == true { names.removeLast() }
    guard names.count <= version.classCount else { throw tooMany() }
    if let blank = names.firstIndex(of: "") {
      throw DataError("the name of a class is blank", path: source.path, line: blank + 1)
    }
    return names.isEmpty ? numbers : names
  }

  // MARK: Pictures

  /// The pictures of some batches. Each batch is read into memory that was reserved for all, and
  /// released before the next one is.
  private func dataset(
    _ files: [DataSource], classes: [String], name: String
  ) throws -> Dataset {
    let files = try files.map { try $0.plain() }
    let most = files.reduce(0) { $0 + $1.fileSize / columns }
    var labels: [Int] = []
    let matrix = try ByteMatrix(mostRows: most, columns: columns) { target in
      for file in files {
        let free = UnsafeMutableBufferPointer(rebasing: target[(labels.count * columns)...])
        labels += try read(file, into: free, classes.count)
        file.release()
      }
      return labels.count
    }
    return try Dataset(
      features: Features(matrix), labels: labels, classes: classes, imageShape: [32, 32, 3],
      name: name)
  }

  /// Reads a batch to the beginning of `target`, and returns its labels.
  private func read(
    _ file: DataSource, into target: UnsafeMutableBufferPointer<UInt8>, _ classes: Int
  ) throws -> [Int] {
    let head = try FileHead(file)
    guard !head.bytes.isEmpty else { throw DataError("the file is empty", path: file.path) }
    let labels =
      PickleReader.begins(head.bytes)
      ? try readPickle(try file.readAll(), path: file.path, into: target)
      : try readBinary(file, into: target)
    if let wrong = labels.firstIndex(where: { $0 < 0 || $0 >= classes }) {
      throw DataError(
        "record \(wrong + 1) has the label \(labels[wrong]), and there are \(classes) classes",
        path: file.path,
        help: "labels are 0 to \(classes - 1); the file may be no batch of \(version.name)")
    }
    return labels
  }

  private func readBinary(
    _ file: DataSource, into target: UnsafeMutableBufferPointer<UInt8>
  ) throws -> [Int] {
    let bytes = try ArrayBytes(file)
    let (whole, rest) = bytes.count.quotientAndRemainder(dividingBy: record)
    if rest > 0 {
      throw DataError(
        "holds \(whole) whole \(whole == 1 ? "record" : "records") of \(record) bytes and \(rest)"
          + " \(rest == 1 ? "byte" : "bytes") more", path: file.path,
        help: "the file was cut off, or is no batch of \(version.name)")
    }
    guard whole > 0, whole * columns <= target.count, let base = target.baseAddress else {
      throw DataError("the file changed while it was read", path: file.path)
    }
    let picture = UncheckedSendable(base)
    let most = 256
    let (record, columns, labelBytes, place) = (
      record, columns, version.labelBytes, version.labelPlace
    )
    let parts = try Parallel.map((whole + most - 1) / most) { p -> [Int] in
      try Interruption.check()
      let rows = p * most..<min(whole, (p + 1) * most)
      return try bytes.withPiece(rows.lowerBound * record..<rows.upperBound * record) {
        piece -> [Int] in
        guard let first = piece.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return [] }
        return rows.map { row in
          let source = first + (row - rows.lowerBound) * record
          Self.interleave(source + labelBytes, into: picture.value + row * columns)
          return Int(source[place])
        }
      }
    }
    return parts.flatMap { $0 }
  }

  private func readPickle(
    _ bytes: FileBytes, path: String, into target: UnsafeMutableBufferPointer<UInt8>
  ) throws -> [Int] {
    let pickle = try PickleReader.read(bytes, path: path)
    guard let data = try pickle["data"].flatMap({ try pickle.array($0) }) else {
      throw DataError(
        "the pickle holds no array \"data\"", path: path,
        help: "a batch of \(version.name) is a dictionary of data and \(version.labels[0])")
    }
    guard let given = version.labels.lazy.compactMap({ pickle[$0] }).first,
      let labels = try pickle.integers(given)
    else {
      throw DataError(
        "the pickle holds no list of whole numbers \"\(version.labels[0])\"", path: path,
        help: "a batch of \(version.name) is a dictionary of data and \(version.labels[0])")
    }
    guard let planes = data.bytes, data.shape.count >= 2, data.count == data.shape[0] * columns
    else {
      throw DataError(
        "\"data\" is no array of rows × \(columns) bytes", path: path,
        help: "the file may be no batch of \(version.name)")
    }
    let rows = data.shape[0]
    guard rows == labels.count else {
      throw DataError("the pickle has \(rows) pictures and \(labels.count) labels", path: path)
    }
    guard rows > 0 else { throw DataError("the batch is empty", path: path) }
    guard rows * columns <= target.count, let base = target.baseAddress else {
      throw DataError("the file changed while it was read", path: path)
    }
    let places = UncheckedSendable((planes, base))
    let columns = columns
    try withExtendedLifetime(data) {
      try Parallel.forEachBlock(of: rows, costEach: columns / 16) { block in
        try Interruption.check()
        let (planes, picture) = places.value
        for row in block {
          Self.interleave(planes + row * columns, into: picture + row * columns)
        }
      }
    }
    return labels
  }

  /// Interleaves three planes into pixels of three channels.
  private static func interleave(
    _ planes: UnsafePointer<UInt8>, into picture: UnsafeMutablePointer<UInt8>
  ) {
    let pixels = CIFARVersion.pixels
    for p in 0..<pixels {
      picture[3 &* p] = planes[p]
      picture[3 &* p &+ 1] = planes[pixels &+ p]
      picture[3 &* p &+ 2] = planes[2 &* pixels &+ p]
    }
  }
}
