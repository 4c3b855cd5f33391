import Interpreter
import Language
import Record
import Text

/// A run of a script from an empty session, with what each of its statements showed.
struct ScriptRun {
  /// How the script is run.
  struct Options {
    /// The forms that results are kept in, the best first; their text is kept beside them.
    var types: [MediaType] = []
    /// Whether all of these forms are kept, and not the best one only.
    var keepsAllTypes = false
    /// Whether an error at run time does not end the run.
    var keepsGoing = false
    /// Whether an ellipsis stands in the place of what differs from run to run.
    var omitsVolatileParts = false
    /// Values for the parameters of the script, by name.
    var parameters: [String: String] = [:]
    /// Shows the progress of long commands.
    var progress: (any ProgressDisplay)?
    /// Results of long statements; nil to run all.
    var cache: ResultCache?
    /// Called for what happens while it does.
    var observe: ((Happening) -> Void)?
    /// How many events of a statement are kept from its start, and how many from its end: a loop
    /// that floods needs no more memory than a page may have.
    var limit = Int.max
  }

  /// Something that a statement showed.
  enum Event {
    /// The forms of one result, the best first.
    case shown([Presentation.Form])
    /// A warning or an error.
    case diagnostic(Diagnostic)
    /// More than is kept.
    case omitted
  }

  /// Something that happens in a run.
  enum Happening {
    /// A statement begins, by its number.
    case begins(Int)
    /// A statement has shown something.
    case shows(Event, of: Int)
  }

  /// What each statement showed.
  let events: [[Event]]
  /// The number of the statement that ended the run before the end of the text, by an error or
  /// `quit`.
  let ended: Int?
  /// The exit status.
  let status: Int32
  /// The errors that were found before anything ran.
  let rejections: [Diagnostic]
  /// The seed of the session at its end.
  let seed: UInt64
  /// The files that it read, as they were then.
  let filesRead: [FileReads.Read]
  /// What its statements that failed had looked for.
  let pathsMissed: [String]

  /// Runs `source`, which has `count` statements, with the words of `catalog`.
  init(
    _ source: Source, statements count: Int, catalog: Vocabulary, options: Options = Options()
  ) {
    let collected = Collected(count, options)
    func add(_ forms: [Presentation.Form], _ display: Display) {
      collected.add(.shown(options.omitsVolatileParts ? Self.withoutVolatileParts(forms) : forms))
    }
    // The width and the characters of a pipe, whatever the terminal is.
    let session = Session(
      catalog: catalog, display: Display(),
      sink: options.keepsAllTypes
        ? Sink(collecting: options.types, show: add)
        : Sink(keepingTextBeside: options.types, show: add),
      report: { collected.add($0) })
    session.standardInputIsTaken = true
    session.parameterTexts = options.parameters
    session.progress = options.progress
    session.cache = options.cache
    let runner = ScriptRunner(session, keepGoing: options.keepsGoing) { collected.begin($0) }
    let status = runner.run(source)
    self.status = status
    events = collected.events.map(\.all)
    rejections = collected.rejections
    seed = session.seed
    filesRead = session.graph.filesRead
    pathsMissed = session.pathsMissed
    let stops = status > 1 && !options.keepsGoing
    ended = collected.statement.flatMap { stops || $0 < count - 1 ? $0 : nil }
  }

  private static func withoutVolatileParts(_ forms: [Presentation.Form]) -> [Presentation.Form] {
    for case .text(let text) in forms where text.hasVolatileParts {
      // The other forms have them, too.
      return [.text(text.withoutVolatileParts)]
    }
    return forms
  }

  /// What comes from the session while it runs.
  private final class Collected {
    var events: [EventList]
    var rejections: [Diagnostic] = []
    /// The statement that is running; nil before the first.
    private(set) var statement: Int?
    private let observe: ((Happening) -> Void)?

    init(_ count: Int, _ options: Options) {
      events = .init(repeating: EventList(limit: options.limit), count: count)
      observe = options.observe
    }

    func begin(_ statement: Int) {
      self.statement = statement
      observe?(.begins(statement))
    }

    func add(_ event: Event) {
      guard let statement else { return }
      events[statement].add(event)
      observe?(.shows(event, of: statement))
    }

    func add(_ diagnostic: Diagnostic) {
      guard statement != nil else { return rejections.append(diagnostic) }
      add(.diagnostic(diagnostic))
    }
  }
}
