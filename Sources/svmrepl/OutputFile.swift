import Datasets
import Glibc
import Interpreter
import Language
import Text

/// The file that is made of another one.
struct OutputFile {
  /// Its path; `-` for the standard output.
  let path: String
  /// Whether the user has not named it.
  let isDefault: Bool

  /// The file that is made of `source`, which is `-` for the standard input.
  ///
  /// - Parameters:
  ///   - path: what the user asked for; nil for a file beside the source, with the ending `ending`.
  /// - Throws: A `Diagnostic` where that is the source itself.
  init(_ path: String?, of source: String, ending: String) throws(Diagnostic) {
    isDefault = path == nil
    self.path = path ?? (source == "-" ? "-" : Self.withEnding(ending, source))
    guard self.path != "-", source != "-", Self.isSame(self.path, source) else { return }
    throw Diagnostic(
      "'\(Escaping.visible(self.path))' would be written over itself", category: .usage,
      help: "`-o` names another file")
  }

  /// The path with its ending replaced, or with one where it had none.
  private static func withEnding(_ ending: String, _ path: String) -> String {
    let name = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    guard let point = path[name...].lastIndex(of: "."), point != name else {
      return path + "." + ending
    }
    return path[..<point] + "." + ending
  }

  /// Whether two paths are of one file, by whatever links.
  private static func isSame(_ a: String, _ b: String) -> Bool {
    var (one, other) = (stat(), stat())
    guard stat(a, &one) == 0, stat(b, &other) == 0 else { return a == b }
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino
  }

  /// Whether there is such a file.
  var exists: Bool { path != "-" && access(path, F_OK) == 0 }

  /// Writes the text, as a whole or not at all, and says so.
  func write(_ text: String, _ console: Console, isQuiet: Bool) throws {
    if path == "-" { return console.write(text) }
    try AtomicFile.write(to: path) { try $0.append(text) }
    if !isQuiet { console.write("\(Escaping.visible(path)): written\n") }
  }
}
