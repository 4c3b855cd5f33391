import Interpreter
import Language
import Text

/// A notebook as one file of HTML, which needs no network and no script.
struct HTMLPage {
  /// The parts of a page, which a live one gets anew with each change.
  struct Parts {
    /// The title, for the head.
    var title = ""
    /// What stands before the table of contents: the first heading.
    var header = ""
    /// The table of contents; empty where the page has only a few headings.
    var contents = ""
    /// The cells.
    var main = ""
    /// What made the page.
    var footer = ""
  }

  /// What stands in the page.
  private(set) var parts = Parts()
  /// What can't be shown as meant, one warning each.
  private(set) var remarks: [Diagnostic] = []

  private let notebook: ScriptNotebook
  private let pictures: PagePictures
  private var anchors = PageAnchors()
  /// The headings of the body.
  private(set) var headings: [PageHeading] = []
  /// What stands in the page, its title first.
  private(set) var body = ""

  /// The page of a notebook.
  ///
  /// - Parameter footer: what is said at the end, one part each.
  init(_ notebook: ScriptNotebook, footer: [String]) {
    self.notebook = notebook
    pictures = PagePictures(besides: notebook.source.name)
    // A page begins with its one heading of the first level.
    if !Self.beginsWithTitle(notebook) {
      add(anchors.heading(Escaping.markup(notebook.title), level: 1))
    }
    for problem in notebook.problems { add(.diagnostic(problem), label: "") }
    for cell in notebook.cells { add(cell) }
    // The title stands before the table of contents.
    let top = body.firstRange(of: "</h1>\n")?.upperBound ?? body.startIndex
    parts = Parts(
      title: Escaping.markup(
        headings.first.map { PageAnchors.words(of: $0.content) } ?? notebook.title),
      header: String(body[..<top]), contents: contents, main: String(body[top...]),
      footer: "<p>\(footer.map { "<span>\($0)</span>" }.joined(separator: " · "))</p>\n")
  }

  /// The page.
  var text: String { Self.document(parts, head: "<style>\n\(Stylesheet.text)</style>") }

  /// A page of its parts.
  ///
  /// - Parameters:
  ///   - head: styles, and what else belongs into the head.
  ///   - end: what comes after the parts.
  static func document(_ parts: Parts, head: String, end: String = "") -> String {
    """
    \(HTMLHead.start(title: parts.title))
    \(head)
    </head>
    <body>
    <header>
    \(parts.header)</header>
    \(parts.contents)<main>
    \(parts.main)</main>
    <footer>
    \(parts.footer)</footer>
    \(end)</body>
    </html>

    """
  }

  /// Whether the first cell is prose that begins with a heading of the first level.
  private static func beginsWithTitle(_ notebook: ScriptNotebook) -> Bool {
    guard case .prose(let text, _)? = notebook.cells.first else { return false }
    return text.drop { $0 == "\n" }.hasPrefix("# ")
  }

  /// The table of contents; empty where the page has only a few headings.
  private var contents: String {
    let listed = headings.filter { $0.level == 2 || $0.level == 3 }
    guard listed.count > 2 else { return "" }
    let items = listed.map { heading in
      "<li class=\"level\(heading.level)\"><a href=\"\(heading.address)\">"
        + Self.withoutLinks(heading.content) + "</a></li>\n"
    }
    return """
      <nav aria-labelledby="contents">
      <p id="contents">Contents</p>
      <ol>
      \(items.joined())</ol>
      </nav>

      """
  }

  /// What is between the tags of a heading without links, since it becomes one.
  private static func withoutLinks(_ content: String) -> String {
    content.replacing("</a>", with: "").split(separator: "<a ", omittingEmptySubsequences: false)
      .enumerated().map { i, part in
        i == 0 ? String(part) : String(part.drop { $0 != ">" }.dropFirst())
      }.joined()
  }

  private mutating func add(_ heading: PageHeading) {
    headings.append(heading)
    body += heading.markup
  }

  private mutating func add(_ cell: NotebookCell) {
    switch cell {
    case .prose(let text, let line): prose(text, line: line)
    case .title(let title):
      if !title.isEmpty { add(anchors.heading(Escaping.markup(title), level: 2)) }
    case .code(let cell): code(cell)
    }
  }

  // MARK: Prose

  private var surroundings: ProseHTML.Surroundings {
    ProseHTML.Surroundings(
      code: { [verbs = notebook.verbs] in HTMLCode.highlighted($0, verbs: verbs) },
      picture: pictures.address)
  }

