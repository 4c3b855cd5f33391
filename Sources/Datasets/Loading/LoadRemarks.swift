import Synchronization

/// What a reader has to say about a source that it could read: how it took the text, and what may
/// surprise.
public final class LoadRemarks: Sendable {
  /// A sentence without a full stop.
  public struct Warning: Sendable, Equatable {
    /// The sentence.
    public let message: String
    /// What helps.
    public let help: String

    /// A warning and its way out.
    public init(_ message: String, help: String) {
      self.message = message
      self.help = help
    }
  }

  private struct Held {
    var notes: [String] = []
    var warnings: [Warning] = []
    var hasIndexZero = false
  }

  private let held = Mutex(Held())

  /// No remarks.
  public init() {}

  /// How the source was taken, for a report: one line each.
  public var notes: [String] { held.withLock { $0.notes } }

  /// What may surprise.
  public var warnings: [Warning] { held.withLock { $0.warnings } }

  /// Adds a line to the report, once.
  func note(_ text: String) {
    held.withLock { if !$0.notes.contains(text) { $0.notes.append(text) } }
  }

  /// Adds a warning, once.
  func warn(_ message: String, help: String) {
    let warning = Warning(message, help: help)
    held.withLock { if !$0.warnings.contains(warning) { $0.warnings.append(warning) } }
  }

  /// Whether indices of LIBSVM's text count from 0.
  var hasIndexZero: Bool { held.withLock { $0.hasIndexZero } }

  /// Notes that indices of LIBSVM's text count from 0.
  func foundIndexZero() { held.withLock { $0.hasIndexZero = true } }

  /// Adds the remarks of a part, with its name before them.
  func include(_ part: LoadRemarks, of name: String?) {
    let prefix = name.map { "\($0): " } ?? ""
    // What is the same in both parts is said once.
    for note in part.notes where !notes.contains(note) { self.note(prefix + note) }
    for warning in part.warnings { warn(prefix + warning.message, help: warning.help) }
  }
}
