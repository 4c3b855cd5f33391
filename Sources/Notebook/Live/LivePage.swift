import Language
import Text

/// A page that a browser shows while its script is written.
public struct LivePage {
  /// How far the run of a script is.
  public enum Course: Sendable {
    /// Nothing has run yet.
    case waiting
    case running
    /// The run was stopped, since the text has changed or the program ends.
    case stopped
    /// The run came to its end, or to an error.
    case done(status: Int32, seconds: Double)
    /// The script can't be read; `reason` says why.
    case unreadable(reason: String)

    /// Whether more is to come.
    public var isRunning: Bool {
      switch self {
      case .waiting, .running, .stopped: true
      case .done, .unreadable: false
      }
    }

    /// How the run has ended, in words; nil where it has not.
    public var ending: String? {
      switch self {
      case .waiting, .running, .stopped, .unreadable: nil
      case .done(let status, let seconds):
        Self.words(status) + " after \(Quantity.duration(seconds: seconds))"
      }
    }

    private static func words(_ status: Int32) -> String {
      switch status {
      case 0: "up to date"
      case 1: "an expectation failed"
      default: "stopped by an error"
      }
    }
  }

  private let parts: HTMLPage.Parts
  /// What stands in the page's cells.
  var main: String { parts.main }
  /// How far the run is.
  public var course: Course
  /// What can't be shown as meant, one warning each.
  public let remarks: [Diagnostic]

  init(parts: HTMLPage.Parts, course: Course, remarks: [Diagnostic]) {
    self.parts = parts
    self.course = course
    self.remarks = remarks
  }

  /// The page, which asks the server at `/events` for what changes.
  public var document: String {
    HTMLPage.document(
      parts,
      head: """
        <link rel="icon" href="data:,">
        <style>
        \(Stylesheet.text)\(LiveStylesheet.text)</style>
        <script src="\(Self.scriptPath)" defer></script>
        """,
      end: "<p id=\"course\" role=\"status\" data-course=\"\(name)\">\(words)</p>\n")
  }

  /// The page's script, and the path at which it asks for it.
  public static let script = LiveScript.text
  /// The path of the script.
  public static let scriptPath = "/live.js"

  /// What a page that is open has to know.
  public var event: String {
    JSONValue.object([
      ("title", .string(parts.title)), ("header", .string(parts.header)),
      ("contents", .string(parts.contents)), ("main", .string(parts.main)),
      ("footer", .string(parts.footer)), ("course", .string(name)), ("words", .string(words)),
    ]).text
  }

  /// The name of the course, for the style sheet.
  private var name: String {
    switch course {
    case .waiting, .running, .stopped: "running"
    case .done(status: 0, _): "done"
    case .done, .unreadable: "failed"
    }
  }

  /// The course as the page says it.
  private var words: String {
    if case .unreadable(let reason) = course { return Escaping.markup(reason) }
    return course.ending ?? "running …"
  }
}
