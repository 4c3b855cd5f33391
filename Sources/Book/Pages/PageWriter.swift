import Interpreter
import Notebook
import Text

/// Writes the body of a page, part after part.
struct PageWriter {
  /// What all pages share.
  let workshop: Workshop
  /// The page's file, counted from the book's folder.
  let path: String
  /// What has been written.
  private(set) var body = ""
  /// The headings in it.
  private(set) var headings: [PageHeading] = []
  private var anchors = PageAnchors()
  private var heading = ""

  /// A page at `path`, whose heading of the first level is `title`, in HTML; nil where the prose
  /// that comes first has it.
  init(_ workshop: Workshop, at path: String, title: String? = nil) {
    self.workshop = workshop
    self.path = path
    if let title { heading = anchors.heading(title, level: 1).content }
  }

  /// The page. Its title is that of its heading unless another is given.
  func page(title: String? = nil, summary: String = "", isListed: Bool = true) -> BookPage {
    BookPage(
      path: path, title: title ?? PageAnchors.words(of: heading), summary: summary,
      heading: heading, body: body, headings: headings, isListed: isListed)
  }

  /// Adds HTML.
  mutating func add(_ html: String) { body += html }

  /// Adds a heading, whose content is HTML; it is named after `name` where that is given.
  mutating func add(heading content: String, level: Int, name: String? = nil) {
    let heading = anchors.heading(content, level: level, name: name)
    headings.append(heading)
    body += heading.markup
  }

  /// Adds prose in Markdown that is one of the repository's files, or stands in one: its links are
  /// counted from there.
  mutating func add(prose: String, of file: String = "") {
    let part = PagePart(
      prose: prose, catalog: workshop.catalog, anchors: &anchors,
      picture: { [links = workshop.links, path] in links.picture($0, in: file, for: path) })
    add(part, of: file.isEmpty ? path : file)
  }

  /// Adds a script with what it shows.
  mutating func add(script: String, name: String) {
    add(workshop.run(script, name: name), of: name)
  }

  /// Adds the page of a script of the repository.
  mutating func add(exported script: String) {
    guard let part = workshop.exported(script) else { return }
    if heading.isEmpty { heading = part.title }
    add(part.body, headings: part.headings, of: script)
  }

  private mutating func add(_ part: PagePart, of file: String) {
    for remark in part.problems { workshop.note("\(file): \(remark.message)") }
    if let title = part.title, heading.isEmpty { heading = title }
    add(part.html, headings: part.headings, of: file)
  }

  private mutating func add(_ html: String, headings: [PageHeading], of file: String) {
    let pointed = workshop.links.pointed(html, in: file, for: path)
    body += workshop.words.linked(pointed, for: path)
    self.headings += headings
  }

  /// Adds a paragraph of one sentence or more, in Markdown.
  mutating func add(sentence: String) {
    if !sentence.isEmpty { add(prose: sentence) }
  }

  /// Adds formulas, which are separated by line ends or by four spaces.
  mutating func add(formulas: String) {
    let lines = formulas.split(separator: "\n").flatMap { $0.split(separator: "    ") }
    let items = lines.map { "<span>\(Escaping.markup($0.trimming(while: { $0 == " " })))</span>" }
    if !items.isEmpty { body += "<p class=\"formulas\">\(items.joined(separator: "\n"))</p>\n" }
  }

  /// Adds explanations of words, each with a note beside it.
  mutating func add(terms: [Term]) {
    guard !terms.isEmpty else { return }
    body += "<dl class=\"terms\">\n"
    for term in terms {
      let anchor = anchors.anchor(Escaping.markup(term.anchor))
      var note = ""
      if !term.note.isEmpty { note = " <span class=\"note\">\(Escaping.markup(term.note))</span>" }
      body += "<dt id=\"\(anchor)\"><code>\(Escaping.markup(term.word))</code>\(note)</dt>\n<dd>"
      add(prose: term.sentence)
      body += "</dd>\n"
    }
    body += "</dl>\n"
  }

  /// A word with its explanation.
  struct Term {
    /// The word as it is shown.
    let word: String
    /// The word by which it is found.
    let anchor: String
    /// Its type, if any.
    let note: String
    /// Its explanation, in Markdown.
    let sentence: String
  }
}

extension StringProtocol {
  /// The text without such characters at its ends.
  func trimming(while isDropped: (Character) -> Bool) -> String {
    String(String(drop(while: isDropped).reversed()).drop(while: isDropped).reversed())
  }
}
