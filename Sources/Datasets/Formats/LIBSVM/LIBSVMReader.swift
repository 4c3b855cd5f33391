import LinearAlgebra

/// The text format of LIBSVM, LIBLINEAR and SVMlight: `label index:value …`, zeros left out.
///
/// Indices begin at 1, or at 0 where that is an index in the file; in a row they may come in any
/// order. What follows a # is a comment, and `qid:` is skipped.
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
        guard parts.count == 2, parts[0] == "qid" || DecimalParser.parse(String(parts[0])) != nil
        else { return false }
        pairs += 1
      }
    }
    return pairs > 0
  }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    try refuseTableOptions(options, source.path)
    let file = try TextFile(source)
    try file.refuseForeignText(source.path)
    let text = try LIBSVMText(file, path: source.path)
    guard text.rows > 0 else {
      throw DataError("the file holds no rows", path: source.path)
    }
    guard text.columns > 0 else {
      throw DataError("no row has a feature", path: source.path)
    }
    if let remarks = options.remarks { text.remark(to: remarks) }
    let numbered = try text.labels().numbered()
    return .dataset(
      try Dataset(
        features: try text.features(), labels: numbered.labels, classes: numbered.classes,
        name: source.dataName))
  }
}
