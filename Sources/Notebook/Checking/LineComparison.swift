import Text

/// Compares lines of output with recorded ones: numbers within a tolerance, text exactly, and `…`
/// with anything.
struct LineComparison {
  /// The largest relative difference of two numbers.
  var relative = 1e-6
  /// The largest absolute one.
  var absolute = 1e-9

  /// A piece of a line.
  private enum Token {
    case character(Character)
    /// A number, and one unit in its last printed place; of a whole number, where each digit
    /// counts, 0.
    case number(Double, unit: Double)
    case anything
  }

  /// Whether a line of output agrees with a recorded one.
  func agree(_ line: RecordedRun.Line, _ recorded: String) -> Bool {
    let now = line.parts.flatMap { part -> [Token] in
      part.isVolatile ? [.anything] : Self.tokens(part.text)
    }
    return agree(Self.trimmed(now), Self.trimmed(Self.tokens(recorded)))
  }

  /// Whether all lines agree with the recorded ones, of which a lone `…` stands for any number.
  func agree(_ lines: [RecordedRun.Line], _ recorded: [String]) -> Bool {
    // reached[i]: the recorded lines so far may stand for the first i lines.
    var reached = [true] + [Bool](repeating: false, count: lines.count)
    for text in recorded {
      if Self.isAnything(text) {
        let first = reached.firstIndex(of: true) ?? reached.count
        for i in first..<reached.count { reached[i] = true }
        continue
      }
      for i in stride(from: lines.count, to: 0, by: -1) {
        reached[i] = reached[i - 1] && agree(lines[i - 1], text)
      }
      reached[0] = false
    }
    return reached[lines.count]
  }

  /// Whether a recorded line is `…` alone.
  static func isAnything(_ text: String) -> Bool {
    text.split { $0 == " " } == ["…"]
  }

  private func agree(_ a: [Token], _ b: [Token]) -> Bool {
    // reached[j]: the tokens of a so far may stand for the first j tokens of b.
    var reached = [Bool](repeating: false, count: b.count + 1)
    reached[0] = true
    spread(&reached, b)
    for token in a {
      if case .anything = token {
        let first = reached.firstIndex(of: true) ?? reached.count
        for j in first..<reached.count { reached[j] = true }
        continue
      }
      var next = [Bool](repeating: false, count: b.count + 1)
      for j in b.indices {
        // A `…` of b takes the token in, and may take more.
        if case .anything = b[j] {
          if reached[j + 1] || reached[j] { next[j + 1] = true }
        } else if reached[j], isSame(token, b[j]) {
          next[j + 1] = true
        }
      }
      spread(&next, b)
      reached = next
    }
    return reached[b.count]
  }

  /// A `…` may stand for nothing.
  private func spread(_ reached: inout [Bool], _ b: [Token]) {
    for j in b.indices {
      if case .anything = b[j], reached[j] { reached[j + 1] = true }
    }
  }

  private func isSame(_ now: Token, _ recorded: Token) -> Bool {
    switch (now, recorded) {
    case (.character(let a), .character(let b)): a == b
    case (.number(let x, _), .number(let y, let unit)):
      x == y || x.isNaN && y.isNaN
        || abs(x - y) <= max(relative * abs(y), absolute, unit * (1 + 1e-9))
    default: false
    }
  }

  // MARK: Tokens

  private static func tokens(_ text: String) -> [Token] {
    var tokens: [Token] = []
    var rest = text[...]
    // A digit in a word, as in `patches10`, is no number.
    var isInWord = false
    while let first = rest.first {
      if !isInWord, let number = number(at: rest) {
        tokens.append(.number(number.value, unit: number.unit))
        rest = rest[number.end...]
      } else {
        tokens.append(first == "…" ? .anything : .character(first))
        isInWord = first.isLetter || first == "_" || isInWord && first.isNumber
        rest = rest.dropFirst()
      }
    }
    return tokens
  }

  private static func number(
    at text: Substring
  ) -> (value: Double, unit: Double, end: String.Index)? {
    var end = text.startIndex
    func digits() -> Int {
      let start = end
      while end < text.endIndex, text[end].isASCII, text[end].isNumber {
        end = text.index(after: end)
      }
      return text.distance(from: start, to: end)
    }
    func accept(_ characters: String) -> Bool {
      guard end < text.endIndex, characters.contains(text[end]) else { return false }
      end = text.index(after: end)
      return true
    }
    _ = accept("-")
    let whole = digits()
    let mark = end
    var decimals = 0
    var isWhole = true
    if accept(".") {
      decimals = digits()
      if decimals == 0 { end = mark } else { isWhole = false }
    }
    guard whole + decimals > 0 else { return nil }
    var exponent = 0
    let mantissa = end
    if accept("eE") {
      let start = end
      _ = accept("+-")
      if digits() == 0 {
        end = mantissa
      } else {
        exponent = Int(text[start..<end].drop { $0 == "+" }) ?? 0
        isWhole = false
      }
    }
    guard let value = Double(text[..<end]) else { return nil }
    var unit = 0.0
    if !isWhole { unit = Double("1e\(exponent - decimals)") ?? 0 }
    return (value, unit, end)
  }

  /// The tokens without blanks at their end, which editors take away.
  private static func trimmed(_ tokens: [Token]) -> [Token] {
    var tokens = tokens
    while case .character(" ")? = tokens.last { tokens.removeLast() }
    return tokens
  }
}

extension LineComparison {
  /// The tolerances of `#~` lines: `rel=1e-3`, `abs=1e-6`.
  ///
  /// - Throws: A message about what can't be read.
  func changed(by lines: [String]) throws(Misread) -> LineComparison {
    var result = self
    for word in lines.flatMap({ $0.split(separator: " ") }) {
      let parts = word.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let value = Double(parts[1]), value >= 0, value.isFinite else {
        throw Misread(word: String(word))
      }
      switch parts[0] {
      case "rel": result.relative = value
      case "abs": result.absolute = value
      default: throw Misread(word: String(word))
      }
    }
    return result
  }

  /// A word of a `#~` line that means nothing.
  struct Misread: Error { var word: String }
}
