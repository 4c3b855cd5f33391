import Interpreter
import Language
import LinearAlgebra
import Record
import Synchronization
import Text

/// A script that is being written. It runs again when its text changes, and what it shows so far
/// can be asked for at any time.
///
/// Each run begins from an empty session, as if nothing had been run before; what a statement made
/// is taken from the cache where all that it read is the same, so that only what depends on the
/// change runs.
public final class LiveNotebook: Sendable {
  /// How the script is run.
  public struct Options {
    /// Values for the parameters of the script, by name.
    public var parameters: [String: String] = [:]
    /// Results of statements of earlier runs.
    public var cache: ResultCache
    /// Shows the progress of long commands.
    public var progress: (any ProgressDisplay)?

    /// Runs with a cache.
    public init(cache: ResultCache) { self.cache = cache }
  }

  private let name: String
  private let catalog: Vocabulary
  private let facts: PageFacts
  private let options: UncheckedSendable<Options>
  private let didChange: @Sendable () -> Void
  private let state: Mutex<State>

  /// What is shown, and what is to run.
  private struct State: @unchecked Sendable {
    var text: LiveText
    var course = LivePage.Course.waiting
    /// The text that runs next; nil where it has begun.
    var next: String?
    var isAtWork = false
    /// The files that the last run has read, and their state since.
    var files: [(path: String, stamp: FileStamp?)] = []
    var isEnded = false
  }

  /// A script that does not run yet.
  ///
  /// - Parameters:
  ///   - name: the path of the script.
  ///   - didChange: called from another thread whenever there is something new to show.
  public init(
    name: String, catalog: Vocabulary, facts: PageFacts, options: Options,
    didChange: @escaping @Sendable () -> Void
  ) {
    self.name = name
    self.catalog = catalog
    self.facts = facts
    self.options = UncheckedSendable(options)
    self.didChange = didChange
    state = Mutex(State(text: LiveText(Source("", name: name), verbs: catalog.verbs)))
  }

  // MARK: Running

  /// Runs a text; what runs is stopped first.
  ///
  /// - Returns: false where the system refuses a thread.
  public func run(_ text: String) -> Bool {
    let begins = state.withLock { state -> Bool in
      guard !state.isEnded else { return false }
      state.next = text
      state.course = .waiting
      if state.isAtWork { Interruption.request() }
      defer { state.isAtWork = true }
      return !state.isAtWork
    }
    guard begins else { return true }
    let started = BackgroundThread.start { [self] in runAll() }
    if !started { state.withLock { $0.isAtWork = false } }
    return started
  }

  /// Stops what runs. Nothing runs after it.
  public func end() {
    state.withLock { state in
      state.isEnded = true
      state.next = nil
      if state.isAtWork { Interruption.request() }
    }
  }

  /// Runs texts until there is no newer one.
  private func runAll() {
    while true {
      let text = state.withLock { state -> String? in
        guard let text = state.next else {
          state.isAtWork = false
          return nil
        }
        state.next = nil
        Interruption.clear()
        return text
      }
      guard let text else { return }
      run(once: text)
    }
  }

  private func run(once text: String) {
    let watch = Stopwatch()
    let writes = FileWrites.count
    let former = state.withLock { $0.text }
    let present = LiveText(Source(text, name: name), verbs: catalog.verbs, after: former)
    change { state in
      state.text = present
      state.course = .running
    }
    var options = ScriptRun.Options(
      types: NotebookExport.types(.html), parameters: self.options.value.parameters,
      progress: self.options.value.progress, cache: self.options.value.cache,
      limit: CellOutput.lineLimit)
    options.observe = { [self] happening in change { $0.text.note(happening) } }
    let run = ScriptRun(
      present.source, statements: present.statementCount, catalog: catalog, options: options)
    // What a script writes itself is not another's change.
    let hasWritten = FileWrites.count != writes
    let files =
      run.filesRead.map { ($0.path, hasWritten ? FileStamp(of: $0.path) : $0.stamp) }
      + run.pathsMissed.map { ($0, FileStamp(of: $0)) }
    let isStopped = run.status == Diagnostic.Category.interrupted.exitStatus
    self.options.value.cache.endRun(isComplete: run.status == 0)
    change { state in
      state.text.end(run)
      state.files = files
      state.course =
        isStopped ? .stopped : .done(status: run.status, seconds: watch.seconds)
    }
  }

  private func change(_ body: (inout State) -> Void) {
    state.withLock { body(&$0) }
    didChange()
  }

  // MARK: Showing

  /// How far the run is.
  public var course: LivePage.Course { state.withLock { $0.course } }

  /// Whether a file that the last run has read is another one now.
  public var hasChangedFiles: Bool {
    let files = state.withLock { $0.files }
    return files.contains { FileStamp(of: $0.path) != $0.stamp }
  }

  /// Whether something runs, or is going to.
  public var isAtWork: Bool { state.withLock { $0.isAtWork } }

  /// The page as it is now.
  public func page() -> LivePage {
    let (text, course) = state.withLock { ($0.text, $0.course) }
    let file = Escaping.markup(ScriptNotebook.fileName(name))
    let parameters = options.value.parameters.sorted { $0.key < $1.key }.map { name, value in
      Escaping.markup("\(name)=\(Escaping.visible(value))")
    }
    let notebook = text.notebook(catalog)
    let page = HTMLPage(
      notebook,
      footer: ["\(file) by svmrepl \(Escaping.markup(facts.version))"] + parameters + [
        "\(Escaping.markup(facts.kernel)) kernels"
      ])
    return LivePage(parts: page.parts, course: course, remarks: page.remarks)
  }
}
