import LinearAlgebra
import Text

/// ARFF, the format of Weka: attributes with their types, then rows, dense or sparse. A nominal
/// value that is a feature is its number among the declared ones, from 0; `?` is a missing value.
enum ARFFReader: DataReader {
  static let name = "arff"
  static let summary = "Weka's tables, dense or sparse, labels in one attribute"
  static let endings = ["arff"]

  static func resembles(_ head: FileHead) -> Bool {
    guard head.isText else { return false }
    let line = head.lines(1000).first { $0.first { $0 != 32 && $0 != 9 } != UInt8(ascii: "%") }
    guard let line else { return false }
    let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 1)
    return words.first?.lowercased() == "@relation"
  }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    if options.header != nil {
      throw DataError(
        "header= is for tables, and an ARFF file always names its columns", path: source.path,
        help: "leave header= out")
    }
    let file = try TextFile(source)
    try file.refuseForeignText(source.path)
    let header = try ARFFHeader(file, path: source.path)
    let names = header.attributes.map(\.name)
    let label = try options.label.place(in: names, path: source.path)
    for (j, attribute) in header.attributes.enumerated() where j != label {
      if case .text = attribute.kind {
        throw DataError(
          "the attribute \(Escaping.excerpt(attribute.name)) is text, and features are numbers",
          path: source.path, help: "remove it, or take it as label=")
      }
    }
    let rows = ARFFRows(attributes: header.attributes, label: label, path: source.path)
    let isSparse = try rows.areSparse(file, header)
    let chunks = try TextChunk.cut(
      file, from: header.dataStart, firstLine: header.dataLine, counting: 0,
      size: TextChunk.usualSize)
    let parts = try Parallel.map(chunks.count) { c in
      try file.withPiece(chunks[c].range) { bytes, range in
        try rows.read(
          UnsafePointer(bytes.pointer), range, firstLine: chunks[c].firstLine, isSparse: isSparse)
      }
    }
    guard parts.contains(where: { $0.count > 0 }) else {
      throw DataError("the file holds no rows below @data", path: source.path)
    }
    let columns = names.count - (label == nil ? 0 : 1)
    var numbered = try ParsedRows.labels(parts, areThere: label != nil)
    if let label, case .nominal(let values) = header.attributes[label].kind {
      // Classes that no row has are classes, too.
      let all = try Dataset.orderedClasses(Array(values.keys))
      let places = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1, $0) })
      let labels = LabelTable.joined(parts.map(\.labels))
      let map = labels.texts.map { places[String(decoding: $0, as: UTF8.self)] ?? 0 }
      numbered = (labels.numbers.map { map[$0] }, all)
    }
    return .dataset(
      try Dataset(
        features: isSparse
          ? try ParsedRows.sparseFeatures(parts, columns: columns)
          : try ParsedRows.features(parts, columns: columns),
        labels: numbered.labels, classes: numbered.classes, name: source.dataName))
  }
}
