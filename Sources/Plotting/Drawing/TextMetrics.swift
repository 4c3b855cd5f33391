import Text

/// The widths of texts in a sans-serif font, before it is known which font will draw them.
///
/// They are those of DejaVu Sans, which is wider than most: what fits by them fits in others.
enum TextMetrics {
  /// The width of a text of this size in pixels.
  static func width(of text: String, size: Double, isBold: Bool = false) -> Double {
    let thousandths = text.reduce(0) { $0 + width(of: $1) }
    return Double(thousandths) * size / 1000 * (isBold ? 1.12 : 1)
  }

  /// The text in at most `room` pixels, with an ellipsis where it is cut.
  static func clipped(
    _ text: String, to room: Double, size: Double, isBold: Bool = false
  ) -> String {
    if width(of: text, size: size, isBold: isBold) <= room { return text }
    var left = Int(room / size * 1000 / (isBold ? 1.12 : 1)) - 1000
    var kept = ""
    for character in text {
      left -= width(of: character)
      if left < 0 { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// The text in lines of at most `room` pixels, broken between words; a word that is wider is cut.
  static func wrapped(_ text: String, to room: Double, size: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, width(of: last + " " + word, size: size) <= room {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(clipped(String(word), to: room, size: size))
      }
    }
    return lines
  }

  /// The width of a character in thousandths of the font's size.
  private static func width(of character: Character) -> Int {
    if let code = character.asciiValue, code >= 32, code < 127 { return ascii[Int(code) - 32] }
    return [0, 700, 1050][DisplayWidth.of(character)]
  }

  /// The advance widths of the characters 32 to 126 of DejaVu Sans 2.37.
  private static let ascii = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
  ]
}
