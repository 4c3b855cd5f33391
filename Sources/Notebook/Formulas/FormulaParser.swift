import Text

/// Reads TeX by recursive descent: a formula is a row of atoms, each with its scripts.
struct FormulaParser {
  /// The deepest nesting of groups and commands.
  private static let depthLimit = 100

  let scalars: [Unicode.Scalar]
  var index = 0
  /// The number of indices and exponents around the current place.
  var scripts = 0
  var depth = 0

  init(_ tex: String) { scalars = Array(tex.unicodeScalars) }

  /// The whole text as a row.
  mutating func formula() throws(Formula.Trouble) -> [MathElement] {
    let atoms = try atoms()
    guard index == scalars.count else { throw unexpected() }
    return FormulaAtom.row(atoms, isScript: false)
  }

  // MARK: Text

  var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  /// The name of the command at the current place, with its `\`; nil where there is none.
  var command: String? {
    guard current == "\\" else { return nil }
    return "\\" + commandName
  }

  /// Letters after the `\`, or one other character.
  private var commandName: String {
    var end = index + 1
    while end < scalars.count, Self.isLetter(scalars[end]) { end += 1 }
    if end == index + 1, end < scalars.count { end += 1 }
    var name = String.UnicodeScalarView()
    name.append(contentsOf: scalars[(index + 1)..<end])
    return String(name)
  }

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  static func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ("0"..."9").contains($0) } ?? false
  }

  /// Goes past blanks and comments, which end with their line.
  mutating func skipBlanks() {
    while let scalar = current {
      if scalar == "%" {
        while let scalar = current, !Self.isLineEnd(scalar) { index += 1 }
      } else if scalar.properties.isWhitespace {
        index += 1
      } else {
        return
      }
    }
  }

  static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == FormulaSyntax.joint
  }

  /// Reads a character where it comes next, after blanks.
  mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard current == scalar else { return false }
    index += 1
    return true
  }

  /// Reads a command where it comes next, after blanks.
  mutating func accept(command name: String) -> Bool {
    skipBlanks()
    guard command == name else { return false }
    index += name.unicodeScalars.count
    return true
  }

  // MARK: Trouble

  func trouble(_ message: String, at place: Int? = nil, help: String? = nil) -> Formula.Trouble {
    let before = scalars[..<(place ?? index)]
    return Formula.Trouble(
      message: message, help: help, offset: before.reduce(0) { $0 + UTF8.width($1) })
  }

  /// What ends a row stands where no such row began.
  func unexpected() -> Formula.Trouble {
    switch command ?? current.map(String.init) {
    case nil: trouble("the formula ends too early")
    case "}": trouble("'}' closes nothing")
    case "&":
      trouble("'&' is for environments", help: "as in \\begin{aligned} a &= b \\end{aligned}")
    case "\\\\":
      trouble(
        "a line ends outside of an environment",
        help: "lines stand in \\begin{aligned} … \\end{aligned}")
    case "\\end": trouble("'\\end' without '\\begin'")
    case let sign?: trouble("'\(sign)' without '\\left'")
    }
  }

  /// Begins something that may hold itself; `depth` is taken back at its end.
  mutating func goDeeper() throws(Formula.Trouble) {
    depth += 1
    guard depth <= Self.depthLimit else {
      throw trouble("this is nested more than \(Self.depthLimit) deep")
    }
  }

  // MARK: Rows

  /// Atoms up to what ends a row: the end, `}`, `&`, `\\`, `\end`, `\right`, `\middle`, and `]`
  /// where that is said.
  mutating func atoms(
    endingAtBracket: Bool = false
  ) throws(Formula.Trouble) -> [FormulaAtom] {
    try goDeeper()
    defer { depth -= 1 }
    var atoms: [FormulaAtom] = []
    while true {
      skipBlanks()
      guard let scalar = current, scalar != "}", scalar != "&" else { return atoms }
      if endingAtBracket, scalar == "]" { return atoms }
      switch command {
      case "\\\\", "\\cr", "\\end", "\\right", "\\middle": return atoms
      case "\\nonumber", "\\notag": index += command.map(\.unicodeScalars.count) ?? 0
      case "\\displaystyle", "\\textstyle":
        // It holds up to the end of the row.
        let isDisplay = accept(command: "\\displaystyle")
        if !isDisplay { _ = accept(command: "\\textstyle") }
        let rest = FormulaAtom.row(
          try self.atoms(endingAtBracket: endingAtBracket), isScript: scripts > 0)
        atoms.append(
          FormulaAtom(
            element: MathElement("mstyle", rest, ["displaystyle": isDisplay ? "true" : "false"]),
            kind: .ordinary))
      default: atoms.append(try scripted(try atom()))
      }
    }
  }

  /// A row as one element.
  mutating func row(endingAtBracket: Bool = false) throws(Formula.Trouble) -> MathElement {
    .row(FormulaAtom.row(try atoms(endingAtBracket: endingAtBracket), isScript: scripts > 0))
  }

  /// `{…}`, behind its `{`.
  mutating func group() throws(Formula.Trouble) -> MathElement {
    let start = index - 1
    let row = try row()
    guard current == "}" else {
      throw current == nil ? trouble("'{' is never closed", at: start) : unexpected()
    }
    index += 1
    return row
  }

  /// What a command or a script takes: a group or one character or command.
  mutating func argument(of owner: String) throws(Formula.Trouble) -> MathElement {
    skipBlanks()
    guard let scalar = current, scalar != "}", scalar != "&", command != "\\\\",
      command != "\\end", command != "\\right"
    else { throw trouble("'\(owner)' lacks what it is for") }
    if scalar == "_" || scalar == "^" { throw trouble("'\(owner)' lacks what it is for") }
    return FormulaAtom.row([try atom(isOneDigit: true)], isScript: scripts > 0)[0]
  }

  /// The text of `{…}`, as a name is given.
  mutating func name(of owner: String) throws(Formula.Trouble) -> String {
    guard accept("{") else { throw trouble("'\(owner)' wants a name in braces") }
    var name = ""
    while let scalar = current, scalar != "}" {
      name.unicodeScalars.append(scalar)
      index += 1
    }
    guard current == "}" else { throw trouble("'{' is never closed") }
    index += 1
    return name
  }

  // MARK: Scripts

  /// An atom with the scripts that follow it.
  mutating func scripted(_ base: FormulaAtom) throws(Formula.Trouble) -> FormulaAtom {
    var result = base
    var lower: MathElement?
    var upper: MathElement?
    while true {
      skipBlanks()
      if accept(command: "\\limits") {
        result.takesLimits = true
        result.element.setOperator("movablelimits", "false")
      } else if accept(command: "\\nolimits") {
        result.takesLimits = false
      } else if current == "_" {
        if lower != nil { throw trouble("a second index", help: "{a_b}_c says which is meant") }
        lower = try script("_")
      } else if current == "^" {
        if upper != nil { throw trouble("a second exponent", help: "{a^b}^c says which is meant") }
        upper = try script("^")
      } else if current == "'" || current == "’" {
        if upper != nil { throw trouble("a second exponent", help: "{a^b}' says what is meant") }
        upper = try primes()
      } else {
        break
      }
    }
    result.element = Self.element(result, lower, upper)
    return result
  }

  private static func element(
    _ base: FormulaAtom, _ lower: MathElement?, _ upper: MathElement?
  ) -> MathElement {
    let limits = base.takesLimits
    return switch (lower, upper) {
    case (let lower?, let upper?):
      MathElement(limits ? "munderover" : "msubsup", [base.element, lower, upper])
    case (let lower?, nil): MathElement(limits ? "munder" : "msub", [base.element, lower])
    case (nil, let upper?): MathElement(limits ? "mover" : "msup", [base.element, upper])
    case (nil, nil): base.element
    }
  }

  private mutating func script(_ sign: String) throws(Formula.Trouble) -> MathElement {
    index += 1
    scripts += 1
    defer { scripts -= 1 }
    return try argument(of: sign)
  }

  /// `''`, and an exponent after them.
  private mutating func primes() throws(Formula.Trouble) -> MathElement {
    var count = 0
    while accept("'") || accept("’") { count += 1 }
    let signs = ["′", "″", "‴"]
    let sign = count <= 3 ? signs[count - 1] : String(repeating: "′", count: count)
    let prime = MathElement("mo", sign)
    skipBlanks()
    return current == "^" ? MathElement("mrow", [prime, try script("^")]) : prime
  }
}
