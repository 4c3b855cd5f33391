extension FormulaParser {
  /// `\mathrm{…}` and `\mathit{…}`: the letters of a group as one word.
  mutating func named(_ command: String) throws(Formula.Trouble) -> FormulaAtom {
    let start = index
    if accept("{") {
      var word = String.UnicodeScalarView()
      while let scalar = current, Self.isLetter(scalar) || Self.isDigit(scalar) {
        word.append(scalar)
        index += 1
      }
      if current == "}", !word.isEmpty {
        index += 1
        let text = String(word)
        if command == "\\mathrm" { return Self.upright(text) }
        return FormulaAtom(
          element: text.count == 1
            ? MathElement("mi", text) : MathElement("mi", text, ["style": "font-style: italic"]),
          kind: .ordinary)
      }
      index = start
    }
    var element = try argument(of: command)
    if command == "\\mathrm" { element.standUpright() }
    return FormulaAtom(element: element, kind: .ordinary)
  }

  /// `\operatorname{softmax}`, and `\operatorname*{argmax}` with what stands below it.
  mutating func operatorName() throws(Formula.Trouble) -> FormulaAtom {
    let takesLimits = accept("*")
    let name = try name(of: "\\operatorname")
    // A gap between words may be written as `\,`.
    let word = name.replacing("\\,", with: "\u{2009}").replacing("~", with: "\u{A0}")
    guard !word.contains("\\"), !word.isEmpty else {
      throw trouble("'\\operatorname' takes letters", help: "as in \\operatorname{softmax}")
    }
    return Self.function(word, takesLimits: takesLimits)
  }

  /// `\text{…}`: words as they are.
  mutating func text(_ command: String) throws(Formula.Trouble) -> MathElement {
    guard accept("{") else { throw trouble("'\(command)' wants words in braces") }
    let start = index - 1
    var text = ""
    var open = 1
    while let scalar = current {
      switch scalar {
      case "{": open += 1
      case "}": open -= 1
      case "$":
        throw trouble(
          "a formula inside of '\(command)'", help: "end the text before it: \\text{if } x")
      case "\\":
        // `\ `, `\{`, `\%`: the character itself.
        let next = index + 1 < scalars.count ? scalars[index + 1] : " "
        guard !Self.isLetter(next) else {
          throw trouble("a command inside of '\(command)'", help: "end the text before it")
        }
        text.unicodeScalars.append(next)
        index += 2
        continue
      default: break
      }
      index += 1
      if open == 0 { return MathElement("mtext", Self.kept(text), Self.textStyle(command)) }
      if scalar == "~" || Self.isLineEnd(scalar) {
        text += scalar == "~" ? "\u{A0}" : " "
      } else if scalar != "{", scalar != "}" {
        text.unicodeScalars.append(scalar)
      }
    }
    throw trouble("'{' is never closed", at: start)
  }

  private static func textStyle(_ command: String) -> KeyValuePairs<String, String> {
    switch command {
    case "\\textbf": ["style": "font-weight: bold"]
    case "\\textit": ["style": "font-style: italic"]
    case "\\texttt": ["style": "font-family: monospace"]
    default: [:]
    }
  }

  /// Blanks at the ends, which MathML would take away, as others that stay.
  private static func kept(_ text: String) -> String {
    guard !text.allSatisfy({ $0 == " " }) else { return text.isEmpty ? "" : "\u{A0}" }
    return (text.first == " " ? "\u{A0}" : "")
      + text.drop { $0 == " " }.reversed()
      .drop { $0 == " " }.reversed().map(String.init).joined() + (text.last == " " ? "\u{A0}" : "")
  }
}

extension MathElement {
  /// The element with its letters and digits in another alphabet.
  func styled(_ alphabet: MathAlphabet) -> MathElement {
    var element = self
    switch content {
    case .text(let text) where name == "mi" || name == "mn":
      element.content = .text(String(text.map(alphabet.letter)))
      // A letter of these alphabets has its own slant.
      if name == "mn" { element.name = "mi" }
      element.attributes = [("mathvariant", "normal")]
    case .text: break
    case .children(let children): element.content = .children(children.map { $0.styled(alphabet) })
    }
    return element
  }

  /// Lets the letters stand upright.
  mutating func standUpright() {
    switch content {
    case .text: if name == "mi" { attributes = [("mathvariant", "normal")] }
    case .children(var children):
      for i in children.indices { children[i].standUpright() }
      content = .children(children)
    }
  }
}
