/// The text of a statement, as the record needs it.
public protocol RecordedStatement: AnyObject, Sendable {
  /// Its text, as it was written.
  var code: String { get }
  /// Its text without comments and with one blank between tokens: what its fingerprint is of.
  var tokens: String { get }
  /// Where it stands, as messages say it: `[12]`, `lesson.svm:7`.
  var place: String { get }
}

/// The random stream of a statement.
public struct StreamPlace: Hashable, Sendable {
  /// The seed of the session.
  public let seed: UInt64
  /// The first name that the statement assigns, or its verb.
  public let key: String
  /// How many statements with this key came before.
  public let count: UInt64

  /// The stream of a seed, a key and a count.
  public init(seed: UInt64, key: String, count: UInt64) {
    self.seed = seed
    self.key = key
    self.count = count
  }
}

/// How a statement ended.
public enum StatementEnding: Hashable, Sendable {
  case complete
  /// By an error, which comes again when the statement runs again.
  case failed
  /// By the user, after as many iterations of the command that it assigns.
  case interrupted(iteration: Int)
  /// By the user, at a moment that can't be found again.
  case interruptedSomewhere
}

/// A statement that ran: the recipe of the versions that it made.
public struct StatementRun: Sendable {
  /// What ran.
  public let statement: any RecordedStatement
  /// The versions that it read, by their subjects.
  public internal(set) var reads: [VersionID]
  /// The versions that it made.
  public internal(set) var made: [VersionID] = []
  /// The random streams that were its to draw from: its own, then those of the statements that it
  /// ran.
  public let streams: [StreamPlace]
  /// Whether it drew from them.
  public let hasDrawn: Bool
  /// How it ended.
  public let ending: StatementEnding
  /// Why it gives another value each time, as `timeit` does; nil where it gives the same.
  public let whyUnrepeatable: String?
  /// The variant of the arithmetic's innermost loops.
  public let kernel: String
  /// Whether that was chosen, and not what the machine has.
  public let isKernelChosen: Bool

  /// A statement with what it read.
  public init(
    _ statement: any RecordedStatement, reads: [VersionID], streams: [StreamPlace] = [],
    hasDrawn: Bool = false,
    ending: StatementEnding = .complete, whyUnrepeatable: String? = nil, kernel: String = "",
    isKernelChosen: Bool = false
  ) {
    self.statement = statement
    self.reads = reads
    self.streams = streams
    self.hasDrawn = hasDrawn
    self.ending = ending
    self.whyUnrepeatable = whyUnrepeatable
    self.kernel = kernel
    self.isKernelChosen = isKernelChosen
  }
}
