import Language
import Text

/// The texts of `help`.
public enum Help {
  /// The text about a verb, function, topic or variable; the list of them all where `topic` is nil.
  ///
  /// - Throws: A `Failure` where nothing has that name.
  public static func text(about topic: String?, in session: Session) throws -> StyledText {
    let width = max(40, min(session.display.width, 100))
    let catalog = session.catalog
    guard let topic else { return overview(catalog, width: width) }
    let sections = [
      page(of: topic, in: session, width: width), list(under: topic, catalog, width: width),
      uses(of: topic, in: catalog, width: width),
    ].compactMap { $0 }
    if !sections.isEmpty { return joined(sections) }
    if let value = session.value(of: topic) {
      return text(of: value, named: topic, session.display)
    }
    // A word of another tool: what it is here.
    let word = String(topic.drop { $0 == "%" })
    if word != topic, let text = try? text(about: word, in: session) { return text }
    if let ours = ForeignWords.help(word) {
      return StyledText("'\(word)' is no word of this language: \(ours)")
    }
    throw Failure(
      "there is no help about '\(topic)'",
      help: Spelling.hint(topic, in: topics(catalog)) ?? "`help` lists what there is")
  }

  /// The page of a verb, special form, function or topic; nil where nothing has that name.
  private static func page(of topic: String, in session: Session, width: Int) -> StyledText? {
    let catalog = session.catalog
    if let signature = catalog.signature(named: topic) {
      return text(of: signature, width: width)
    }
    if let form = SpecialFormHelp.named(topic) { return text(of: form, width: width) }
    if case .function(let function)? = session.value(of: topic), !(function is BuiltinFunction) {
      return text(of: function, width: width)
    }
    // A schedule may have the name of a solver, and a loss that of a function: all are explained.
    let named = catalog.topics.filter { $0.name == topic || $0.aliases.contains(topic) }
    let pages =
      named.map { text(of: $0, session.display, width: width) }
      + (catalog.function(named: topic).map { [text(of: $0, width: width)] } ?? [])
    return pages.isEmpty ? nil : joined(pages)
  }

  /// Whether the name is explained as a word of the language, a function or a topic, and not as a
  /// variable.
  public static func isExplained(_ name: String, in session: Session) -> Bool {
    page(of: name, in: session, width: 80) != nil
  }

  private static func joined(_ sections: [StyledText]) -> StyledText {
    sections.dropFirst().reduce(into: sections[0]) {
      $0.append("\n\n")
      $0.append($1)
    }
  }

  /// A function of the session: how it is called, and the comment above it.
  private static func text(of function: FunctionValue, width: Int) -> StyledText {
    var text = StyledText(function.callText, .heading)
    if let prose = function.prose {
      for paragraph in prose.split(separator: "\n\n") {
        text.appendLine("\n" + TextLayout.wrapped(String(paragraph), indent: 0, width: width))
      }
    } else {
      text.appendLine(
        "a function of this session; lines that begin with `##` above its 'fn' would stand here")
    }
    return text
  }

  /// A variable: its type and fields.
  private static func text(
    of value: Value, named name: String, _ display: Display
  ) -> StyledText {
    var text = StyledText(name, .heading)
    text.appendLine(value.typeAndShape(on: display))
    let fields = value.fieldNames
    if !fields.isEmpty {
      text.appendLine("fields: " + fields.map { "." + $0 }.joined(separator: " "))
    }
    return text
  }

  /// Every word that `help` takes.
  public static func topics(_ catalog: Vocabulary) -> [String] {
    catalog.commands.map { $0.name } + SpecialFormHelp.all.map(\.name)
      + catalog.functions.map(\.name)
      + catalog.topics.map(\.name)
  }

  // MARK: Everything

  private static func overview(_ catalog: Vocabulary, width: Int) -> StyledText {
    var text = StyledText("Verbs", .heading)
    for group in CommandGroup.allCases {
      let rows = catalog.verbs(in: group)
      guard !rows.isEmpty else { continue }
      text.appendLine("\n\(group.rawValue)", .heading)
      text.appendLine(table(rows, width: width))
    }
    let names =
      [("functions", catalog.functions.map(\.name))]
      + topicGroups(catalog).map { group in
        (group, catalog.topics.filter { $0.group == group }.map(\.name))
      }
    for (heading, names) in names where !names.isEmpty {
      text.appendLine("\n" + heading.prefix(1).uppercased() + heading.dropFirst(), .heading)
      text.appendLine(TextLayout.wrapped(names.joined(separator: " "), indent: 2, width: width))
    }
    text.appendLine("\n`help NAME` says more about any of them, and about every option.")
    return text
  }

  private static func topicGroups(_ catalog: Vocabulary) -> [String] {
    catalog.topics.reduce(into: []) { if !$0.contains($1.group) { $0.append($1.group) } }
  }

  /// What stands under a heading of the overview, with a line for each; nil where it has no such
  /// heading.
  private static func list(
    under heading: String, _ catalog: Vocabulary, width: Int
  ) -> StyledText? {
    let heading = heading.lowercased()
    let rows: [(String, String)]
    if heading == "functions" {
      rows = catalog.functions.map { ($0.name, $0.summary) }
    } else if heading == "verbs" {
      rows = CommandGroup.allCases.flatMap { catalog.verbs(in: $0) }
    } else if let group = CommandGroup.allCases.first(where: {
      $0.rawValue.lowercased() == heading
    }) {
      rows = catalog.verbs(in: group)
    } else {
      rows = catalog.topics.filter { $0.group == heading }.map { ($0.name, $0.summary) }
    }
    guard !rows.isEmpty else { return nil }
    var text = StyledText(heading.prefix(1).uppercased() + heading.dropFirst(), .heading)
    text.appendLine(table(rows, width: width))
    return text
  }

