import Notebook
import Text

/// What the search field looks through: every section of every page, and every option.
///
/// It is a script and no file of data, since a page that is opened from a disk may fetch none.
struct SearchIndex {
  /// A place that is found.
  struct Entry: Equatable {
    /// Its address, counted from the book's folder.
    var address: String
    /// Its heading; empty for the start of a page.
    var heading: String
    /// The title of its page.
    var page: String
    /// Its words.
    var text: String
  }

  private(set) var entries: [Entry] = []

  /// Adds the sections of a page.
  mutating func add(_ page: BookPage) {
    entries.append(Entry(address: page.path, heading: "", page: page.title, text: ""))
    // Where a section or an explained word begins.
    let marks = ["<h2 id=\"", "<h3 id=\"", "<h4 id=\"", "<dt id=\""]
    for part in Self.parts(of: page.body, before: marks) {
      guard let mark = marks.first(where: { part.hasPrefix($0) }) else {
        entries[entries.count - 1].text = Self.words(of: part)
        continue
      }
      let anchor = part.dropFirst(mark.count).prefix { $0 != "\"" }
      let end = "</\(mark.dropFirst().prefix { $0 != " " })>"
      let close = part.firstRange(of: end) ?? part.endIndex..<part.endIndex
      entries.append(
        Entry(
          address: "\(page.path)#\(anchor)", heading: Self.heading(part[..<close.lowerBound]),
          page: page.title, text: Self.words(of: part[close.upperBound...])))
    }
  }

  /// The heading without the link to itself, and the word without its note.
  private static func heading(_ markup: Substring) -> String {
    let ends = ["<a class=\"anchor\"", "<span class=\"note\""].compactMap {
      markup.firstRange(of: $0)?.lowerBound
    }
    return words(of: markup[..<(ends.min() ?? markup.endIndex)])
  }

  /// The pieces of a text, each but the first beginning with one of the marks.
  private static func parts(of text: String, before marks: [String]) -> [Substring] {
    var starts: [String.Index] = []
    for mark in marks { starts += text.ranges(of: mark).map(\.lowerBound) }
    let ends = [text.startIndex] + starts.sorted() + [text.endIndex]
    return zip(ends, ends.dropFirst()).map { text[$0..<$1] }
  }

  /// The words of HTML with one blank between them, without drawings.
  private static func words(of markup: Substring) -> String {
    var rest = markup
    var text = ""
    while let start = rest.firstRange(of: "<svg") {
      text += rest[..<start.lowerBound]
      rest = rest[start.upperBound...]
      rest = rest.firstRange(of: "</svg>").map { rest[$0.upperBound...] } ?? ""
    }
    // Words of different cells and lines are apart.
    text = (text + rest).replacing("</", with: " </").replacing("<br", with: " <br")
      .replacing(" </span>", with: "</span>").replacing(" </code>", with: "</code>")
      .replacing(" </a>", with: "</a>")
    return PageAnchors.words(of: text).replacing("&#39;", with: "'")
      .split { $0.isWhitespace }.joined(separator: " ")
  }

  /// The script that holds the index.
  var script: String {
    let rows = entries.map { entry in
      JSONValue.array([
        .string(entry.address), .string(entry.heading), .string(entry.page), .string(entry.text),
      ]).text
    }
    return "svmreplBook([\n" + rows.joined(separator: ",\n") + "\n]);\n"
  }
}
