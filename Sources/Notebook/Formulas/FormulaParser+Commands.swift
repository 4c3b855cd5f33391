import Text

extension FormulaParser {
  /// An atom that begins with `\`.
  mutating func commandAtom() throws(Formula.Trouble) -> FormulaAtom {
    let start = index
    guard let command, command != "\\" else { throw trouble("nothing follows the '\\'") }
    index += command.unicodeScalars.count
    let name = String(command.dropFirst())
    if let atom = simpleAtom(name) { return atom }
    if let accent = FormulaSymbols.accents[name] { return try accented(command, accent) }
    if let size = FormulaSymbols.sizes[
      name.last.map { "lrm".contains($0) } == true
        ? String(name.dropLast()) : name]
    {
      return try sized(size, name.last)
    }
    if let alphabet = MathAlphabet(rawValue: name == "bm" ? "boldsymbol" : name) {
      return FormulaAtom(element: try argument(of: command).styled(alphabet), kind: .ordinary)
    }
    switch name {
    case "frac", "dfrac", "tfrac", "cfrac": return try fraction(command)
    case "binom": return try binomial()
    case "sqrt": return try root()
    case "left": return try fenced(from: start)
    case "begin": return try environment(from: start)
    case "mathrm", "mathit", "mathnormal": return try named(command)
    case "operatorname": return try operatorName()
    case "text", "textrm", "textbf", "textit", "texttt", "mbox", "textnormal":
      return FormulaAtom(element: try text(command), kind: .ordinary)
    case "overset", "stackrel", "underset": return try stacked(command)
    case "substack": return try substack()
    case "not": return try negated()
    case "mathop":
      let operand = try argument(of: command)
      return FormulaAtom(element: operand, kind: .largeOperator, takesLimits: true)
    case "bmod": return FormulaAtom(element: MathElement("mo", "mod"), kind: .binary)
    case "pmod":
      let modulus = try argument(of: command)
      return FormulaAtom(
        element: MathElement(
          "mrow",
          [
            .space("1em"), MathElement("mo", "(", ["stretchy": "false"]),
            MathElement("mi", "mod"), .space("0.3333em"), modulus,
            MathElement("mo", ")", ["stretchy": "false"]),
          ]), kind: .ordinary)
    case "phantom":
      return FormulaAtom(
        element: MathElement("mphantom", [try argument(of: command)]), kind: .ordinary)
    case "limits", "nolimits": throw trouble("'\(command)' stands after a sign", at: start)
    default:
      throw trouble(
        "'\(Escaping.visible(command))' is not among the commands of formulas", at: start,
        help: Spelling.nearest(to: name, in: Self.names).map { "did you mean '\\\($0)'?" })
    }
  }

  /// The commands that a misspelled one is compared with.
  private static let names =
    Array(FormulaSymbols.letters.keys) + FormulaSymbols.uprights.keys
    + FormulaSymbols.binaries.keys + FormulaSymbols.relations.keys
    + FormulaSymbols.largeOperators.keys + FormulaSymbols.functions.keys
    + FormulaSymbols.accents.keys + MathAlphabet.allCases.map(\.rawValue)
    + [
      "frac", "sqrt", "left", "right", "begin", "end", "mathrm", "operatorname", "text", "binom",
      "overset", "underset", "quad", "qquad",
    ]

  /// A command that stands for a sign, word or gap.
  private func simpleAtom(_ name: String) -> FormulaAtom? {
    if let letter = FormulaSymbols.letters[name] {
      return FormulaAtom(element: MathElement("mi", letter), kind: .ordinary)
    }
    if let upright = FormulaSymbols.uprights[name] {
      return ["{", "}"].contains(upright) ? Self.sign(upright) : Self.upright(upright)
    }
    if let sign = FormulaSymbols.binaries[name] {
      return FormulaAtom(element: MathElement("mo", sign), kind: .binary)
    }
    if let sign = FormulaSymbols.relations[name] {
      return FormulaAtom(element: MathElement("mo", sign), kind: .relation)
    }
    if let large = FormulaSymbols.largeOperators[name] {
      return FormulaAtom(
        element: MathElement("mo", large.sign), kind: .largeOperator,
        takesLimits: large.takesLimits)
    }
    if let function = FormulaSymbols.functions[name] {
      return Self.function(function.word, takesLimits: function.takesLimits)
    }
    if let width = FormulaSymbols.spaces[name] {
      return FormulaAtom(element: .space(width), kind: .space)
    }
    if let sign = FormulaSymbols.delimiters["\\" + name] {
      guard "|‖".contains(sign) else { return Self.sign(sign) }
      var bar = Self.bar(sign)
      if name.first == "l" { bar.kind = .opening }
      if name.first == "r" { bar.kind = .closing }
      return bar
    }
    return nil
  }

  static func function(_ word: String, takesLimits: Bool) -> FormulaAtom {
    let element =
      takesLimits
      ? MathElement("mo", word, ["movablelimits": "true", "lspace": "0", "rspace": "0"])
      : MathElement("mi", word, word.count == 1 ? ["mathvariant": "normal"] : [:])
    return FormulaAtom(element: element, kind: .function, takesLimits: takesLimits)
  }

  // MARK: Structures

