/// The part of JSON (RFC 8259) that files of lines and streams of events need: strings, and flat
/// objects to read.
public enum JSONText {
  /// `text` in quotes, on one line.
  public static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

  /// What stands between the quotes: a part of a text may be escaped by itself.
  public static func escaped(_ text: some StringProtocol) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): result += "\\\"".utf8
      case UInt8(ascii: "\\"): result += "\\\\".utf8
      case 0x0A: result += "\\n".utf8
      case 0x09: result += "\\t".utf8
      case 0x0D: result += "\\r".utf8
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        result += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The string under `key` in a flat object of strings and numbers; nil where there is none, and
  /// where the line is damaged.
  public static func string(_ key: String, in line: Substring) -> String? {
    var rest = line.unicodeScalars.drop { $0 == " " || $0 == "\t" }
    guard rest.popFirst() == "{" else { return nil }
    var found: String?
    while true {
      rest = rest.drop { $0 == " " }
      guard let name = parseString(&rest) else { return nil }
      rest = rest.drop { $0 == " " }
      guard rest.popFirst() == ":" else { return nil }
      rest = rest.drop { $0 == " " }
      if rest.first == "\"" {
        guard let value = parseString(&rest) else { return nil }
        if name == key { found = value }
      } else {
        rest = rest.drop { $0 != "," && $0 != "}" }
      }
      rest = rest.drop { $0 == " " }
      switch rest.popFirst() {
      case ",": continue
      case "}": return rest.allSatisfy({ $0 == " " || $0 == "\r" }) ? found : nil
      default: return nil
      }
    }
  }

  /// Reads a string in quotes from the start of `rest`; nil where there is none, or it is damaged.
  static func parseString(_ rest: inout Substring.UnicodeScalarView) -> String? {
    guard rest.popFirst() == "\"" else { return nil }
    var result = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"": return String(result)
      case "\\":
        guard let escaped = parseEscape(&rest) else { return nil }
        result.append(escaped)
      default: result.append(scalar)
      }
    }
    return nil
  }

  private static func parseEscape(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
    switch rest.popFirst() {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case let scalar? where "\"\\/".unicodeScalars.contains(scalar): return scalar
    case "u":
      guard let unit = parseUnit(&rest) else { return nil }
      guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) }
      guard rest.popFirst() == "\\", rest.popFirst() == "u", let low = parseUnit(&rest),
        (0xDC00..<0xE000).contains(low)
      else { return nil }
      return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    default: return nil
    }
  }

  private static func parseUnit(_ rest: inout Substring.UnicodeScalarView) -> UInt32? {
    let digits = rest.prefix(4)
    guard digits.count == 4, digits.allSatisfy({ $0.properties.isASCIIHexDigit }) else {
      return nil
    }
    rest = rest.dropFirst(4)
    return UInt32(String(digits), radix: 16)
  }
}
