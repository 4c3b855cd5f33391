/// The styles of letters in formulas, which are letters of their own in Unicode: MathML Core has no
/// other way to ask for them.
enum MathAlphabet: String, CaseIterable {
  case bold = "mathbf"
  case boldItalic = "boldsymbol"
  case doubleStruck = "mathbb"
  case script = "mathcal"
  case fraktur = "mathfrak"
  case sansSerif = "mathsf"
  case monospace = "mathtt"

  /// A letter or digit in this style; the same where there is none.
  func letter(_ character: Character) -> Character {
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else {
      return character
    }
    if let exception = exceptions[character] { return exception }
    let value = scalar.value
    func moved(_ start: UInt32?, from first: Unicode.Scalar) -> Character {
      guard let start, let moved = Unicode.Scalar(start + value - first.value) else {
        return character
      }
      return Character(moved)
    }
    switch scalar {
    case "A"..."Z": return moved(capitals, from: "A")
    case "a"..."z": return moved(capitals + 26, from: "a")
    case "0"..."9": return moved(digits, from: "0")
    case "Α"..."Ω": return moved(greekCapitals, from: "Α")
    case "α"..."ω": return moved(greekCapitals.map { $0 + 26 }, from: "α")
    default: return character
    }
  }

  /// The place of A in the block of Mathematical Alphanumeric Symbols; a follows Z.
  private var capitals: UInt32 {
    switch self {
    case .bold: 0x1D400
    case .boldItalic: 0x1D468
    case .doubleStruck: 0x1D538
    case .script: 0x1D49C
    case .fraktur: 0x1D504
    case .sansSerif: 0x1D5A0
    case .monospace: 0x1D670
    }
  }

  /// The place of 0; nil where the style has no digits.
  private var digits: UInt32? {
    switch self {
    case .bold, .boldItalic: 0x1D7CE
    case .doubleStruck: 0x1D7D8
    case .sansSerif: 0x1D7E2
    case .monospace: 0x1D7F6
    case .script, .fraktur: nil
    }
  }

  /// The place of Α; nil where the style has no Greek.
  private var greekCapitals: UInt32? {
    switch self {
    case .bold: 0x1D6A8
    case .boldItalic: 0x1D71C
    default: nil
    }
  }

  /// Letters that Unicode had before the block.
  private var exceptions: [Character: Character] {
    switch self {
    case .doubleStruck: ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"]
    case .script:
      [
        "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ",
        "g": "ℊ", "o": "ℴ",
      ]
    case .fraktur: ["C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"]
    default: [:]
    }
  }
}
