import Interpreter
import Text

/// The pages of the verbs, made of their declarations.
enum VerbPages {
  /// Their part of the book.
  static func part(_ workshop: Workshop) -> BookPart {
    let groups = CommandGroup.allCases.map { group in
      let verbs = workshop.catalog.signatures.filter { $0.group == group }
      let forms = SpecialFormHelp.all.filter { $0.group == group }
      return (group.rawValue, verbs.map { page($0, workshop) } + forms.map { page($0, workshop) })
    }
    let overview = overview(groups, workshop)
    return BookPart("Verbs", groups: [("", [overview])] + groups)
  }

  private static func overview(
    _ groups: [(name: String, pages: [BookPage])], _ workshop: Workshop
  ) -> BookPage {
    var page = PageWriter(workshop, at: BookPaths.verbs, title: "Verbs")
    page.add(
      prose: "A statement that begins with a verb is a command: `help commands` says how one is "
        + "written. Each page lists operands, options and examples, with what they show.")
    for group in groups {
      page.add(heading: Escaping.markup(group.name), level: 2)
      page.add(list: group.pages)
    }
    return page.page(title: "All verbs", summary: "Every verb in one line.")
  }

  private static func page(_ signature: Signature, _ workshop: Workshop) -> BookPage {
    let terms = { (cards: [ParameterCard]) in
      cards.map { card in
        let isOption = card.role == .option
        return PageWriter.Term(
          word: isOption ? card.keyText : card.name.uppercased(), anchor: card.name,
          note: card.typeName, sentence: sentence(card))
      }
    }
    return page(
      signature.name, signature.usage, signature.summary, operands: terms(signature.operands),
      options: terms(signature.options), signature.discussion, signature.examples, workshop)
  }

  /// The card's sentence, with its choices as code, so that those that are explained are links.
  private static func sentence(_ card: ParameterCard) -> String {
    guard !card.choices.isEmpty else { return card.sentence }
    let plain = "One of: " + card.choices.joined(separator: " ")
    let coded = "One of: " + card.choices.map { "`\($0)`" }.joined(separator: " ")
    return card.sentence.replacing(plain, with: coded)
  }

  private static func page(_ form: SpecialFormHelp, _ workshop: Workshop) -> BookPage {
    let options = form.options.map { name, help in
      PageWriter.Term(
        word: name, anchor: String(name.prefix { $0 != "=" }), note: "", sentence: help)
    }
    return page(
      form.name, form.usage, form.summary, operands: [], options: options, form.discussion,
      form.examples, workshop)
  }

  private static func page(
    _ name: String, _ usage: String, _ summary: String, operands: [PageWriter.Term],
    options: [PageWriter.Term], _ discussion: String, _ examples: [Example], _ workshop: Workshop
  ) -> BookPage {
    var page = PageWriter(workshop, at: BookPaths.verb(name), title: Escaping.markup(name))
    page.add(sentence: summary)
    page.add(usage: usage)
    page.add(terms: operands)
    page.add(sentence: discussion)
    page.add(examples: examples, of: name)
    if !options.isEmpty {
      page.add(heading: "Options", level: 2)
      page.add(terms: options)
    }
    return page.page(summary: summary)
  }
}

extension PageWriter {
  /// Adds how something is written.
  mutating func add(usage: String) {
    add("<p class=\"usage\"><code>\(Escaping.markup(usage))</code></p>\n")
  }

  /// Adds examples with what they show, each from an empty session.
  mutating func add(examples: [Example], of name: String) {
    for example in examples {
      add("<div class=\"example\">\n")
      add(script: example.code, name: name)
      add("</div>\n")
    }
  }

  /// Adds a list of pages, each with its summary.
  mutating func add(list pages: [BookPage]) {
    add("<dl class=\"pages\">\n")
    for page in pages {
      let address = BookAddress.from(path, to: page.path)
      add("<dt><a href=\"\(address)\">\(Escaping.markup(page.title))</a></dt>\n<dd>")
      add(sentence: page.summary)
      add("</dd>\n")
    }
    add("</dl>\n")
  }
}
