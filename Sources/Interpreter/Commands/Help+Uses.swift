import Text

/// What a word of the declarations means: an option, an operand, a choice, or a parameter of a
/// function.
extension Help {
  /// Where the word is used, and as what; nil where no declaration has it.
  static func uses(of word: String, in catalog: Vocabulary, width: Int) -> StyledText? {
    var rows: [(head: String, sentence: String, places: [String])] = []
    func add(_ head: String, _ sentence: String, _ place: String) {
      if let i = rows.firstIndex(where: { $0.head == head && $0.sentence == sentence }) {
        if !rows[i].places.contains(place) { rows[i].places.append(place) }
      } else {
        rows.append((head, sentence, [place]))
      }
    }
    for signature in catalog.signatures {
      for var card in signature.options where card.name == word {
        let place = signature.name + (card.isListed ? " (a list tries each)" : "")
        card.isListed = false
        add(card.keyText, card.sentence, place)
      }
      for card in signature.operands where card.name == word || card.name.uppercased() == word {
        add(card.name.uppercased(), card.sentence, signature.name)
      }
      for card in signature.operands + signature.options where card.choices.contains(word) {
        let isOption = card.role == .option
        add(
          isOption ? "\(card.name)=\(word)" : "\(signature.name) \(word)", card.help,
          signature.name)
      }
    }
    for form in SpecialFormHelp.all {
      for option in form.options where option.name.split(separator: "=").first ?? "" == word {
        add(option.name, option.help, form.name)
      }
    }
    for topic in catalog.topics {
      for option in topic.options where option.key.split(separator: "=").first ?? "" == word {
        add(option.key, option.sentence, topic.name)
      }
    }
    var text = StyledText()
    for (i, row) in rows.enumerated() {
      if i > 0 { text.append("\n\n") }
      text.append(row.head, .heading)
      text.appendLine(TextLayout.wrapped(row.sentence, indent: 0, width: width))
      text.appendLine(
        TextLayout.wrapped("of: " + row.places.joined(separator: ", "), indent: 2, width: width))
    }
    let calls = catalog.functions.filter { $0.parameterNames.contains(word) }
    if !calls.isEmpty {
      if !rows.isEmpty { text.append("\n\n") }
      text.append("parameter \(word)", .heading)
      for call in calls {
        text.appendLine(TextLayout.wrapped("of: " + call.usage, indent: 2, width: width))
      }
    }
    return text.isEmpty ? nil : text
  }
}
