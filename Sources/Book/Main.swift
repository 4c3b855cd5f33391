import Foundation

/// `Book OUT SHOWN SYMBOLS…`: writes the book of the repository in the current folder into `OUT`,
/// with what the program has shown, which is in another folder.
@main
enum Main {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count > 2 else {
      fail("usage: Book OUT SHOWN SYMBOLS…: scripts/book calls it")
    }
    let output = arguments[0]
    let manager = FileManager.default
    let book = try Book(
      root: manager.currentDirectoryPath, shown: arguments[1],
      symbols: Array(arguments.dropFirst(2)))
    if manager.fileExists(atPath: output) {
      guard manager.fileExists(atPath: output + "/search-index.js") else {
        fail("'\(output)' is there, and is no book: it is left alone")
      }
      try manager.removeItem(atPath: output)
    }
    for (name, text) in book.files.sorted(by: { $0.key < $1.key }) {
      let file = URL(fileURLWithPath: output).appendingPathComponent(name)
      try manager.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    if !book.problems.isEmpty { fail(book.problems.joined(separator: "\n")) }
  }

  private static func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data("book: \(message)\n".utf8))
    exit(1)
  }
}
