/// Pieces of files in messages: short, on one line, and without characters that a terminal obeys.
enum ShortText {
  /// A piece in quotes, escaped, and clipped to some 40 characters.
  static func quoted(_ bytes: some Collection<UInt8>) -> String {
    quoted(String(decoding: bytes.prefix(200), as: UTF8.self), isClipped: bytes.count > 200)
  }

  /// A text in quotes, escaped, and clipped to some 40 characters.
  static func quoted(_ text: String, isClipped: Bool = false) -> String {
    var result = "\""
    var count = 0
    for scalar in text.unicodeScalars {
      if count == 40 { return result + "…\"" }
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
          .unassigned:
          result += "\\u{\(String(scalar.value, radix: 16))}"
        default: result.unicodeScalars.append(scalar)
        }
      }
      count += 1
    }
    return result + (isClipped ? "…\"" : "\"")
  }

  /// Names in one sentence: the first twelve of them, and how many more there are.
  static func list(_ names: [String]) -> String {
    let shown = names.prefix(12).map { name in
      name.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.isASCII && $0.value > 32 }
        && name.count <= 40 ? name : quoted(name)
    }
    let more = names.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  /// The candidate that is most like a word, where one is like it at all.
  static func nearest(_ word: String, of candidates: [String]) -> String? {
    let word = Array(word.lowercased().unicodeScalars.prefix(64))
    let scored = candidates.map { (distance($0.lowercased(), word), $0) }
    guard let best = scored.min(by: { $0.0 < $1.0 }), best.0 <= max(1, best.1.count / 3) else {
      return nil
    }
    return best.1
  }

  /// Levenshtein's distance.
  private static func distance(_ a: String, _ b: [Unicode.Scalar]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.unicodeScalars.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = next
      }
    }
    return row[b.count]
  }
}
