import Interpreter
import Language
import Text

/// A part of a page that has a frame of its own, such as a book's.
package struct PagePart {
  /// The HTML, without the title.
  package private(set) var html = ""
  /// What is between the tags of a heading of the first level at its start; nil where there is
  /// none.
  package private(set) var title: String?
  /// The headings of the HTML.
  package private(set) var headings: [PageHeading] = []
  /// What can't be shown as meant, and the errors of a script.
  package private(set) var problems: [Diagnostic] = []

  /// Prose in Markdown.
  ///
  /// - Parameters:
  ///   - anchors: The names of the page so far; those of this prose are added.
  ///   - picture: The address of a picture by what the prose calls it; nil where there is none.
  package init(
    prose: String, catalog: Vocabulary, anchors: inout PageAnchors,
    picture: @escaping (String) -> String?
  ) {
    let made = ProseHTML(
      prose, &anchors,
      ProseHTML.Surroundings(
        code: { HTMLCode.highlighted($0, verbs: catalog.verbs) }, picture: picture))
    take(made.html, made.headings)
    problems += made.troubles.map { formula, trouble in
      Diagnostic("the formula \(formula): \(trouble.message)", category: .usage)
    }
    problems += made.lacking.map { Diagnostic("there is no picture '\($0)'", category: .data) }
  }

  /// A script with what it shows, the same in every run. Without a title of its own, it has its
  /// name.
  package init(script: String, name: String, catalog: Vocabulary) {
    let options = ScriptRun.Options(
      types: NotebookExport.types(.html), omitsVolatileParts: true, limit: CellOutput.lineLimit)
    let notebook = ScriptNotebook(
      Source(script, name: name), catalog: catalog, running: options)
    let page = HTMLPage(notebook, footer: [])
    take(page.body, page.headings)
    problems = notebook.errors + page.remarks
  }

  private mutating func take(_ html: String, _ headings: [PageHeading]) {
    self.html = html
    self.headings = headings
    guard let first = headings.first, first.level == 1, html.hasPrefix(first.markup) else { return }
    title = first.content
    self.html.removeFirst(first.markup.count)
    self.headings.removeFirst()
  }

  /// A drawing in SVG, which is named for readers who can't see it.
  package static func figure(_ drawing: String, named name: String) -> String {
    "<div class=\"figure\" tabindex=\"0\">"
      + HTMLPage.named(drawing, Escaping.markup(name)) + "</div>\n"
  }

  /// The style sheet of pages.
  package static var stylesheet: String { Stylesheet.text }
}
