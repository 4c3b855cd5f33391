import Interpreter
import Language
import LinearAlgebra
import Text
import Testing

@testable import Commands

/// What a text showed and reported.
struct Run {
  var shown: [String] = []
  var errors: [String] = []
  var status: Int32 = 0

  /// Everything shown, a line end after each piece.
  var text: String { shown.joined(separator: "\n") }
  /// Everything reported.
  var report: String { errors.joined(separator: "\n") }
}

/// A session with the product's verbs that collects what it shows.
final class TestSession {
  let session: Session
  private var shown: [String] = []
  private var errors: [String] = []

  init(display: Display = Display(), parameters: [String: String] = [:]) {
    session = Session(catalog: CommandCatalog.standard, display: display)
    session.parameterTexts = parameters
    session.sink = Sink { [unowned self] text, _ in shown.append(text.plain) }
    session.report = { [unowned self] in errors.append($0.rendered(color: false)) }
  }

  /// Runs a text and gives what is new.
  @discardableResult
  func run(_ code: String, keepGoing: Bool = false) -> Run {
    shown = []
    errors = []
    let status = ScriptRunner(session, keepGoing: keepGoing).run(Source(code, name: "test.svm"))
    return Run(shown: shown, errors: errors, status: status)
  }
}

/// Runs a text in a session of its own.
func run(_ code: String, parameters: [String: String] = [:]) -> Run {
  TestSession(parameters: parameters).run(code)
}

/// Whether a text is what an example shows, `…` certificate for anything.
func matches(_ text: String, _ pattern: String) -> Bool {
  let pieces = pattern.split(separator: "…", omittingEmptySubsequences: false).map(Array.init)
  var rest = Array(text)[...]
  for (i, piece) in pieces.enumerated() {
    if i == 0 {
      guard rest.starts(with: piece) else { return false }
      rest = rest.dropFirst(piece.count)
    } else if i == pieces.count - 1 {
      return piece.count <= rest.count && rest.suffix(piece.count).elementsEqual(piece)
    } else {
      var start = rest.startIndex
      while start <= rest.endIndex - piece.count, !rest[start...].starts(with: piece) { start += 1 }
      guard start <= rest.endIndex - piece.count else { return false }
      rest = rest[(start + piece.count)...]
    }
  }
  return rest.isEmpty
}
