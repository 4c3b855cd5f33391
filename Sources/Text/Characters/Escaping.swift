/// Escapes characters that would control a terminal.
public enum Escaping {
  /// The text with escapes for control characters and for marks of writing direction: `\n`, `\t`,
  /// `\u{1b}`.
  public static func visible(_ text: String) -> String { escaped(text, where: isHidden) }

  /// The text as a string literal of the language, with escapes for hidden characters, quotes and
  /// backslashes.
  public static func quoted(_ text: String) -> String {
    "\"" + escaped(text) { isHidden($0) || $0 == "\"" || $0 == "\\" } + "\""
  }

  /// The text in Markdown, where none of its characters is a sign.
  public static func markdown(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      let isSign =
        scalar.isASCII && (33...126).contains(scalar.value)
        && !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
      if isSign { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
  }

  /// The first 40 characters of the text in quotes, for messages about files. `…` marks a cut.
  ///
  /// - Parameter isClipped: Whether the end of the text was already cut off.
  public static func excerpt(_ text: String, isClipped: Bool = false) -> String {
    let start = text.unicodeScalars.prefix(40)
    let isShort = start.endIndex == text.unicodeScalars.endIndex
    let quoted = quoted(String(start))
    return isShort && !isClipped ? quoted : quoted.dropLast() + "…\""
  }

  /// The beginning of a piece of a file in quotes.
  public static func excerpt(_ bytes: some Collection<UInt8>) -> String {
    excerpt(String(decoding: bytes.prefix(200), as: UTF8.self), isClipped: bytes.count > 200)
  }

  /// The character, or a blank for one that would control a terminal; for grids of cells, where an
  /// escape would need more room.
  public static func blanked(_ character: Character) -> Character {
    character.unicodeScalars.contains(where: isHidden) ? " " : character
  }

  /// The escape of a scalar in a string of the language: `\n`, `\u{1b}`.
  public static func escape(of scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case "\0": "\\0"
    case "\"": "\\\""
    case "\\": "\\\\"
    default: "\\u{\(String(scalar.value, radix: 16))}"
    }
  }

  /// Whether a scalar must not reach a terminal as it is.
  package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
      true
    default: false
    }
  }

  private static func escaped(
    _ text: String, where isEscaped: (Unicode.Scalar) -> Bool
  ) -> String {
    guard text.unicodeScalars.contains(where: isEscaped) else { return text }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      if isEscaped(scalar) {
        result += escape(of: scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }
}
