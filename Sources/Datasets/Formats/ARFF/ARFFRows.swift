import LinearAlgebra
import Text

/// Reads the rows of an ARFF file.
struct ARFFRows: Sendable {
  let attributes: [ARFFHeader.Attribute]
  /// The attribute of the labels; nil for none.
  let label: Int?
  let path: String

  /// Whether the first row is sparse; then all must be.
  ///
  /// - Throws: as `TextFile.withPiece`.
  func areSparse(_ file: TextFile, _ header: ARFFHeader) throws -> Bool {
    let end = min(file.count, header.dataStart + 1 << 16)
    return try file.withPiece(header.dataStart..<end) { bytes, range in
      var isComment = false
      for byte in UnsafeBufferPointer(start: bytes.pointer + range.lowerBound, count: range.count) {
        if byte == 10 || byte == 13 { isComment = false }
        if isComment || [10, 13, 32, 9].contains(byte) { continue }
        if byte != UInt8(ascii: "%") { return byte == UInt8(ascii: "{") }
        isComment = true
      }
      return false
    }
  }

  /// Reads the rows of a part of the text.
  ///
  /// - Throws: `DataError` for the first line that is wrong, `Interrupted`.
  func read(
    _ text: UnsafePointer<UInt8>, _ range: Range<Int>, firstLine: Int, isSparse: Bool
  ) throws -> ParsedRows {
    var rows = ParsedRows()
    var (position, line) = (range.lowerBound, firstLine)
    while position < range.upperBound {
      if line % 256 == 0 { try Interruption.check() }
      let end = TextChunk.endOfLine(text, from: position, to: range.upperBound)
      var scanner = ARFFScanner(text, position..<end, path: path, line: line)
      if scanner.skipBlanks(), scanner.next != UInt8(ascii: "%") {
        let isOwnSparse = scanner.take(UInt8(ascii: "{"))
        guard isOwnSparse == isSparse else {
          throw scanner.failure(
            isSparse
              ? "this row is dense, and the first one is sparse"
              : "this row is sparse, and the first one is dense")
        }
        try isSparse ? readSparse(&scanner, into: &rows) : readDense(&scanner, into: &rows)
        rows.count += 1
      }
      position = end + 1
      if end + 1 < range.upperBound, text[end] == 13, text[end + 1] == 10 { position += 1 }
      line += 1
    }
    return rows
  }

  private func readDense(_ scanner: inout ARFFScanner, into rows: inout ParsedRows) throws {
    for j in attributes.indices {
      guard scanner.skipBlanks() else {
        throw scanner.failure(
          "this row has \(j) \(j == 1 ? "value" : "values"), and there are"
            + " \(attributes.count) attributes")
      }
      try read(attribute: j, &scanner, ending: 0) {
        try rows.values.append($0)
      } label: {
        rows.labels.append($0)
      }
      // A comma or blanks separate values.
      if j + 1 < attributes.count, scanner.skipBlanks() { _ = scanner.take(UInt8(ascii: ",")) }
    }
    guard scanner.skipBlanks() else { return }
    if scanner.take(UInt8(ascii: ",")), scanner.skipBlanks(), scanner.next == UInt8(ascii: "{") {
      throw scanner.failure("weights of rows are not read", help: "remove the braces at the end")
    }
    throw scanner.failure("this row has more values than the \(attributes.count) attributes")
  }

  private func readSparse(_ scanner: inout ARFFScanner, into rows: inout ParsedRows) throws {
    let brace = UInt8(ascii: "}")
    var last = -1
    var hasLabel = false
    while true {
      guard scanner.skipBlanks() else { throw scanner.failure("the row has no closing brace") }
      if scanner.take(brace) { break }
      guard let number = scanner.number(), let j = Int(exactly: number),
        attributes.indices.contains(j)
      else {
        throw scanner.failure(
          "the row has an index that is none of 0 to \(attributes.count - 1)")
      }
      guard j > last else {
        throw scanner.failure(
          j == last ? "index \(j) is there twice" : "index \(j) comes after \(last)")
      }
      last = j
      guard scanner.skipBlanks() else { throw scanner.failure("index \(j) has no value") }
      let column = Int32(truncatingIfNeeded: label.map { j > $0 ? j - 1 : j } ?? j)
      try read(attribute: j, &scanner, ending: brace) { value in
        // Only stored numbers that are not 0 matter.
        guard value != 0 || value.sign == .minus else { return }
        try rows.indices.append(column)
        try rows.values.append(value)
      } label: {
        hasLabel = true
        rows.labels.append($0)
      }
      guard scanner.skipBlanks() else { throw scanner.failure("the row has no closing brace") }
      if scanner.next != brace, !scanner.take(UInt8(ascii: ",")) {
        throw scanner.failure("the values of the row are not separated by commas")
      }
    }
    if scanner.skipBlanks() { throw scanner.failure("text follows the closing brace") }
    if let label, !hasLabel {
      // What is left out is 0: the first of the declared values.
      var text = "0"
      if case .nominal(let values) = attributes[label].kind {
        text = values.first { $0.value == 0 }?.key ?? text
      }
      _ = text.withUTF8 { rows.labels.append($0) }
    }
    rows.ends.append(rows.values.count)
  }

  /// Reads the value of an attribute: a number, or a label.
  private func read(
    attribute j: Int, _ scanner: inout ARFFScanner, ending: UInt8,
    _ number: (Double) throws -> Void, label take: (UnsafeBufferPointer<UInt8>) -> Void
  ) throws {
    let attribute = attributes[j]
    if j != label, case .numeric = attribute.kind, let value = scanner.number(endingAt: ending) {
      return try number(value)
    }
    let isQuoted = scanner.next == UInt8(ascii: "'") || scanner.next == UInt8(ascii: "\"")
    var text = try scanner.cell(endingAt: ending)
    let name = Escaping.excerpt(attribute.name)
    if text.isEmpty, !isQuoted { throw scanner.failure("the value of \(name) is missing") }
    let isMissing = text == "?" && !isQuoted
    if j == label {
      if isMissing { throw scanner.failure("the label is missing in \(name)") }
      if case .nominal(let values) = attribute.kind, values[text] == nil {
        throw scanner.failure("\(Escaping.excerpt(text)) is no declared value of \(name)")
      }
      return text.withUTF8 { take($0) }
    }
    if isMissing { return try number(.nan) }
    switch attribute.kind {
    case .nominal(let values):
      guard let value = values[text] else {
        throw scanner.failure("\(Escaping.excerpt(text)) is no declared value of \(name)")
      }
      try number(Double(value))
    default: throw scanner.failure("\(Escaping.excerpt(text)) in \(name) is not a number")
    }
  }
}
