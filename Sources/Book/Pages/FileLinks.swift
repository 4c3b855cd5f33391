import Notebook
import Text

/// Where files of the repository are in the book, for the links of its prose.
struct FileLinks {
  /// The pages, by the file of the repository that they are made of.
  let pages: [String: String]
  /// Files that are in the book as they are, by their place in the repository.
  let copies: [String: String]

  /// The HTML of prose in the file `source`, with the links that lead to other files of the
  /// repository leading to their pages.
  func pointed(_ html: String, in source: String, for path: String) -> String {
    let mark = "href=\""
    var parts = html.split(separator: mark, omittingEmptySubsequences: false)[...]
    var result = String(parts.popFirst() ?? "")
    for part in parts {
      let address = String(part.prefix { $0 != "\"" })
      let target = target(of: address, in: source).map { BookAddress.from(path, to: $0) }
      result += mark + (target ?? address) + part.dropFirst(address.count)
    }
    return result
  }

  /// The place in the book of what an address in a file of the repository means; nil where it is
  /// nothing that the book has.
  private func target(of address: String, in source: String) -> String? {
    guard !address.hasPrefix("#"), let file = BookAddress.resolved(address, in: source) else {
      return nil
    }
    let anchor = file.drop { $0 != "#" }
    let name = String(file.prefix { $0 != "#" })
    return (pages[name] ?? copies[name]).map { $0 + anchor }
  }

  /// The address of a picture that prose in the file `source` shows.
  func picture(_ address: String, in source: String, for path: String) -> String? {
    BookAddress.resolved(address, in: source).flatMap { copies[$0] }
      .map { BookAddress.from(path, to: $0) }
  }
}
