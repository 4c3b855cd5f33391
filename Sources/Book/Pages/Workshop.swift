import Commands
import Foundation
import Interpreter
import Notebook

/// What the chapters share: the words of the language, the addresses of what is linked, and the
/// problems that are found on the way.
final class Workshop {
  /// The words of the language.
  let catalog: Vocabulary
  /// Where words are explained.
  let words: WordLinks
  /// Where files of the repository are in the book.
  let links: FileLinks
  /// The repository.
  let root: String
  /// The folder of what the program has shown: its help, and pages named after their scripts.
  private let shown: String
  /// What is wrong, a line each.
  private(set) var problems: [String] = []

  /// Starts with the sources in the folder `root`.
  init(
    root: String, shown: String, catalog: Vocabulary, words: WordLinks, links: FileLinks
  ) {
    self.root = root
    self.shown = shown
    self.catalog = catalog
    self.words = words
    self.links = links
  }

  /// Notes a problem.
  func note(_ problem: String) { problems.append(problem) }

  /// What the program shows for `--help`.
  ///
  /// - Throws: Where it can't be read.
  func help() throws -> String { try String(contentsOfFile: shown + "/help.txt", encoding: .utf8) }

  /// The page that `svmrepl export` has made of a script; a lack of it is a problem of the book.
  func exported(_ script: String) -> ExportedPage? {
    let path = "\(shown)/\(script.split(separator: "/").last ?? "").html"
    let page = (try? String(contentsOfFile: path, encoding: .utf8)).flatMap(ExportedPage.init)
    if page == nil { note("\(script): it has no page at \(path)") }
    return page
  }

  /// The text of a file of the repository.
  ///
  /// - Throws: Where it can't be read.
  func text(of file: String) throws -> String {
    try String(contentsOfFile: root + "/" + file, encoding: .utf8)
  }

  /// A script with what it shows when it runs in a folder of its own; an error in it is a problem
  /// of the book.
  func run(_ script: String, name: String) -> PagePart {
    let manager = FileManager.default
    let before = manager.currentDirectoryPath
    let folder = manager.temporaryDirectory.appendingPathComponent("svmrepl-book-\(getpid())").path
    do {
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch { note("\(folder): \(error)") }
    defer {
      _ = manager.changeCurrentDirectoryPath(before)
      try? manager.removeItem(atPath: folder)
    }
    _ = manager.changeCurrentDirectoryPath(folder)
    return PagePart(script: script, name: name, catalog: catalog)
  }
}
