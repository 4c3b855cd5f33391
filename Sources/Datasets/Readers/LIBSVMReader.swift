import LinearAlgebra

/// The text format of LIBSVM and LIBLINEAR: `label index:value …`, indices from 1, zeros left out.
enum LIBSVMReader: DataReader {
  static let name = "libsvm"
  static let summary = "LIBSVM's text: label index:value …"
  static let endings = ["libsvm", "svm", "svmlight"]

  /// A label, then pairs, in each of the first lines; at least one line has a pair.
  static func resembles(_ head: FileHead) -> Bool {
    guard head.isText else { return false }
    var pairs = 0
    for line in head.lines(5) {
      let words = line.prefix { $0 != UInt8(ascii: "#") }
        .split { $0 == 32 || $0 == 9 }
        .map { String(decoding: $0, as: UTF8.self) }
      guard let label = words.first else { continue }
      guard DecimalParser.parse(label) != nil else { return false }
      for word in words.dropFirst().dropLast(head.isWhole ? 0 : 1) {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, DecimalParser.parse(String(parts[0])) != nil else { return false }
        pairs += 1
      }
    }
    return pairs > 0
  }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    try refuseTableOptions(options, source.path)
    let file = try source.readAll()
    try TableReader.refuseForeignText(file, source.path)
    var text = LIBSVMText(file, path: source.path)
    try text.parse()
    guard !text.labels.numbers.isEmpty else {
      throw DataError("the file holds no rows", path: source.path)
    }
    guard text.columns > 0 else {
      throw DataError("no row has a feature", path: source.path)
    }
    let numbered = text.labels.numbered()
    return .dataset(
      try Dataset(
        features: try text.features(), labels: numbered.labels, classes: numbered.classes,
        name: source.dataName))
  }
}

/// A text in LIBSVM's format, and what was found in it.
struct LIBSVMText {
  private let file: FileBytes
  private let path: String
  private(set) var labels = LabelTable()
  /// The largest index.
  private(set) var columns = 0
  private var starts = [0]
  private var indices: [Int] = []
  private var values: [Double] = []

  init(_ file: FileBytes, path: String) {
    self.file = file
    self.path = path
  }

  /// Reads all lines.
  mutating func parse() throws {
    let file = self.file
    defer { withExtendedLifetime(file) {} }
    let text = UnsafePointer(file.pointer)
    let end = file.count
    var i = file.withBytes({ $0.starts(with: [0xEF, 0xBB, 0xBF]) }) ? 3 : 0
    var line = 1
    while i < end {
      if line % 256 == 0 { try Interruption.check() }
      var stop = i
      while stop < end && text[stop] != 10 && text[stop] != 13 { stop += 1 }
      var next = stop + 1
      if next < end && text[stop] == 13 && text[next] == 10 { next += 1 }
      try parse(text, i, stop, line)
      i = next
      line += 1
    }
  }

  private mutating func parse(
    _ text: UnsafePointer<UInt8>, _ from: Int, _ lineEnd: Int, _ line: Int
  ) throws {
    var i = from
    var end = lineEnd
    if let comment = UnsafeBufferPointer(start: text + from, count: end - from)
      .firstIndex(of: UInt8(ascii: "#"))
    {
      end = from + comment
    }
    func skipSpaces() { while i < end && (text[i] == 32 || text[i] == 9) { i += 1 } }
    func word() -> UnsafeBufferPointer<UInt8> {
      var stop = i
      while stop < end && text[stop] != 32 && text[stop] != 9 { stop += 1 }
      return UnsafeBufferPointer(start: text + i, count: stop - i)
    }
    func fail(_ message: String, help: String? = nil) -> DataError {
      DataError("column \(i - from + 1): \(message)", path: path, line: line, help: help)
    }
    skipSpaces()
    guard i < end else { return }
    let label = word()
    guard let number = DecimalParser.parse(text, from: i, to: end), number.end == i + label.count,
      !number.value.isNaN
    else {
      if label.contains(UInt8(ascii: ":")) {
        throw fail(
          "the label is missing before \(ShortText.quoted(label))",
          help: "each line begins with its label")
      }
      throw fail(
        "the label \(ShortText.quoted(label)) is not a number",
        help: "labels are numbers, such as +1 and -1")
    }
    labels.append(label)
    i = number.end
    var last = 0
    while true {
      skipSpaces()
      guard i < end else { break }
      let pair = word()
      let start = i
      var index = 0
      while i < end, case let digit = text[i] &- 48, digit < 10 {
        index = min(index * 10 + Int(digit), 1 << 59)
        i += 1
      }
      guard i > start, i < end, text[i] == UInt8(ascii: ":") else {
        i = start
        if pair.starts(with: Array("qid:".utf8)) {
          throw fail("ranking data (qid:) are not read")
        }
        throw fail(
          pair.contains(UInt8(ascii: ":"))
            ? "\(ShortText.quoted(pair)) does not begin with a whole number from 1"
            : "\(ShortText.quoted(pair)) has no colon",
          help: "features are index:value, such as 3:0.5")
      }
      guard index > 0 else {
        i = start
        throw fail("index 0: indices begin at 1", help: "add 1 to every index")
      }
      guard index > last else {
        i = start
        throw fail(
          index == last
            ? "index \(index) is there twice" : "index \(index) comes after \(last)",
          help: "indices ascend in a row")
      }
      let valueStart = i + 1
      guard let value = DecimalParser.parse(text, from: valueStart, to: end),
        value.end == start + pair.count
      else {
        i = valueStart
        let piece = UnsafeBufferPointer(
          start: text + valueStart, count: start + pair.count - valueStart)
        throw fail("\(ShortText.quoted(piece)) is not a number")
      }
      i = value.end
      last = index
      indices.append(index - 1)
      values.append(value.value)
    }
    columns = max(columns, last)
    starts.append(indices.count)
  }

  /// The rows with their zeros, in the narrowest form.
  ///
  /// - Throws: `MemoryRefused`.
  func features() throws -> Features {
    let rows = starts.count - 1
    let columns = self.columns
    if values.allSatisfy({ $0 >= 0 && $0 <= 255 && $0 == $0.rounded(.down) && $0.sign == .plus }) {
      return Features(
        try ByteMatrix(rows: rows, columns: columns) { target in
          for i in 0..<rows {
            for k in starts[i]..<starts[i + 1] {
              target[i * columns + indices[k]] = UInt8(values[k])
            }
          }
        })
    }
    if values.allSatisfy({ Double(Float($0)) == $0 || $0.isNaN }) {
      return Features(
        try SingleMatrix(rows: rows, columns: columns) { i, row in
          for k in starts[i]..<starts[i + 1] { row[indices[k]] = Float(values[k]) }
        })
    }
    try MemoryLimit.require(rows: rows, columns: columns, bytesPerEntry: 8)
    let buffer = Buffer(zeros: rows * columns)
    for i in 0..<rows {
      for k in starts[i]..<starts[i + 1] {
        buffer.pointer[i * columns + indices[k]] = values[k]
      }
    }
    return Features(DoubleMatrix(Matrix(rows: rows, columns: columns, sharing: buffer)))
  }
}
