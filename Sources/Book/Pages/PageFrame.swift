import Notebook
import Text

/// What stands around the text of every page: the search field, the list of pages, and the way to
/// the next.
struct PageFrame {
  private let parts: [BookPart]
  private let sequence: [BookPage]
  /// What is said at the end.
  private let footer: String

  /// The frame of a book.
  init(_ parts: [BookPart], footer: String) {
    self.parts = parts
    self.footer = footer
    sequence = parts.flatMap(\.pages).filter(\.isListed)
  }

  /// The whole file of a page of one of the parts.
  func file(of page: BookPage, in part: BookPart) -> String {
    let title = Escaping.markup(page.title)
    // The headings are listed where the first one would stand.
    let place = page.body.firstRange(of: "<h2 ")?.lowerBound ?? page.body.endIndex
    let (start, rest) = (page.body[..<place], page.body[place...])
    let home = page.path == sequence[0].path
    let root = String(repeating: "../", count: page.path.split(separator: "/").count - 1)
    return """
      \(HTMLHead.start(title: home ? title : title + " · svmrepl"))
      <link rel="stylesheet" href="\(page.address(of: "page.css"))">
      <link rel="stylesheet" href="\(page.address(of: "book.css"))">
      <script src="\(page.address(of: "search.js"))" data-root="\(root)" defer></script>
      </head>
      <body class="book">
      <header class="top">
      <a class="skip" href="#page-text">To the text</a>
      <a class="home" href="\(page.address(of: sequence[0].path))">svmrepl</a>
      <a class="to-contents" href="#contents">Contents</a>
      </header>
      <main id="page-text">
      <h1>\(page.heading)</h1>
      \(start)\(headings(of: page))\(rest)\(neighbors(of: page))</main>
      \(contents(on: page, in: part))<footer>
      <p>\(footer)</p>
      </footer>
      </body>
      </html>

      """
  }

  /// The headings of a page; empty where it has only a few.
  private func headings(of page: BookPage) -> String {
    let listed = page.headings.filter { $0.level == 2 }
    guard listed.count > 2 else { return "" }
    let items = listed.map { heading in
      "<li><a href=\"\(heading.address)\">"
        + Escaping.markup(PageAnchors.words(of: heading.content)) + "</a></li>\n"
    }
    return
      "<nav class=\"here\" aria-label=\"On this page\">\n<ul>\n\(items.joined())</ul>\n</nav>\n"
  }

  /// The links to the page before and after.
  private func neighbors(of page: BookPage) -> String {
    guard let place = sequence.firstIndex(where: { $0.path == page.path }) else { return "" }
    func link(_ offset: Int, _ relation: String) -> String {
      guard sequence.indices.contains(place + offset) else { return "" }
      let other = sequence[place + offset]
      return "<a rel=\"\(relation)\" href=\"\(page.address(of: other.path))\">"
        + Escaping.markup(other.title) + "</a>\n"
    }
    return "<nav class=\"turns\" aria-label=\"Next and previous page\">\n"
      + link(-1, "prev") + link(1, "next") + "</nav>\n"
  }

  /// The list of pages: all of the part that the page is in, and the first of the others.
  private func contents(on page: BookPage, in current: BookPart) -> String {
    var list = "<nav class=\"contents\" id=\"contents\" aria-label=\"Contents\">\n"
    for part in parts {
      let pages = part.pages.filter(\.isListed)
      guard let first = pages.first else { continue }
      guard part.title == current.title else {
        list += "<p><a href=\"\(page.address(of: first.path))\">\(part.title)</a></p>\n"
        continue
      }
      list += "<p class=\"open\">\(part.title)</p>\n"
      for group in part.groups {
        if !group.name.isEmpty { list += "<p class=\"group\">\(group.name)</p>\n" }
        let items = group.pages.filter(\.isListed).map { other in
          let mark = other.path == page.path ? " aria-current=\"page\"" : ""
          let address = other.path == page.path ? "#page-text" : page.address(of: other.path)
          return "<li><a href=\"\(address)\"\(mark)>\(Escaping.markup(other.title))</a></li>\n"
        }
        list += "<ul>\n\(items.joined())</ul>\n"
      }
    }
    return list + "</nav>\n"
  }
}
