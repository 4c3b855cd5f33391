extension JSONValue {
  /// The value that a text is, with blanks around it; nil where it is not JSON, or nested more than
  /// 200 deep. Numbers are read as doubles.
  public init?(parsing text: String) { self.init(parsing: text, look: {}) }

  /// The same of a long text.
  ///
  /// - Parameter look: called now and then, and ends the reading where it throws.
  /// - Throws: what `look` throws.
  public init?<Failure: Error>(
    parsing text: String, look: () throws(Failure) -> Void
  ) throws(Failure) {
    var reader = JSONReader(text)
    guard let value = try reader.value(depth: 0, look), reader.isAtEnd else { return nil }
    self = value
  }
}

/// Reads JSON from the start on; every production is nil where the text is something else.
private struct JSONReader {
  private var rest: Substring.UnicodeScalarView

  init(_ text: String) { rest = text[...].unicodeScalars }

  private static let depthLimit = 200

  var isAtEnd: Bool { rest.allSatisfy(Self.isBlank) }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t"
  }

  private mutating func skipBlanks() {
    while let first = rest.first, Self.isBlank(first) { rest.removeFirst() }
  }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  private var count = 0

  mutating func value<Failure: Error>(
    depth: Int, _ look: () throws(Failure) -> Void
  ) throws(Failure) -> JSONValue? {
    guard depth < Self.depthLimit else { return nil }
    count += 1
    if count % 4096 == 0 { try look() }
    skipBlanks()
    switch rest.first {
    case "{": return try object(depth: depth, look)
    case "[": return try array(depth: depth, look)
    case "\"": return JSONText.parseString(&rest).map { .string($0) }
    default: return word()
    }
  }

  private mutating func object<Failure: Error>(
    depth: Int, _ look: () throws(Failure) -> Void
  ) throws(Failure) -> JSONValue? {
    var members: [(name: String, value: JSONValue?)] = []
    rest.removeFirst()
    if accept("}") { return .object(members) }
    repeat {
      skipBlanks()
      guard let name = JSONText.parseString(&rest), accept(":"),
        let value = try value(depth: depth + 1, look)
      else { return nil }
      members.append((name, value))
    } while accept(",")
    return accept("}") ? .object(members) : nil
  }

  private mutating func array<Failure: Error>(
    depth: Int, _ look: () throws(Failure) -> Void
  ) throws(Failure) -> JSONValue? {
    var values: [JSONValue] = []
    rest.removeFirst()
    if accept("]") { return .array(values) }
    repeat {
      guard let value = try value(depth: depth + 1, look) else { return nil }
      values.append(value)
    } while accept(",")
    return accept("]") ? .array(values) : nil
  }

  /// `true`, `false`, `null` or a number.
  private mutating func word() -> JSONValue? {
    let word = rest.prefix { !Self.isBlank($0) && !",]}:".unicodeScalars.contains($0) }
    rest = rest[word.endIndex...]
    switch String(word) {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    case let text:
      // A number of JSON begins with a digit or a sign and a digit, and ends with a digit.
      let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
      guard let first = digits.first, let last = text.utf8.last, text.utf8.count - digits.count < 2,
        [first, last].allSatisfy({ (0x30...0x39).contains($0) }),
        !text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "x") }), let number = Double(text)
      else { return nil }
      return .number(number)
    }
  }
}
