import Glibc
import Interpreter
import Language
import LinearAlgebra
import Notebooks

/// `run "FILE"`.
struct RunCommand: Command {
  static let name = "run"
  static let summary = "Run another script in this session."
  static let discussion = """
    Its names are those of the session, before and after. The first error stops it, and the line \
    that ran it.
    """
  static let examples: [Example] = []
  static let group = CommandGroup.session
  static let mayAssignNames = true

  @Operand("The script.") var file: String

  func run(in session: Session) throws -> Output {
    try session.runNested(Source(try Self.text(of: file), name: file))
    return Output()
  }

  /// The text of a script.
  static func text(of path: String) throws -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure(path, String(cString: strerror(errno))) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &chunk, chunk.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR {
          try Interruption.check()
          continue
        }
        throw failure(path, String(cString: strerror(errno)))
      }
      bytes += chunk[..<count]
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw failure(path, "it is not UTF-8 text")
    }
    return text
  }

  private static func failure(_ path: String, _ reason: String) -> Failure {
    Failure(
      "can't read '\(Escaping.visible(path))': \(reason)", category: .data, parameter: "file")
  }
}
