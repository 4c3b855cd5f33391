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
  let outputs: [[Line]]
  /// The number of the statement that ended the run before the end of the text, by an error or
  /// `quit`.
  let ended: Int?
  /// The exit status.
  let status: Int32
  /// The errors that were found before anything ran.
  let rejections: [Diagnostic]
  /// How many errors there were while it ran, failed expectations among them.
  let errors: Int

  /// Runs `source`, which has `count` statements, with the words of `catalog`.
  init(
    _ source: Source, statements count: Int, catalog: Vocabulary, cache: ResultCache? = nil
  ) {
    var options = ScriptRun.Options()
    options.cache = cache
    let run = ScriptRun(source, statements: count, catalog: catalog, options: options)
    outputs = run.events.map { $0.flatMap(Self.lines) }
    ended = run.ended
    status = run.status
    rejections = run.rejections
    errors = run.events.joined().count {
      if case .diagnostic(let diagnostic) = $0 { diagnostic.severity == .error } else { false }
    }
  }

  private static func lines(_ event: ScriptRun.Event) -> [Line] {
    switch event {
    case .omitted: []
    case .diagnostic(let diagnostic): lines(text(of: diagnostic))
    case .shown(let forms):
      forms.flatMap { form -> [Line] in
        if case .text(let text) = form { lines(text) } else { [] }
      }
    }
  }

  private static func lines(_ text: StyledText) -> [Line] {
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
    return lines
  }

  /// The text of a diagnostic as it is recorded: it stands under its statement, so that its place
  /// need not be said, which a line that is put in above it would change.
  static func text(of diagnostic: Diagnostic) -> StyledText {
    if diagnostic.severity == .interrupted { return StyledText(diagnostic.message) }
    var text = StyledText("\(diagnostic.severity.rawValue): \(diagnostic.message)")
    if diagnostic.message.hasPrefix("expect failed") {
      for note in diagnostic.notes { text.appendLine("  " + note) }
    }
    if let help = diagnostic.help { text.appendLine("  help: " + help) }
    return text
  }
}
