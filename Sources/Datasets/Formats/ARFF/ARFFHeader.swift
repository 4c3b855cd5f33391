import LinearAlgebra
import Text

/// The header of an ARFF file: the attributes, and where the data begin.
///
/// Weka's manual, "ARFF (stable version)".
struct ARFFHeader: Sendable {
  /// A column.
  struct Attribute: Sendable {
    enum Kind: Sendable {
      case numeric
      /// One of these values.
      case nominal([String: Int])
      case text
    }

    let name: String
    let kind: Kind
  }

  private(set) var attributes: [Attribute] = []
  /// The offset of the first line after `@data`, and its number.
  private(set) var dataStart = 0
  private(set) var dataLine = 0

  /// Reads the header of a file.
  ///
  /// - Throws: `DataError` for the first line that is wrong; as `TextFile.withPiece`.
  init(_ file: TextFile, path: String) throws {
    var size = min(file.count, 1 << 20)
    // Headers of many thousand attributes are longer.
    while try !read(file, size, path) {
      guard size < file.count else {
        throw DataError(
          "the file has no @data", path: path,
          help: "the header ends with it; the file may be cut off, or none of ARFF")
      }
      size = min(file.count, size * 8)
    }
    guard !attributes.isEmpty else {
      throw DataError("the file has no @attribute", path: path, line: dataLine - 1)
    }
  }

  /// Reads the header from the first bytes; false where it does not end in them.
  private mutating func read(_ file: TextFile, _ size: Int, _ path: String) throws -> Bool {
    attributes = []
    let start = try file.start()
    return try file.withPiece(0..<size) { bytes, range in
      let text = UnsafePointer(bytes.pointer + range.lowerBound)
      var (position, line) = (start, 1)
      var names: Set<String> = []
      while position < size {
        if line % 64 == 0 { try Interruption.check() }
        let end = TextChunk.endOfLine(text, from: position, to: size)
        if end == size && size < file.count { return false }
        var scanner = ARFFScanner(text, position..<end, path: path, line: line)
        let next = end + (end + 1 < size && text[end] == 13 && text[end + 1] == 10 ? 2 : 1)
        if scanner.skipBlanks(), text[scanner.position] != UInt8(ascii: "%") {
          let word = try scanner.word()
          switch word.lowercased() {
          case "@relation": break
          case "@attribute":
            let attribute = try Self.attribute(&scanner)
            guard names.insert(attribute.name).inserted else {
              throw DataError(
                "the attribute \(Escaping.excerpt(attribute.name)) is there twice", path: path,
                line: line)
            }
            attributes.append(attribute)
          case "@data":
            (dataStart, dataLine) = (min(next, file.count), line + 1)
            return true
          default:
            throw DataError(
              "\(Escaping.excerpt(word)) is no part of an ARFF header", path: path, line: line,
              help: "it has lines of @relation, @attribute and @data, and comments after %")
          }
        }
        position = next
        line += 1
      }
      return false
    }
  }

  private static func attribute(_ scanner: inout ARFFScanner) throws -> Attribute {
    guard scanner.skipBlanks() else { throw scanner.failure("the attribute has no name") }
    let name = try scanner.word()
    guard scanner.skipBlanks() else {
      throw scanner.failure("the attribute \(Escaping.excerpt(name)) has no type")
    }
    if scanner.take(UInt8(ascii: "{")) {
      var values: [String: Int] = [:]
      while true {
        guard scanner.skipBlanks() else {
          throw scanner.failure("the values of \(Escaping.excerpt(name)) have no closing brace")
        }
        if scanner.take(UInt8(ascii: "}")) { break }
        if scanner.take(UInt8(ascii: ",")) { continue }
        let value = try scanner.cell(endingAt: UInt8(ascii: "}"))
        values[value] = values[value] ?? values.count
      }
      guard !values.isEmpty else {
        throw scanner.failure("the attribute \(Escaping.excerpt(name)) has no values")
      }
      return Attribute(name: name, kind: .nominal(values))
    }
    let type = try scanner.word()
    switch type.lowercased() {
    case "numeric", "real", "integer": return Attribute(name: name, kind: .numeric)
    case "string", "date": return Attribute(name: name, kind: .text)
    default:
      throw scanner.failure(
        "attributes of the type \(Escaping.excerpt(type)) are not read",
        help: "types that are: numeric, real, integer, string, and values in braces")
    }
  }
}
