/// How many columns of a terminal a text fills.
///
/// The wide ranges are Unicode's EastAsianWidth W and F, in coarse blocks: enough for
/// names of classes and titles.
enum DisplayText {
  /// Columns of a whole text.
  static func width(of text: String) -> Int {
    text.reduce(0) { $0 + width(of: $1) }
  }

  /// Columns of one character as the eye sees it: 0, 1 or 2.
  static func width(of character: Character) -> Int {
    if character.isASCII { return 1 }
    var widest = 0
    for scalar in character.unicodeScalars {
      if scalar.value == 0xFE0F { return 2 }
      widest = max(widest, width(of: scalar))
    }
    return widest
  }

  /// The text with control characters as blanks, so that no name can move the cursor.
  static func harmless(_ character: Character) -> Character {
    if let ascii = character.asciiValue { return ascii < 32 || ascii == 127 ? " " : character }
    for scalar in character.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: return " "
      default: continue
      }
    }
    return character
  }

  /// The text cut to `columns` columns, the last of them the ellipsis where something was cut off.
  static func clipped(_ text: String, to columns: Int, ellipsis: String) -> String {
    guard columns > 0 else { return "" }
    guard width(of: text) > columns else { return text }
    var kept = ""
    var used = 0
    for character in text {
      let step = width(of: character)
      if used + step > columns - 1 { break }
      kept.append(character)
      used += step
    }
    return kept + ellipsis
  }

  /// The text with blanks before it, so that it ends at a column.
  static func rightAligned(_ text: String, in columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - width(of: text))) + text
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x7F { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F1E6...0x1F1FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default:
      return 1
    }
  }
}
