import Commands
import Foundation
import Interpreter
import Notebook

/// The book in HTML: pages by their files, made of the declarations, the prose and the walkthroughs
/// of the repository.
struct Book {
  /// The content of every file, by its place in the book's folder.
  private(set) var files: [String: String] = [:]
  /// What is wrong, a line each.
  private(set) var problems: [String] = []

  /// Files of the repository that are in the book as they are.
  private static let copies = [
    "LICENSE": "LICENSE.txt", "Sources/Book/Assets/session.svg": "session.svg",
  ]
  private static let data = "datasets/README.md"
  private static let assets = "Sources/Book/Assets"

  /// Makes the book of the repository in the folder `root`.
  ///
  /// - Parameters:
  ///   - shown: the folder of what the program has shown: `help.txt`, and the page of each
  ///     walkthrough.
  ///   - symbols: the files of the library's public declarations.
  /// - Throws: Where a source can't be read.
  init(root: String, shown: String, symbols: [String]) throws {
    let catalog = CommandCatalog.standard
    let list = try String(contentsOfFile: root + "/" + ProsePages.order, encoding: .utf8)
    var pages = ["README.md": "index.html", Self.data: "data.html"]
    pages[ProsePages.order] = "walkthroughs/index.html"
    for (file, page) in ProsePages.pages(in: list) { pages[file] = page }
    let links = FileLinks(pages: pages, copies: Self.copies)
    let types = LibraryTypes(try symbols.map(SymbolGraph.read))
    let sharing = { (words: WordLinks) in
      Workshop(
        root: root, shown: shown, catalog: catalog, words: words, links: links)
    }
    let library = sharing(WordLinks(symbols: types.words))
    let workshop = sharing(WordLinks(catalog))

    let parts = [
      BookPart(
        "Start",
        [
          try ProsePages.page(of: "README.md", at: "index.html", workshop),
          try ProsePages.commandLine(workshop),
          try ProsePages.page(of: Self.data, at: "data.html", title: "Bundled data", workshop),
        ]),
      BookPart("Language", Self.language(workshop)),
      VerbPages.part(workshop),
      BookPart("Losses and solvers", Self.objectives(workshop)),
      try ProsePages.walkthroughs(workshop),
      try LibraryPages.part(types, library),
    ]
    try write(parts, workshop)
    problems += workshop.problems + library.problems
    for topic in catalog.topics where files[BookPaths.topics(topic.group)] == nil {
      problems.append("the topic '\(topic.name)' is in no page: '\(topic.group)' has none")
    }
    var check = LinkCheck(files)
    for entry in index.entries { check.check(entry.address, in: "search-index.js") }
    problems += check.problems
  }

  private var index = SearchIndex()

  private static func language(_ workshop: Workshop) -> [BookPage] {
    [
      TopicPages.page(
        of: "language", title: "The language",
        summary: "Statements, values and operators. What an example shows stands below it.",
        workshop),
      FunctionPages.page(workshop),
      TopicPages.page(
        of: "concepts", title: "Ideas", summary: "The words of the course's notes, and of `help`.",
        workshop),
    ]
  }

  private static func objectives(_ workshop: Workshop) -> [BookPage] {
    let chapters = [
      ("losses", "What a margin or a row of scores costs: `loss=` of `train`."),
      ("reductions", "How margins of several classes become one loss: `reduction=`."),
      ("penalties", "What keeps the weights small: `penalty=`, with the strength `reg=`."),
      ("solvers", "How the weights are found: `solver=`. `help optimum` says which to take."),
      ("schedules", "How the step size changes: `schedule=`, beginning with `lr=`."),
    ]
    return chapters.map { group, summary in
      TopicPages.page(
        of: group, title: group.prefix(1).uppercased() + group.dropFirst(), summary: summary,
        workshop)
    }
  }

  private mutating func write(_ parts: [BookPart], _ workshop: Workshop) throws {
    let frame = PageFrame(
      parts, footer: "Made of the declarations and scripts of svmrepl by <code>scripts/book</code>."
    )
    for part in parts {
      for page in part.pages {
        if files[page.path] != nil { problems.append("\(page.path): two pages have this name") }
        files[page.path] = frame.file(of: page, in: part)
        index.add(page)
      }
    }
    for name in ["book.css", "search.js"] {
      files[name] = try workshop.text(of: "\(Self.assets)/\(name)")
    }
    for (source, target) in Self.copies { files[target] = try workshop.text(of: source) }
    files["page.css"] = PagePart.stylesheet
    files["search-index.js"] = index.script
  }
}
