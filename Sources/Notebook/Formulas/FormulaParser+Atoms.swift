extension FormulaParser {
  /// One atom without its scripts.
  ///
  /// - Parameter isOneDigit: Whether a number ends after its first digit, as in `x^12`.
  mutating func atom(isOneDigit: Bool = false) throws(Formula.Trouble) -> FormulaAtom {
    try goDeeper()
    defer { depth -= 1 }
    guard let scalar = current else { throw unexpected() }
    if scalar == "\\" { return try commandAtom() }
    if Self.isDigit(scalar) || scalar == "." && following(Self.isDigit) {
      return number(isOneDigit: isOneDigit)
    }
    switch scalar {
    case "{":
      index += 1
      return FormulaAtom(element: try group(), kind: .ordinary)
    case "_", "^", "'": return FormulaAtom(element: MathElement("mrow", []), kind: .ordinary)
    case "$": throw trouble("'$' inside of a formula", help: "\\$ is the sign itself")
    case "#": throw trouble("'#' inside of a formula", help: "\\# is the sign itself")
    default:
      index += 1
      return Self.sign(String(scalar), isPlain: true)
    }
  }

  private func following(_ test: (Unicode.Scalar?) -> Bool) -> Bool {
    test(index + 1 < scalars.count ? scalars[index + 1] : nil)
  }

  private mutating func number(isOneDigit: Bool) -> FormulaAtom {
    var text = String.UnicodeScalarView()
    while let scalar = current {
      let isPoint = scalar == "." && !text.contains(".") && following(Self.isDigit)
      guard Self.isDigit(scalar) || isPoint else { break }
      text.append(scalar)
      index += 1
      if isOneDigit { break }
    }
    return FormulaAtom(element: MathElement("mn", String(text)), kind: .ordinary)
  }

  /// A letter or sign.
  ///
  /// - Parameter isPlain: Whether it was typed as such: delimiters then keep their size.
  static func sign(_ text: String, isPlain: Bool = false) -> FormulaAtom {
    switch text {
    case "-": return FormulaAtom(element: MathElement("mo", "−"), kind: .binary)
    case "+", "−": return FormulaAtom(element: MathElement("mo", text), kind: .binary)
    case "*": return FormulaAtom(element: MathElement("mo", "∗"), kind: .binary)
    case "=", "<", ">", ":": return FormulaAtom(element: MathElement("mo", text), kind: .relation)
    case ",", ";": return FormulaAtom(element: MathElement("mo", text), kind: .punctuation)
    case "/":
      return FormulaAtom(
        element: MathElement("mo", text, ["lspace": "0", "rspace": "0"]), kind: .ordinary)
    case "|", "‖": return bar(text)
    case "~": return FormulaAtom(element: .space("0.25em"), kind: .space)
    case "!": return FormulaAtom(element: MathElement("mo", text), kind: .closing)
    case ".", "?", "@", "\"", "`":
      return FormulaAtom(element: MathElement("mtext", text), kind: .ordinary)
    default: break
    }
    if FormulaSymbols.openings.contains(text) { return delimiter(text, .opening) }
    if FormulaSymbols.closings.contains(text) { return delimiter(text, .closing) }
    if let kind = signKinds[text] {
      let takesLimits = FormulaSymbols.largeOperators.values.contains { $0 == (text, true) }
      return FormulaAtom(element: MathElement("mo", text), kind: kind, takesLimits: takesLimits)
    }
    if uprightSigns.contains(text) { return upright(text) }
    return FormulaAtom(element: MathElement("mi", text), kind: .ordinary)
  }

  /// A letter or sign that does not lean.
  static func upright(_ text: String) -> FormulaAtom {
    FormulaAtom(
      element: text.count == 1
        ? MathElement("mi", text, ["mathvariant": "normal"]) : MathElement("mi", text),
      kind: .ordinary)
  }

  private static func delimiter(_ text: String, _ kind: FormulaAtom.Class) -> FormulaAtom {
    FormulaAtom(element: MathElement("mo", text, ["stretchy": "false"]), kind: kind)
  }

  /// `|`, which opens and closes alike.
  static func bar(_ text: String) -> FormulaAtom {
    FormulaAtom(
      element: MathElement(
        "mo", text, ["stretchy": "false", "lspace": "0", "rspace": "0"]), kind: .bar)
  }

  /// The parts that signs play which are typed as themselves: ≤ as `\le`.
  private static let signKinds: [String: FormulaAtom.Class] = {
    var kinds: [String: FormulaAtom.Class] = [:]
    for sign in FormulaSymbols.relations.values { kinds[sign] = .relation }
    for sign in FormulaSymbols.binaries.values { kinds[sign] = .binary }
    for large in FormulaSymbols.largeOperators.values { kinds[large.sign] = .largeOperator }
    kinds["·"] = .binary
    return kinds
  }()

  private static let uprightSigns = Set(FormulaSymbols.uprights.values)
}