  private mutating func prose(_ text: String, line: Int) {
    let prose = ProseHTML(text, &anchors, surroundings)
    body += prose.html
    headings += prose.headings
    var place = PlaceInProse(notebook, line: line)
    for (formula, trouble) in prose.troubles {
      remarks.append(place.warning(formula, trouble))
    }
    for address in prose.lacking {
      remarks.append(pictures.warning(address, at: place.place(of: address), notebook.source))
    }
  }

  // MARK: Code

  private mutating func code(_ cell: CodeCell) {
    let parts = notebook.parts(of: cell, withSettings: false)
    var label = ""
    if !parts.isEmpty {
      let markup = parts.map { span in
        HTMLCode.highlighted(notebook.source, span, highlights(in: span))
      }.joined(separator: "\n")
      let text = notebook.code(of: cell, withSettings: false)
      body += HTMLCode.block(markup, of: text)
      label = text.split(separator: "\n").last.map(String.init) ?? ""
    }
    for output in cell.outputs { add(output, label: label) }
  }

  private func highlights(in span: Span) -> ArraySlice<CodeHighlight> {
    let all = notebook.highlights
    // The first one that ends behind the start of the span.
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if all[middle].span.upper <= span.lower { low = middle + 1 } else { high = middle }
    }
    let end = all[low...].firstIndex { $0.span.lower >= span.upper } ?? all.count
    return all[low..<end]
  }

  // MARK: Output

  /// - Parameter label: the line of code that showed it.
  private mutating func add(_ output: CellOutput, label: String) {
    switch output {
    case .text(let text):
      body += HTMLCode.block(text.html, of: text.plain, kind: "output", tag: "samp")
    case .data(let forms, let text):
      // A page takes the best form only.
      if let best = forms.first { add(best.type, best.bytes, text, label) }
    case .diagnostic(let diagnostic):
      let text = notebook.shown(diagnostic)
      body += HTMLCode.block(
        Self.emphasized(text), of: text, kind: "output \(diagnostic.severity.rawValue)",
        tag: "samp")
    case .former(let output):
      body += "<div class=\"former\">"
      add(output, label: label)
      body += "</div>\n"
    case .running: body += "<p class=\"running\" id=\"running\">running …</p>\n"
    }
  }

  /// A diagnostic with its first line bold.
  private static func emphasized(_ text: String) -> String {
    let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    let rest = lines.dropFirst().map { "\n" + Escaping.markup($0) }.joined()
    return "<b>\(Escaping.markup(lines[0]))</b>" + rest
  }

  private mutating func add(
    _ type: MediaType, _ bytes: [UInt8], _ text: StyledText, _ label: String
  ) {
    let name = Escaping.markup("Picture: " + label)
    switch type {
    case .svg:
      let drawing = Self.named(String(decoding: bytes, as: UTF8.self), name)
      body += "<div class=\"figure\" tabindex=\"0\">\(drawing)</div>\n"
    case .png:
      body +=
        "<div class=\"figure\"><img src=\"data:image/png;base64,\(Base64.text(bytes))\""
        + " alt=\"\(name)\"></div>\n"
    case .html:
      body +=
        "<div class=\"table\" role=\"group\" aria-label=\"Output\" tabindex=\"0\">"
        + String(decoding: bytes, as: UTF8.self) + "</div>\n"
    case .markdown: answer(String(decoding: bytes, as: UTF8.self))
    default: add(.text(text), label: label)
    }
  }

  /// Prose that a statement shows. Its headings are not the page's.
  private mutating func answer(_ text: String) {
    let prose = ProseHTML(text, &anchors, surroundings)
    body += "<div class=\"answer\">\n\(prose.html)</div>\n"
    for (formula, trouble) in prose.troubles {
      remarks.append(
        Diagnostic(
          "the formula \(Escaping.visible(formula)) of an answer is shown as its source: "
            + trouble.message, category: .usage, severity: .warning, help: trouble.help))
    }
    for address in prose.lacking {
      remarks.append(pictures.warning(address, at: nil, notebook.source))
    }
  }

  /// The element of a drawing, which says what it is: by its title, else by a name.
  static func named(_ drawing: String, _ name: String) -> String {
    // What stands before the element is for files of their own.
    let start = drawing.firstRange(of: "<svg")?.upperBound ?? drawing.startIndex
    var rest = drawing[start...]
    while rest.last == "\n" { rest.removeLast() }
    let tag = rest.prefix { $0 != ">" }
    let role = tag.contains("role=") ? "" : " role=\"img\""
    let isNamed = rest.contains("<title>") || tag.contains("aria-label")
    return "<svg" + role + (isNamed ? "" : " aria-label=\"\(name)\"") + rest
  }
}
