/// Makes visible what a terminal would obey instead of show.
public enum Escaping {
  /// The text with control characters, and marks that turn the direction of writing, as escapes:
  /// `\n`, `\t`, `\u{1b}`.
  public static func visible(_ text: String) -> String { escaped(text, where: isHidden) }

  /// The text in quotes, as a string of the language: hidden characters, quotes and backslashes as
  /// escapes.
  public static func quoted(_ text: String) -> String {
    "\"" + escaped(text) { isHidden($0) || $0 == "\"" || $0 == "\\" } + "\""
  }

  /// The beginning of the text in quotes, 40 characters of it, for messages about files.
  ///
  /// - Parameter isClipped: Whether something was left out already.
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

  /// A blank for what must not reach a terminal as it is, else the character itself: for pictures
  /// made of cells, where an escape would need more room.
  public static func blanked(_ character: Character) -> Character {
    character.unicodeScalars.contains(where: isHidden) ? " " : character
  }

  /// `\n`, `\u{1b}`: as a string of the language would spell it.
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
