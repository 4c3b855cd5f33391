import Text

/// Text in HTML.
enum HTMLText {
  /// The text with `&`, `<`, `>` and `"` as entities, for elements and attributes in quotes.
  /// Characters that no page may have, such as ESC, are written as escapes of the language.
  static func escaped(_ text: some StringProtocol) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    var isHidden = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): result += "&amp;".utf8
      case UInt8(ascii: "<"): result += "&lt;".utf8
      case UInt8(ascii: ">"): result += "&gt;".utf8
      case UInt8(ascii: "\""): result += "&quot;".utf8
      case 0x09, 0x0A: result.append(byte)
      case 0..<0x20, 0x7F:
        result += Escaping.escape(of: Unicode.Scalar(byte)).utf8
      default:
        // Controls above ASCII, and U+FFFE, U+FFFF and their like, are rare.
        isHidden = isHidden || byte == 0xC2 || byte >= 0xEF
        result.append(byte)
      }
    }
    let escaped = String(decoding: result, as: UTF8.self)
    guard isHidden, escaped.unicodeScalars.contains(where: isForbidden) else { return escaped }
    return escaped.unicodeScalars.reduce(into: "") { result, scalar in
      if isForbidden(scalar) {
        result += Escaping.escape(of: scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    (0x80..<0xA0).contains(scalar.value) || (0xFDD0...0xFDEF).contains(scalar.value)
      || scalar.value & 0xFFFE == 0xFFFE
  }

  /// An address for `href` and `src`; nil for one that could run something: only relative ones and
  /// those of the web and of mail are let through.
  static func address(_ address: String) -> String? {
    let scheme = address.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }
    if scheme.endIndex < address.endIndex, address[scheme.endIndex] == ":",
      !["http", "https", "mailto"].contains(scheme.lowercased())
    {
      return nil
    }
    return percentEncoded(address)
  }

  /// The address with what may not stand in one as its bytes in hexadecimal.
  private static func percentEncoded(_ address: String) -> String {
    let kept = Set("-_.+!*'(),%#@?=;:/&$~[]".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in address.utf8 {
      switch byte {
      case UInt8(ascii: "&"): result += "&amp;".utf8
      case UInt8(ascii: "'"): result += "&#39;".utf8
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        result.append(byte)
      case _ where kept.contains(byte): result.append(byte)
      default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
