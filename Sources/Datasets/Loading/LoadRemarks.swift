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

  private let held = Mutex<(notes: [String], warnings: [Warning])>(([], []))

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
}
