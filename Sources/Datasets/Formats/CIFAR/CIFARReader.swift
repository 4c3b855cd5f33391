import LinearAlgebra

/// CIFAR-10's binary version: records of a label byte and 3072 bytes, a red, a green and a blue
/// plane of 32×32 pixels. They are stored in the order height, width, channel.
///
/// Krizhevsky, Learning multiple layers of features from tiny images (2009).
enum CIFARReader: DataReader {
  static let name = "cifar10"
  static let summary = "CIFAR-10's binary version, a file or a folder of batches"
  static let endings = ["bin"]

  private static let pixels = 1024
  private static let record = 1 + 3 * pixels

  static func isNamed(_ name: String) -> Bool { isTraining(name) || isTest(name) }

  static func isFolder(_ names: [String]) -> Bool {
    names.contains { isTraining($0) || isTest($0) }
  }

  static func resembles(_ head: FileHead) -> Bool {
    guard let size = head.size, size > 0, size % record == 0 else { return false }
    return stride(from: 0, to: head.bytes.count, by: record).allSatisfy { head.bytes[$0] <= 9 }
  }

  private static func isTraining(_ name: String) -> Bool {
    name.hasPrefix("data_batch") && Compression.strippedName(name).hasSuffix(".bin")
  }

  private static func isTest(_ name: String) -> Bool {
    name.hasPrefix("test_batch") && Compression.strippedName(name).hasSuffix(".bin")
  }

  /// The number in a name, so that batch 10 comes after batch 9.
  private static func number(in name: String) -> Int {
    name.drop { !$0.isNumber }.prefix { $0.isASCII && $0.isNumber }.reduce(0) {
      min($0 * 10 + ($1.wholeNumberValue ?? 0), 1 << 40)
    }
  }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    try refuseTableOptions(options, source.path)
    guard source.isFolder else {
      let names = isNamed(source.name) ? source.sibling("batches.meta.txt") : nil
      return .dataset(
        try dataset([source], classes: try classes(names), name: source.dataName))
    }
    let names = source.entryNames
    let training = names.filter(isTraining).sorted { (number(in: $0), $0) < (number(in: $1), $1) }
    let test = names.filter(isTest).sorted { (number(in: $0), $0) < (number(in: $1), $1) }
    guard !training.isEmpty || !test.isEmpty else {
      throw DataError(
        "the folder holds no data_batch*.bin and no test_batch*.bin", path: source.path,
        help: "the binary version of CIFAR-10 is read, not the one for Python")
    }
    let classes = try classes(try source.entry("batches.meta.txt"))
    func part(_ names: [String]) throws -> Dataset {
      try dataset(
        try names.compactMap { try source.entry($0) }, classes: classes, name: source.dataName)
    }
    guard !training.isEmpty else { return .dataset(try part(test)) }
    guard !test.isEmpty else { return .dataset(try part(training)) }
    return .split(Split(train: try part(training), test: try part(test)))
  }

  /// The names of the classes, one to a line; "0"…"9" without a file of them.
  private static func classes(_ source: DataSource?) throws -> [String] {
    guard let source else { return (0...9).map(String.init) }
    let bytes = try source.readAll()
    guard bytes.count <= 1 << 16 else {
      throw DataError("names more than 10 classes", path: source.path)
    }
    var names = bytes.withBytes { Array($0) }
      .split(omittingEmptySubsequences: false) { $0 == 10 }
      .map { line in
        var line = line[...]
        while let last = line.last, last == 13 || last == 32 || last == 9 { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
      }
    while names.last?.isEmpty == true { names.removeLast() }
    guard names.count <= 10 else {
      throw DataError("names more than 10 classes", path: source.path)
    }
    if let blank = names.firstIndex(of: "") {
      throw DataError("the name of a class is blank", path: source.path, line: blank + 1)
    }
    guard !names.isEmpty else { return (0...9).map(String.init) }
    return names
  }

  private static func dataset(
    _ files: [DataSource], classes: [String], name: String
  ) throws -> Dataset {
    var counts: [Int] = []
    for file in files { counts.append(try recordCount(of: file)) }
    let rows = counts.reduce(0, +)
    var labels: [Int] = []
    labels.reserveCapacity(rows)
    let matrix = try ByteMatrix(rows: rows, columns: record - 1) { target in
      var done = 0
      for (file, count) in zip(files, counts) {
        let part = target[done * (record - 1)..<(done + count) * (record - 1)]
        try read(
          file, count, classes.count, into: UnsafeMutableBufferPointer(rebasing: part), &labels)
        done += count
      }
    }
    return try Dataset(
      features: Features(matrix), labels: labels, classes: classes, imageShape: [32, 32, 3],
      name: name)
  }

  /// The number of records in a file, which must all be whole.
  private static func recordCount(of file: DataSource) throws -> Int {
    let stream = try ByteStream(file)
    var size = stream.plainSize ?? 0
    if stream.plainSize == nil {
      let chunk = try FileBytes(capacity: 1 << 20)
      let room = UnsafeMutableRawBufferPointer(start: chunk.pointer, count: 1 << 20)
      try withExtendedLifetime(chunk) {
        while case let count = try stream.read(into: room), count > 0 { size += count }
      }
    }
    let (whole, rest) = (size / record, size % record)
    if rest > 0 {
      throw DataError(
        "holds \(whole) whole \(whole == 1 ? "record" : "records") of \(record) bytes and \(rest)"
          + " \(rest == 1 ? "byte" : "bytes") more", path: file.path,
        help: "the file was cut off, or is no batch of CIFAR-10")
    }
    guard whole > 0 else { throw DataError("the file is empty", path: file.path) }
    return whole
  }

  private static func read(
    _ file: DataSource, _ count: Int, _ classes: Int,
    into target: UnsafeMutableBufferPointer<UInt8>, _ labels: inout [Int]
  ) throws {
    let stream = try ByteStream(file)
    let batch = 1000
    let chunk = try FileBytes(capacity: batch * record)
    defer { withExtendedLifetime(chunk) {} }
    guard let base = target.baseAddress else { return }
    for first in stride(from: 0, to: count, by: batch) {
      let records = min(batch, count - first)
      let wanted = records * record
      let got = try stream.read(
        into: UnsafeMutableRawBufferPointer(start: chunk.pointer, count: wanted))
      guard got == wanted else {
        throw DataError("the file changed while it was read", path: file.path)
      }
      for r in 0..<records {
        let source = chunk.pointer + r * record
        let label = Int(source[0])
        guard label < classes else {
          throw DataError(
            "record \(first + r + 1) has the label \(label), and there are \(classes) classes",
            path: file.path,
            help: "labels are 0 to \(classes - 1); the file may be no batch of CIFAR-10")
        }
        labels.append(label)
        interleave(source + 1, into: base + (first + r) * (record - 1))
      }
    }
  }

  /// Interleaves three planes into pixels of three channels.
  private static func interleave(
    _ planes: UnsafePointer<UInt8>, into picture: UnsafeMutablePointer<UInt8>
  ) {
    for p in 0..<pixels {
      picture[3 * p] = planes[p]
      picture[3 * p + 1] = planes[pixels + p]
      picture[3 * p + 2] = planes[2 * pixels + p]
    }
  }
}