  // MARK: One thing

  private static func text(of signature: Signature, width: Int) -> StyledText {
    page(
      signature.usage, signature.summary,
      operands: signature.operands.map { ($0.name.uppercased(), $0.sentence) },
      options: signature.options.map { ($0.keyText, $0.sentence) }, signature.discussion,
      signature.examples, width: width)
  }

  private static func text(of form: SpecialFormHelp, width: Int) -> StyledText {
    page(
      form.usage, form.summary, operands: [], options: form.options.map { ($0.name, $0.help) },
      form.discussion, form.examples, width: width)
  }

  /// The page of a verb or special form.
  private static func page(
    _ usage: String, _ summary: String, operands: [(String, String)], options: [(String, String)],
    _ discussion: String, _ examples: [Example], width: Int
  ) -> StyledText {
    var text = StyledText(usage, .heading)
    text.appendLine(TextLayout.wrapped(summary, indent: 0, width: width))
    if !operands.isEmpty {
      text.append("\n")
      text.appendLine(table(operands, width: width))
    }
    if !options.isEmpty {
      text.appendLine("\nOptions", .heading)
      text.appendLine(table(options, width: width))
    }
    appendDiscussion(discussion, to: &text, width: width)
    appendExamples(examples, to: &text)
    return text
  }

  private static func text(of function: BuiltinFunction, width: Int) -> StyledText {
    var text = StyledText(function.usage, .heading)
    text.appendLine(TextLayout.wrapped(function.summary, indent: 0, width: width))
    appendExamples(function.examples.map(Example.init(_:)), to: &text)
    return text
  }

  private static func text(of topic: HelpTopic, _ display: Display, width: Int) -> StyledText {
    var text = StyledText(topic.name, .heading)
    text.appendLine(TextLayout.wrapped(topic.summary, indent: 0, width: width))
    if !topic.formula.isEmpty {
      text.appendLine("\n" + formulas(topic.formula, indent: 4, width: width))
    }
    appendDiscussion(topic.text, to: &text, width: width)
    if !topic.options.isEmpty {
      text.appendLine("\nOptions", .heading)
      text.appendLine(table(topic.options.map { ($0.key, $0.sentence) }, width: width))
    }
    if let drawing = topic.drawing {
      text.appendLine("\n" + TextLayout.wrapped(drawing.caption, indent: 0, width: width))
      text.append("\n")
      text.appendLine(drawing.shown(display))
    }
    if !topic.reference.isEmpty {
      text.appendLine(
        "\n" + TextLayout.wrapped("Reference: " + topic.reference, indent: 0, width: width))
    }
    return text
  }

  private static func appendDiscussion(
    _ discussion: String, to text: inout StyledText, width: Int
  ) {
    guard !discussion.isEmpty else { return }
    for paragraph in discussion.split(separator: "\n\n") {
      text.appendLine("\n" + TextLayout.wrapped(String(paragraph), indent: 0, width: width))
    }
  }

  private static func appendExamples(_ examples: [Example], to text: inout StyledText) {
    guard !examples.isEmpty else { return }
    text.appendLine("\nExamples", .heading)
    for example in examples {
      for line in example.code.split(separator: "\n", omittingEmptySubsequences: false) {
        text.appendLine("  " + line)
      }
      if let shows = example.shows {
        for line in shows.split(separator: "\n", omittingEmptySubsequences: false) {
          text.appendLine("  #> " + line)
        }
      }
    }
  }

  // MARK: Layout

  /// Two columns; a long first cell gets a line of its own.
  static func table(_ rows: [(String, String)], width: Int) -> String {
    let longest = rows.map { DisplayWidth.of($0.0) }.max() ?? 0
    let column = min(longest, 22) + 4
    return rows.map { word, sentence in
      let body = TextLayout.wrapped(sentence, indent: column, width: width)
      let head = "  " + word
      let used = DisplayWidth.of(head)
      if used + 1 < column || body.isEmpty {
        return head + TextLayout.blanks(column - used) + body.dropFirst(column)
      }
      return head + "\n" + body
    }.joined(separator: "\n")
  }

  /// Formulas in lines of at most `width` columns. The formulas of a line stay together where they
  /// fit; else each gets its own line, and a long one is wrapped with a deeper indent.
  static func formulas(_ text: String, indent: Int, width: Int) -> String {
    let margin = TextLayout.blanks(indent)
    return text.split(separator: "\n").flatMap { line -> [String] in
      if indent + DisplayWidth.of(line) <= width { return [margin + line] }
      return line.split(separator: "    ").map { formula in
        let folded = TextLayout.wrapped(
          formula.trimmingPrefix { $0 == " " }.description, indent: indent + 2, width: width)
        return String(folded.dropFirst(2))
      }
    }.joined(separator: "\n")
  }
}

extension ParameterCard {
  /// `lr=0.001`, or `val=` where there is no default.
  public var keyText: String { "\(name)=\(defaultText ?? "")" }

  /// The help, followed by the choices or the range and unit, and by whether the option is required
  /// or may be a list.
  public var sentence: String {
    var facts: [String] = []
    if !choices.isEmpty {
      facts.append("One of: " + choices.joined(separator: " ") + ".")
    } else if let text = range.text {
      facts.append(
        text.prefix(1).uppercased() + text.dropFirst() + (unit.map { " " + $0 } ?? "") + ".")
    } else if let unit {
      facts.append("In \(unit).")
    }
    if isRequired && role == .option { facts.append("Must be given.") }
    if isListed { facts.append("A list tries each.") }
    return ([help] + facts).joined(separator: " ")
  }
}
