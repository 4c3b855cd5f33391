import Text
import Glibc
import Language
import LinearAlgebra
import Record

/// Reads scripts.
public enum ScriptFile {
  /// The text of a file.
  ///
  /// - Throws: A `Diagnostic` of category `data` where it can't be read or is not UTF-8, and of
  ///   category `interrupted` when the user interrupts.
  public static func text(of path: String) throws(Diagnostic) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw Diagnostic(
        "can't read '\(Escaping.visible(path))': \(reason)", category: .data,
        help: path.contains("/") ? nil : "a script's name is a path from the current folder")
    }
    defer { close(file) }
    FileReads.note(path)
    return try contents(of: file, name: "'\(Escaping.visible(path))'")
  }

  /// The text of the standard input up to its end.
  ///
  /// - Throws: As `text(of:)`.
  public static func standardInput() throws(Diagnostic) -> String {
    try contents(of: 0, name: "the standard input")
  }

  private static var reason: String { String(cString: strerror(errno)) }

  private static func contents(of file: Int32, name: String) throws(Diagnostic) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &chunk, chunk.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR, Interruption.isRequested {
          throw Diagnostic("interrupted", category: .interrupted, severity: .interrupted)
        }
        if errno == EINTR { continue }
        throw Diagnostic("can't read \(name): \(reason)", category: .data)
      }
      bytes += chunk[..<count]
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Diagnostic(
        "\(name) is not UTF-8 text", category: .data, help: "scripts are plain text in UTF-8")
    }
    return text
  }
}
