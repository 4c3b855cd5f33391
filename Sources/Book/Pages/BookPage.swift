import Notebook
import Text

/// A page of the book.
struct BookPage {
  /// Its file, counted from the book's folder: `verbs/train.html`.
  let path: String
  /// Its title in lists and in the browser, without marks.
  let title: String
  /// What it says in one line; may be empty.
  let summary: String
  /// What is between the tags of its heading of the first level.
  let heading: String
  /// What stands below that heading.
  let body: String
  /// The headings of the body.
  let headings: [PageHeading]
  /// Whether it is in the book's list of pages; others are reached from a page that is.
  var isListed = true

  /// The address of a file or of a part of one, both counted from the book's folder, from this
  /// page.
  func address(of target: String) -> String { BookAddress.from(path, to: target) }
}

/// A part of the book.
struct BookPart {
  /// Its heading in the list of pages.
  let title: String
  /// Its pages in groups, which may have a name.
  let groups: [(name: String, pages: [BookPage])]

  /// A part without groups.
  init(_ title: String, _ pages: [BookPage]) { self.init(title, groups: [("", pages)]) }

  /// A part in groups.
  init(_ title: String, groups: [(name: String, pages: [BookPage])]) {
    self.title = title
    self.groups = groups
  }

  /// All pages in order.
  var pages: [BookPage] { groups.flatMap(\.pages) }
}

/// Addresses within a folder of pages.
enum BookAddress {
  /// The address of `target` from the page `path`; both are counted from the book's folder.
  static func from(_ path: String, to target: String) -> String {
    let file = target.prefix { $0 != "#" }
    if file == path[...], file.endIndex < target.endIndex {
      return String(target[file.endIndex...])
    }
    var source = path.split(separator: "/").dropLast()[...]
    var rest = target.split(separator: "/", omittingEmptySubsequences: false)[...]
    while rest.count > 1, let first = source.first, first == rest.first {
      source = source.dropFirst()
      rest = rest.dropFirst()
    }
    return String(repeating: "../", count: source.count) + rest.joined(separator: "/")
  }

  /// What the address `target` in the file `path` points to, counted from the folder that `path` is
  /// counted from; nil where it leads out of that.
  static func resolved(_ target: String, in path: String) -> String? {
    if target.hasPrefix("#") { return path + target }
    var folders = path.split(separator: "/").dropLast().map(String.init)
    for step in target.split(separator: "/", omittingEmptySubsequences: false) {
      switch step {
      case ".": continue
      case "..":
        if folders.popLast() == nil { return nil }
      default: folders.append(String(step))
      }
    }
    return folders.joined(separator: "/")
  }
}
