import Interpreter
import Text

/// The page of the functions, made of their declarations.
enum FunctionPages {
  /// The page.
  static func page(_ workshop: Workshop) -> BookPage {
    var page = PageWriter(workshop, at: BookPaths.functions, title: "Functions")
    let summary =
      "They are called as in numpy, where it has the same; what numpy has as a method also works "
      + "after a dot."
    page.add(sentence: summary)
    for function in workshop.catalog.functions.sorted(by: { $0.name < $1.name }) {
      page.add(heading: Escaping.markup(function.name), level: 2)
      page.add(usage: function.usage)
      page.add(sentence: function.summary)
      page.add(examples: function.examples.map(Example.init(_:)), of: function.name)
    }
    return page.page(summary: "Every function, with examples.")
  }
}
