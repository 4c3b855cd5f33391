/// Addresses in HTML.
enum HTMLAddress {
  /// An address for `href` and `src`; nil for one that could run something: only relative ones and
  /// those of the web and of mail are let through.
  static func safe(_ address: String) -> String? {
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