  private mutating func fraction(_ command: String) throws(Formula.Trouble) -> FormulaAtom {
    let above = try argument(of: command)
    let below = try argument(of: command)
    let fraction = MathElement("mfrac", [above, below])
    let element =
      switch command {
      case "\\dfrac", "\\cfrac": MathElement("mstyle", [fraction], ["displaystyle": "true"])
      case "\\tfrac": MathElement("mstyle", [fraction], ["displaystyle": "false"])
      default: fraction
      }
    return FormulaAtom(element: element, kind: .ordinary)
  }

  private mutating func binomial() throws(Formula.Trouble) -> FormulaAtom {
    let above = try argument(of: "\\binom")
    let below = try argument(of: "\\binom")
    let stack = MathElement("mfrac", [above, below], ["linethickness": "0"])
    return FormulaAtom(element: Self.fence("(", stack, ")"), kind: .ordinary)
  }

  private mutating func root() throws(Formula.Trouble) -> FormulaAtom {
    var degree: MathElement?
    if accept("[") {
      degree = try row(endingAtBracket: true)
      guard accept("]") else { throw trouble("'[' is never closed") }
    }
    let radicand = try argument(of: "\\sqrt")
    let element =
      degree.map { MathElement("mroot", [radicand, $0]) } ?? MathElement("msqrt", [radicand])
    return FormulaAtom(element: element, kind: .ordinary)
  }

  private mutating func accented(
    _ command: String, _ accent: (sign: String, isOver: Bool, stretches: Bool)
  ) throws(Formula.Trouble) -> FormulaAtom {
    let base = try argument(of: command)
    let sign = MathElement("mo", accent.sign, ["stretchy": accent.stretches ? "true" : "false"])
    let element = MathElement(
      accent.isOver ? "mover" : "munder", [base, sign],
      accent.isOver ? ["accent": "true"] : ["accentunder": "true"])
    // The text of a brace stands beyond it.
    return FormulaAtom(
      element: element, kind: .ordinary, takesLimits: command.hasSuffix("brace"))
  }

  private mutating func stacked(_ command: String) throws(Formula.Trouble) -> FormulaAtom {
    scripts += 1
    let mark = try argument(of: command)
    scripts -= 1
    skipBlanks()
    let base = try atom(isOneDigit: true)
    return FormulaAtom(
      element: MathElement(command == "\\underset" ? "munder" : "mover", [base.element, mark]),
      kind: base.kind)
  }

  /// `\not` and a relation.
  private mutating func negated() throws(Formula.Trouble) -> FormulaAtom {
    skipBlanks()
    var base = try atom(isOneDigit: true)
    guard base.kind == .relation, case .text(let sign) = base.element.content else {
      throw trouble("'\\not' stands before a relation", help: "as in \\not=")
    }
    base.element.content = .text(sign == "=" ? "≠" : sign == "∈" ? "∉" : sign + "\u{338}")
    return base
  }

  // MARK: Delimiters

  static func fence(_ left: String, _ body: MathElement, _ right: String) -> MathElement {
    func delimiter(_ sign: String, _ form: String) -> [MathElement] {
      sign.isEmpty ? [] : [MathElement("mo", sign, ["form": form, "stretchy": "true"])]
    }
    return MathElement(
      "mrow", delimiter(left, "prefix") + [body] + delimiter(right, "postfix"))
  }

  private mutating func delimiter(after owner: String) throws(Formula.Trouble) -> String {
    skipBlanks()
    let sign = command ?? current.map(String.init) ?? ""
    guard let delimiter = FormulaSymbols.delimiters[sign] else {
      throw trouble("'\(owner)' wants a delimiter", help: "as in \(owner)(")
    }
    index += sign.unicodeScalars.count
    return delimiter
  }

  /// `\left( … \middle| … \right)`, behind the first word.
  private mutating func fenced(from start: Int) throws(Formula.Trouble) -> FormulaAtom {
    let left = try delimiter(after: "\\left")
    var body: [MathElement] = []
    while true {
      body += FormulaAtom.row(try atoms(), isScript: scripts > 0)
      guard accept(command: "\\middle") else { break }
      let sign = try delimiter(after: "\\middle")
      body.append(
        MathElement("mo", sign, ["stretchy": "true", "lspace": "0.2em", "rspace": "0.2em"]))
    }
    guard accept(command: "\\right") else {
      throw current == nil ? trouble("'\\left' without '\\right'", at: start) : unexpected()
    }
    let right = try delimiter(after: "\\right")
    return FormulaAtom(element: Self.fence(left, .row(body), right), kind: .ordinary)
  }

  /// `\big(` and its like.
  private mutating func sized(
    _ size: String, _ side: Character?
  ) throws(Formula.Trouble) -> FormulaAtom {
    let sign = try delimiter(after: "\\big")
    let element = MathElement(
      "mo", sign,
      [
        "stretchy": "true", "symmetric": "true", "minsize": size, "maxsize": size, "lspace": "0",
        "rspace": "0",
      ])
    let opens = side == "l" || side != "r" && FormulaSymbols.openings.contains(sign)
    let closes = side == "r" || side != "l" && FormulaSymbols.closings.contains(sign)
    return FormulaAtom(element: element, kind: opens ? .opening : closes ? .closing : .ordinary)
  }
}
