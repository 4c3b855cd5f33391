import Interpreter
import Language
import Notebook
import Text

/// The pages of the topics of `help`, one for each group: losses, solvers, the language.
enum TopicPages {
  /// The page of a group, with the title and the sentence that it begins with.
  static func page(
    of group: String, title: String, summary: String, _ workshop: Workshop
  ) -> BookPage {
    var page = PageWriter(workshop, at: BookPaths.topics(group), title: Escaping.markup(title))
    page.add(sentence: summary)
    for topic in workshop.catalog.topics where topic.group == group { page.add(topic) }
    return page.page(summary: summary)
  }
}

extension PageWriter {
  /// Adds the section of a topic.
  fileprivate mutating func add(_ topic: HelpTopic) {
    add(heading: Escaping.markup(topic.name), level: 2)
    add(sentence: topic.summary)
    add(formulas: topic.formula)
    addText(of: topic)
    add(
      terms: topic.options.map { option in
        let name = String(option.key.prefix { $0 != "=" })
        return Term(
          word: option.key, anchor: "\(topic.name)-\(name)", note: "", sentence: option.sentence)
      })
    if let drawing = topic.drawing {
      let figure = PagePart.figure(drawing.svg(), named: drawing.caption)
      add("<figure>\n\(figure)<figcaption>\(Escaping.markup(drawing.caption))</figcaption>\n")
      add("</figure>\n")
    }
    if !topic.reference.isEmpty {
      add("<p class=\"source\">\(Escaping.markup(topic.reference))</p>\n")
    }
    let others = topic.aliases.filter { $0.contains { $0.isLetter } }
    if !others.isEmpty {
      let words = others.map { "<code>\(Escaping.markup($0))</code>" }.joined(separator: ", ")
      add("<p class=\"source\">Also found as \(words).</p>\n")
    }
  }

  /// Adds the text of a topic. Its indented lines are code; where they are statements of the
  /// language, they run one after the other and show what they give.
  private mutating func addText(of topic: HelpTopic) {
    let blocks = topic.text.split(separator: "\n\n").map(String.init)
    let isCode = { (block: String) in
      block.split(separator: "\n").allSatisfy { $0.hasPrefix("    ") }
    }
    guard topic.group == "language", let code = blocks.first(where: isCode),
      blocks.filter(isCode).count == 1
    else { return add(sentence: topic.text) }
    let script = code.split(separator: "\n").map { $0.dropFirst(4) }.joined(separator: "\n")
    let parsed = Parser.parse(Source(script, name: topic.name), verbs: workshop.catalog.verbs)
    guard parsed.diagnostics.isEmpty else { return add(sentence: topic.text) }
    for block in blocks {
      if isCode(block) { add(script: script, name: topic.name) } else { add(sentence: block) }
    }
  }
}
