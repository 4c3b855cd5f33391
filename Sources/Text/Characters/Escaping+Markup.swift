extension Escaping {
  /// The text inside an element, or an attribute in double quotes, of XML or HTML.
  ///
  /// Characters that neither can hold, such as ESC, and marks that would turn the direction of what
  /// comes after them are written as escapes of the language. Tabs and line ends stay.
  public static func markup(_ text: some StringProtocol) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    var mayBeHidden = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): result += "&amp;".utf8
      case UInt8(ascii: "<"): result += "&lt;".utf8
      case UInt8(ascii: ">"): result += "&gt;".utf8
      case UInt8(ascii: "\""): result += "&quot;".utf8
      case 0x09, 0x0A: result.append(byte)
      case 0..<0x20, 0x7F: result += escape(of: Unicode.Scalar(byte)).utf8
      default:
        // The first bytes of hidden scalars above ASCII.
        mayBeHidden = mayBeHidden || byte == 0xC2 || byte == 0xD8 || byte == 0xE2 || byte >= 0xEF
        result.append(byte)
      }
    }
    let escaped = String(decoding: result, as: UTF8.self)
    guard mayBeHidden, escaped.unicodeScalars.contains(where: isForbidden) else { return escaped }
    return escaped.unicodeScalars.reduce(into: "") { result, scalar in
      if isForbidden(scalar) {
        result += escape(of: scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }

  /// Whether a scalar is hidden, or one of those that are no characters.
  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x80
      && (isHidden(scalar) || (0xFDD0...0xFDEF).contains(scalar.value)
        || scalar.value & 0xFFFE == 0xFFFE)
  }
}
