import Interpreter
import Language
import Text

/// A run of a script from an empty session, with what each of its statements showed.
struct RecordedRun {
  /// A line of output.
  struct Line: Equatable {
    /// A piece of the line; of a volatile one only that it is there is compared.
    struct Part: Equatable {
      var text: String
      var isVolatile: Bool
    }
    var parts: [Part] = []

    /// The line without styles.
    var text: String { parts.map(\.text).joined() }
  }

  /// The lines that each statement showed, its errors and warnings among them.
  private(set) var outputs: [[Line]]
  /// The number of the statement that ended the run before the end of the text, by an error or
  /// `quit`.
  private(set) var ended: Int?
  /// The exit status.
  private(set) var status: Int32 = 0
  /// The errors that were found before anything ran.
  private(set) var rejections: [Diagnostic] = []
  /// How many errors there were while it ran, failed expectations among them.
  private(set) var errors = 0

  /// Runs `source`, which has `count` statements, with the words of `catalog`.
  init(_ source: Source, statements count: Int, catalog: Vocabulary) {
    outputs = .init(repeating: [], count: count)
    let collected = Collected(count)
    // The width and the characters of a pipe, whatever the terminal is.
    let session = Session(
      catalog: catalog, display: Display(),
      sink: Sink { text, _ in collected.add(text) }, report: { collected.add($0) })
    session.standardInputIsTaken = true
    let runner = ScriptRunner(session) { collected.statement = $0 }
    status = runner.run(source)
    outputs = collected.outputs
    rejections = collected.rejections
    errors = collected.errors
    if let last = collected.statement, status > 1 || last < count - 1 { ended = last }
  }

  /// What comes from the session while it runs.
  private final class Collected {
    var outputs: [[Line]]
    var rejections: [Diagnostic] = []
    var errors = 0
    /// The statement that is running; nil before the first.
    var statement: Int?

    init(_ count: Int) { outputs = .init(repeating: [], count: count) }

    func add(_ text: StyledText) {
      guard let statement else { return }
      var lines = [Line()]
      for part in text.parts {
        let pieces = part.text.split(separator: "\n", omittingEmptySubsequences: false)
        for (i, piece) in pieces.enumerated() {
          if i > 0 { lines.append(Line()) }
          if !piece.isEmpty {
            lines[lines.count - 1].parts.append(
              Line.Part(text: String(piece), isVolatile: part.style == .volatile))
          }
        }
      }
      outputs[statement] += lines
    }

    /// An error stands under its statement, so that its place need not be said: a line that is put
    /// in above it would change that.
    func add(_ diagnostic: Diagnostic) {
      guard statement != nil else { return rejections.append(diagnostic) }
      if diagnostic.severity == .error { errors += 1 }
      var text = StyledText("\(diagnostic.severity.rawValue): \(diagnostic.message)")
      if diagnostic.severity == .interrupted { text = StyledText(diagnostic.message) }
      if diagnostic.message.hasPrefix("expect failed") {
        for note in diagnostic.notes { text.appendLine("  " + note) }
      }
      if let help = diagnostic.help { text.appendLine("  help: " + help) }
      add(text)
    }
  }
}
