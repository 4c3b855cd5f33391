import Notebook

/// Pages that are files of the repository: prose in Markdown, and walkthroughs.
enum ProsePages {
  /// The folder of the walkthroughs.
  private static let folder = "scripts/walkthroughs"
  /// The page that names them in teaching order.
  static let order = folder + "/README.md"

  /// A file of prose as a page.
  ///
  /// - Throws: Where the file can't be read.
  static func page(
    of file: String, at path: String, title: String? = nil, summary: String = "",
    _ workshop: Workshop
  ) throws -> BookPage {
    var page = PageWriter(workshop, at: path)
    page.add(prose: try workshop.text(of: file), of: file)
    return page.page(title: title, summary: summary)
  }

  /// What the program says of its own command line.
  ///
  /// - Throws: Where it can't be read.
  static func commandLine(_ workshop: Workshop) throws -> BookPage {
    var page = PageWriter(workshop, at: "command-line.html", title: "The command line")
    let summary = "What `svmrepl --help` shows."
    page.add(sentence: summary)
    page.add(prose: "````text\n\(try workshop.help())\n````")
    return page.page(summary: summary)
  }

  /// The walkthroughs in teaching order, which is that of the links in their list.
  ///
  /// - Throws: Where a file can't be read.
  static func walkthroughs(_ workshop: Workshop) throws -> BookPart {
    let overview = try page(
      of: order, at: "walkthroughs/index.html", title: "All walkthroughs", workshop)
    let pages = try names(in: workshop.text(of: order)).map { name in
      var page = PageWriter(workshop, at: BookPaths.walkthrough(name))
      page.add(exported: "\(folder)/\(name)")
      page.add("<p class=\"source\">The script: <code>\(folder)/\(name)</code></p>\n")
      return page.page()
    }
    return BookPart("Walkthroughs", [overview] + pages)
  }

  /// The scripts that a list links to, in its order.
  static func names(in list: String) -> [String] {
    list.split(separator: "](").dropFirst().map { String($0.prefix { $0 != ")" }) }
      .filter { $0.hasSuffix(".svm") }
  }

  /// The pages of the walkthroughs that a list names, by their files.
  static func pages(in list: String) -> [(file: String, page: String)] {
    names(in: list).map { ("\(folder)/\($0)", BookPaths.walkthrough($0)) }
  }
}
