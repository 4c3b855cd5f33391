import Notebook
import Text

/// The pages of the library: its articles, and one for each public type.
enum LibraryPages {
  /// The folder of the articles.
  private static let folder = "Sources/SVMEngine/SVMEngine.docc"
  /// The article that names the others, in their order.
  private static let first = "SVMEngine"

  /// Their part of the book.
  ///
  /// - Throws: Where an article can't be read.
  static func part(_ types: LibraryTypes, _ workshop: Workshop) throws -> BookPart {
    let names = [first] + links(in: try workshop.text(of: "\(folder)/\(first).md"))
    let articles = try names.map { name in
      var page = PageWriter(workshop, at: path(ofArticle: name))
      page.add(prose: article(try workshop.text(of: "\(folder)/\(name).md")))
      return page.page(title: name == first ? "The library" : nil)
    }
    let pages = types.types.map { page(of: $0, workshop) }
    var list = PageWriter(workshop, at: BookPaths.library("types"), title: "Types")
    let summary = "Every public type of the library, in the order of their names."
    list.add(sentence: summary)
    list.add(list: pages)
    return BookPart("Library", articles + [list.page(summary: summary)] + pages)
  }

  /// The page of an article; a type may have the same name.
  private static func path(ofArticle name: String) -> String {
    BookPaths.library(name == first ? "index" : "on-" + name.lowercased())
  }

  /// The articles that an article links to.
  private static func links(in text: String) -> [String] {
    text.split(separator: "<doc:").dropFirst().map { String($0.prefix { $0 != ">" }) }
  }

  /// An article in the Markdown of the other pages: links to articles are written out.
  private static func article(_ text: String) -> String {
    links(in: text).reduce(text) { text, name in
      let file = path(ofArticle: name).split(separator: "/").last ?? ""
      return text.replacing("<doc:\(name)>", with: "[\(name)](\(file))")
    }
  }

  private static func page(of type: LibraryTypes.TypeOfLibrary, _ workshop: Workshop) -> BookPage {
    var page = PageWriter(workshop, at: type.path, title: Escaping.markup(type.name))
    page.add(declaration: type.symbol)
    page.add(prose: type.symbol.comment)
    for member in type.members {
      page.add(
        heading: "<code>\(Escaping.markup(member.name))</code>", level: 2, name: member.name)
      page.add(declaration: member)
      page.add(prose: member.comment)
    }
    return page.page(title: type.name, summary: type.summary, isListed: false)
  }
}

extension PageWriter {
  fileprivate mutating func add(declaration symbol: SymbolGraph.Symbol) {
    let markup = (symbol.declarationFragments ?? []).map { fragment in
      let text = Escaping.markup(fragment.spelling)
      switch fragment.kind {
      case "keyword", "attribute": return "<span class=\"k\">\(text)</span>"
      case "identifier": return "<span class=\"v\">\(text)</span>"
      default: return text
      }
    }
    add("<p class=\"usage\"><code>\(markup.joined())</code></p>\n")
  }
}
