/// The page that lists all verbs, functions and topics, made from their declarations.
public enum ReferencePage {
  /// The page as Markdown. A test compares it with the committed one.
  public static func markdown(_ catalog: Vocabulary) -> String {
    var lines = [
      "# Reference", "",
      "Every verb and function, generated from their declarations: a change belongs there, and "
        + "`scripts/test` says how to write this page anew.", "",
    ]
    for group in CommandGroup.allCases {
      let signatures = catalog.signatures.filter { $0.group == group }
      let forms = SpecialFormHelp.all.filter { $0.group == group }
      guard !signatures.isEmpty || !forms.isEmpty else { continue }
      lines += ["## \(group.rawValue)", ""]
      for signature in signatures { lines += section(signature) }
      for form in forms { lines += section(form) }
    }
    if !catalog.functions.isEmpty {
      lines += ["## Functions", "", "| call | gives |", "|---|---|"]
      for function in catalog.functions {
        lines.append("| `\(escaped(function.usage))` | \(escaped(function.summary)) |")
      }
      lines.append("")
    }
    if !catalog.topics.isEmpty {
      var groups: [String] = []
      for topic in catalog.topics where !groups.contains(topic.group) {
        groups.append(topic.group)
      }
      for group in groups {
        lines += ["## " + group.prefix(1).uppercased() + group.dropFirst(), ""]
        for topic in catalog.topics where topic.group == group {
          lines.append("- **\(topic.name)**: \(topic.summary)")
        }
        lines.append("")
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func section(_ signature: Signature) -> [String] {
    var lines = ["### `\(signature.usage)`", "", signature.summary, ""]
    let rows =
      signature.operands.map { ($0.name.uppercased(), $0) }
      + signature.options.map { ($0.keyText, $0) }
    if !rows.isEmpty {
      lines += ["| | type | |", "|---|---|---|"]
      for (word, card) in rows {
        lines.append(
          "| `\(escaped(word))` | \(escaped(card.typeName)) | \(escaped(card.sentence)) |")
      }
      lines.append("")
    }
    if !signature.discussion.isEmpty { lines += [signature.discussion, ""] }
    return lines + examples(signature.examples)
  }

  private static func section(_ form: SpecialFormHelp) -> [String] {
    var lines = ["### `\(form.usage)`", "", form.summary, ""]
    if !form.options.isEmpty {
      lines += ["| | |", "|---|---|"]
      for option in form.options {
        lines.append("| `\(escaped(option.name))` | \(escaped(option.help)) |")
      }
      lines.append("")
    }
    if !form.discussion.isEmpty { lines += [form.discussion, ""] }
    return lines + examples(form.examples)
  }

  private static func examples(_ examples: [Example]) -> [String] {
    guard !examples.isEmpty else { return [] }
    var lines = ["```"]
    for example in examples {
      lines.append(example.code)
      if let shows = example.shows {
        lines += shows.split(separator: "\n", omittingEmptySubsequences: false).map { "#> \($0)" }
      }
    }
    return lines + ["```", ""]
  }

  /// Escapes bars, which would end a table's cell.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
