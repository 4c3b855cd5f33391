/// The display width of texts, in terminal cells. Unlike the C library's `wcwidth`, it does not
/// depend on the locale.
public enum DisplayWidth {
  /// The width of a text without line ends.
  public static func of(_ text: some StringProtocol) -> Int {
    var isASCII = true
    var count = 0
    for byte in text.utf8 {
      if byte >= 0x80 || byte < 0x20 {
        isASCII = false
        break
      }
      count += 1
    }
    return isASCII ? count : text.reduce(0) { $0 + of($1) }
  }

  /// The width of a character: 0, 1 or 2.
  public static func of(_ character: Character) -> Int {
    var widest = 0
    for scalar in character.unicodeScalars {
      // The variation selector for the emoji form.
      if scalar.value == 0xFE0F && widest == 1 { return 2 }
      widest = max(widest, of(scalar))
    }
    return widest
  }

  /// The width of a scalar: 0 for combining marks and control characters, 2 for wide characters and
  /// emoji, else 1.
  public static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x20 || (0x7F..<0xA0).contains(value) { return 0 }
    if value < 0x300 { return value == 0xAD ? 0 : 1 }
    // Korean vowels and final consonants, which join the consonant before them.
    if (0x1160...0x11FF).contains(value) { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    return isWide(value) || scalar.properties.isEmojiPresentation ? 2 : 1
  }

  /// Whether a scalar is in a block of wide characters by Unicode's property East_Asian_Width.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E,
      0x3041...0x3247, 0x3250...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
      0x1AFF0...0x1B2FF, 0x1D300...0x1D376, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
