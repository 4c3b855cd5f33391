import Glibc
import Interpreter
import Language
import LineEditor
import LinearAlgebra
import Text

/// What happens in a session as events, one JSON object a line, for an editor or a program that
/// drives it (`--json`).
///
///     {"event":"input","cell":1,"text":"x = 1 / 3"}
///     {"event":"output","cell":1,"data":{"text/plain":"0.333333"}}
///     {"event":"warning","cell":2,"message":…,"help":…,"source":"svm[2]","span":{…}}
///     {"event":"error","cell":2,"category":"runtime","status":3,"message":…,"text":…}
///     {"event":"progress","cell":3,"title":"train","step":120,"total":1500,"loss":2.31}
///     {"event":"done","cell":3,"status":0,"seconds":0.41}
///
/// `data` has the result by media type: its text, and beside it plots as `image/svg+xml`, tables
/// as `text/html`, prose as `text/markdown`, and values and tables as `application/json`, which
/// ``ValueJSON`` describes.
/// `span` counts UTF-8 bytes of the source, and lines and columns from 1; `text` is the error as a
/// terminal shows it. Exactly one `done` ends a cell.
final class EventStream: ProgressView {
  private var cell = 0
  private var count: ProgressCount?
  private let display: Display

  /// Events on the standard output, with results laid out for a display.
  init(_ display: Display) {
    var plain = display
    plain.color = .none
    self.display = plain
  }

  /// A session whose results, diagnostics and progress are events.
  func session(_ make: (Display, Sink, @escaping (Diagnostic) -> Void) -> Session) -> Session {
    let session = make(
      display,
      Sink(collecting: [.svg, .html, .markdown, .json]) { [self] forms, _ in
        output(forms)
      }, { [self] in report($0) })
    session.progress = self
    return session
  }

  /// Runs one cell between its `input` and its `done`; returns its status.
  func run(_ name: String, _ text: String, _ body: () -> Int32) -> Int32 {
    cell += 1
    let watch = Stopwatch()
    write("input", [("source", .string(name)), ("text", .string(text))])
    let status = body()
    write("done", [("status", .integer(Int(status))), ("seconds", .number(watch.seconds))])
    return status
  }

  /// The number of the cell that comes next.
  var nextCell: Int { cell + 1 }

  /// Writes a diagnostic as an event.
  func report(_ diagnostic: Diagnostic) {
    var members: [(name: String, value: JSONValue?)] = [
      ("message", .string(diagnostic.message)), ("help", diagnostic.help.map { .string($0) }),
    ]
    if let source = diagnostic.source, let span = diagnostic.span {
      members.append(("source", .string(source.name)))
      members.append(
        (
          "span",
          .object([("start", place(span.lower, source)), ("end", place(span.upper, source))])
        ))
    }
    if !diagnostic.notes.isEmpty {
      members.append(("notes", .array(diagnostic.notes.map { .string($0) })))
    }
    if diagnostic.severity == .warning { return write("warning", members) }
    let category = diagnostic.category
    let head: [(name: String, value: JSONValue?)] = [
      ("category", .string("\(category)")), ("status", .integer(Int(category.exitStatus))),
    ]
    let text = diagnostic.rendered(color: false, width: display.width)
    write("error", head + members + [("text", .string(text))])
  }

  private func place(_ offset: Int, _ source: Source) -> JSONValue {
    .object([
      ("offset", .integer(offset)), ("line", .integer(source.line(at: offset))),
      ("column", .integer(source.column(at: offset))),
    ])
  }

  /// What a cell shows: its text, and its other forms beside it. Long ones are written in pieces.
  private func output(_ forms: [Presentation.Form]) {
    // Around the forms: `{…"data":{` and `}}`.
    let frame = JSONValue.object(head("output") + [("data", .object([]))]).text
    write(String(frame.dropLast(2)))
    // The text stands first.
    for (i, form) in (forms.suffix(1) + forms.dropLast()).enumerated() {
      if i > 0 { write(",") }
      switch form {
      case .text(let text): write(member: .text, text.plain)
      case .data(.json, let bytes):
        write(JSONText.quoted(MediaType.json.name) + ":" + String(decoding: bytes, as: UTF8.self))
      case .data(let type, let bytes): write(member: type, String(decoding: bytes, as: UTF8.self))
      }
    }
    write(frame.suffix(2) + "\n")
  }

  /// Writes one form as a string; a long one ends at Ctrl-C.
  private func write(member type: MediaType, _ text: String) {
    let size = 1 << 16
    let start = JSONText.quoted(type.name) + ":"
    guard text.utf8.count > size else { return write(start + JSONText.quoted(text)) }
    write(start + "\"")
    for part in TextPieces(text, size: size) {
      if Interruption.isRequested { break }
      write(JSONText.escaped(part))
    }
    write("\"")
  }

  private func head(_ event: String) -> [(name: String, value: JSONValue?)] {
    [("event", .string(event)), ("cell", .integer(cell))]
  }

  private func write(_ event: String, _ members: [(name: String, value: JSONValue?)]) {
    write(JSONValue.object(head(event) + members).text + "\n")
  }

  private func write(_ text: String) {
    guard !FileOutput.write(text, to: 1) else { return }
    // Whoever listens would wait for events that are lost.
    exit(Diagnostic.Category.data.exitStatus)
  }

  // MARK: Progress

  private static let interval = 0.1

  func begin(_ title: String, total: Int, unit: ProgressUnit) {
    count = ProgressCount(title, total: total, unit: unit)
  }

  func update(step: Int, loss: Double?) {
    guard count?.isDue(every: Self.interval, after: Self.interval) == true, let count else {
      return
    }
    write(
      "progress",
      [
        ("title", .string(count.title)), ("step", .integer(step)),
        ("total", .integer(count.total)),
        ("loss", loss.map { .number($0) }),
        ("unit", count.unit == .bytes ? .string("bytes") : nil),
      ])
  }

  func end() {}
  func hide() {}
}

/// A session that another program drives: entries from the standard input, events on the output.
///
/// An entry is a line or, where the language says that it goes on, more of them; or `{"input":
/// "…"}` on one line, which may hold any text.
struct EventLoop {
  let session: Session
  let events: EventStream

  /// Runs entries until the input ends; returns the status of the first that failed.
  func run() -> Int32 {
    var result: Int32 = 0
    let source = ScriptSource(
      isIncomplete: { entry in
        entry.first != "{"
          && Parser.parse(Source(entry, name: ""), verbs: session.catalog.verbs).isIncomplete
      }, output: -1)
    while !session.isFinished {
      switch source.next(prompt: Prompt([])) {
      case .end: return result
      case .interrupted: continue
      case .entry(let line):
        let entry = JSONText.string("input", in: line[...]) ?? line
        guard !entry.allSatisfy(\.isWhitespace) else { continue }
        let number = events.nextCell
        let status = events.run("svm[\(number)]", entry) {
          session.runEntry(entry, number: number)
        }
        if result == 0 { result = status }
      }
    }
    return result
  }
}
