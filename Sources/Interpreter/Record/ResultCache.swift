import Language
import LinearAlgebra
import Record
import Text

/// Results of statements that took longer than it takes to store them: what they assigned and what
/// they showed. A statement that would make the same, by the fingerprints of all that it reads, is
/// not run again.
public final class ResultCache {
  /// What a statement did.
  struct Result {
    var values: [(name: String, value: Value)] = []
    var shown: [Shown] = []
    var hasDrawn = false
    /// The files that it read, by their paths as they were given.
    var files: [String] = []
    /// The settings that it read.
    var settings: [String] = []
    /// The names that it read.
    var names: [String] = []
    /// Whether the statement did not come to its end.
    var isPartial = false
    /// The iteration at which it was interrupted, where as many give the same again.
    var iteration: Int?
    /// Why it gives another value each time; nil where it gives the same.
    var whyUnrepeatable: String?
    /// The expectations that it had.
    var expectations = Expectations()
    /// What it said once, and whether it was the first to.
    var news: [(key: String, isNews: Bool)] = []
  }

  /// Where a statement stands in a session.
  public struct Place {
    /// The number of its entry.
    public let entry: Int
    /// How many statements of the entry have ended, those among them that it ran from files.
    public private(set) var statement: Int

    /// The first statement of an entry.
    public init(entry: Int) {
      self.entry = entry
      statement = 0
    }

    /// Moves on to the next statement.
    mutating func moveOn() { statement += 1 }

    /// The place of a later statement of the entry.
    func moved(to statement: Int) -> Place {
      var place = self
      place.statement = statement
      return place
    }

    /// Where the result of the statement is in the store of a journal.
    var resultKey: Fingerprint { key(of: "statement of an entry") }

    /// Where its last checkpoint is; a later one takes its place.
    var checkpointKey: Fingerprint { key(of: "checkpoint of an entry") }

    private func key(of what: String) -> Fingerprint {
      var maker = FingerprintMaker()
      maker.add(what)
      maker.add(UInt64(entry))
      maker.add(UInt64(statement))
      return maker.finish()
    }
  }

  /// The place of the running statement, for results that can't be made again; nil outside of a
  /// session with a journal.
  public var place: Place?
  /// Whether the entries of an earlier session run again, to bring it back.
  public var isResuming = false
  /// The statement that was running when that session died: where it has not stored what it made,
  /// neither it runs nor those after it.
  public var unfinished: Place?
  /// Called before a statement that is not the first one of its entry.
  public var hasCome: ((Place) -> Void)?

  /// Called with the code of each statement, and whether its result was found, so that it does not
  /// run.
  var hasLooked: ((_ code: String, _ isFound: Bool) -> Void)?

  /// Something shown while a statement ran.
  enum Shown {
    case result([Presentation.Form])
    case warning(Diagnostic)
  }

  private let store: Store
  private let least: Double
  private let recent: RecentResults?

  /// A cache in a store, of results that took at least so many seconds.
  ///
  /// - Parameter recentBytes: the memory that the results of the last run may take beside it, for a
  ///   script that runs again after each change; nil to keep nothing in memory.
  public init(_ store: Store, least: Double = 0.02, recentBytes: Int? = nil) {
    self.store = store
    self.least = least
    recent = recentBytes.map { RecentResults(limit: $0) }
    FileChecksum.hashAhead()
  }

  /// Whether results of the last run are kept in memory.
  var keepsRecent: Bool { recent != nil }

  /// Ends a run of a script: results that neither it nor the last one that came to its end used are
  /// no longer kept in memory.
  public func endRun(isComplete: Bool) { recent?.endRun(isComplete: isComplete) }

  // MARK: Looking up

  /// The result of a statement that made the same before; nil where there is none.
  ///
  /// - Throws: `Interrupted`.
  func result(of opened: OpenStatement, in session: Session) throws -> Result? {
    if isResuming, let place, !opened.statement.isRunOfOthers,
      let stored = try read(place.resultKey, in: session)
    {
      return stored
    }
    guard let key = key(of: opened, in: session) else { return nil }
    func now(_ reading: String) -> Fingerprint? {
      session.presentFingerprint(of: reading)
    }
    if let known = recent?.result(for: key, in: session, now) { return known }
    let found = try store.result(for: key, now)
    guard let found else { return nil }
    return try read(found, in: session)
  }

  /// What the statement that was running when the session died had at its last checkpoint, which
  /// may be nothing, as a partial result; nil for the statements before it.
  func unfinishedResult(in session: Session) throws -> Result? {
    guard let place, let unfinished, place.entry == unfinished.entry,
      place.statement >= unfinished.statement
    else { return nil }
    return try read(place.checkpointKey, in: session) ?? Result(isPartial: true)
  }

  /// Notes that a statement begins.
  func begin() {
    if let place, place.statement > 0, !isResuming { hasCome?(place) }
  }

  private func read(_ key: Fingerprint, in session: Session) throws -> Result? {
    try store.read(key) { try Result(from: ValueReader($0, in: session)) }
  }

  // MARK: Storing

  /// Stores what a statement did, where that is worth it.
  ///
  /// - Parameter looks: what it looked for on disk beside the files that it read.
  /// - Throws: `Interrupted`.
  func keep(
    _ result: Result, of opened: OpenStatement, _ run: StatementRun, looks: [FileReads.Look],
    seconds: Double, in session: Session
  ) throws {
    let isAgain = run.ending == .complete || run.ending == .failed
    if !isAgain || run.whyUnrepeatable != nil {
      if !isResuming, let place { try write(result, place.resultKey) }
      if recent == nil { return }
    }
    guard run.ending == .complete, seconds >= least || recent != nil,
      let key = key(of: opened, in: session),
      let readings = try readings(of: run, looks, in: session)
    else { return }
    recent?.keep(result, for: key, reading: readings, seconds: seconds)
    // Times and expectations are taken anew in each run of the program.
    guard run.whyUnrepeatable == nil, !run.made.isEmpty,
      result.expectations.passed + result.expectations.failed == 0
    else { return }
    let most = max(seconds, 1e-3) * Self.bytesPerSecond
    let bytes = result.values.reduce(0) { $0 + $1.value.memoryBytes }
    guard seconds >= least, Double(bytes) <= most else { return }
    let made = Self.resultKey(key, readings)
    if try write(result, made, most: Int(most)) {
      try store.note(made, for: key, reading: readings)
    }
  }

  /// What a statement read, with the fingerprints; nil where something can't be made again.
  private func readings(
    of run: StatementRun, _ looks: [FileReads.Look], in session: Session
  ) throws -> [Store.Reading]? {
    var readings: [Store.Reading] = looks.map { ("look \($0.given)", $0.found) }
    for read in run.reads {
      guard let fingerprint = session.graph.fingerprint(of: read) else { return nil }
      switch session.graph[read].subject {
      case .name(let name): readings.append(("name \(name)", fingerprint))
      case .setting(let name): readings.append(("setting \(name)", fingerprint))
      case .seed: break
      case .file:
        guard let file = session.graph[read].file else { return nil }
        readings.append(("file \(file.given)", fingerprint))
      }
    }
    if run.hasDrawn { readings.append(("stream", Session.fingerprint(of: run.streams))) }
    return readings
  }

  /// Stores a result; false where it could not be, or takes more bytes than are worth it. A model
  /// has the data with it that it goes on with.
  @discardableResult
  private func write(_ result: Result, _ key: Fingerprint, most: Int = .max) throws -> Bool {
    let writer = ByteWriter()
    do {
      try writer.add(result)
    } catch let interrupted as Interrupted {
      throw interrupted
    } catch {
      // What can't be stored is made again.
      return false
    }
    return try writer.count <= most && store.write(key, writer)
  }

  /// Less than disks write.
  private static let bytesPerSecond = 300e6

  // MARK: Keys

  /// What is known of a statement before it runs; nil where it is not looked up.
  private func key(of opened: OpenStatement, in session: Session) -> Fingerprint? {
    let statement = opened.statement
    if statement.isRunOfOthers || statement.whyUnrepeatable != nil { return nil }
    var maker = FingerprintMaker()
    maker.add("svmrepl result 1")
    maker.add(statement.tokens)
    maker.add(Kernels.inForce)
    maker.add(statement.isSilent ? "silent" : "shown")
    let display = session.display
    maker.add(
      "\(display.width) \(display.height ?? -1) \(display.color) \(display.canvas) "
        + "\(display.digits) \(display.samplesAreColumns) \(display.wantsPictures) "
        + session.sink.types.map(\.name).joined(separator: " "))
    return maker.finish()
  }

  private static func resultKey(_ key: Fingerprint, _ readings: [Store.Reading]) -> Fingerprint {
    var maker = FingerprintMaker()
    maker.add(key)
    for reading in readings {
      maker.add(reading.name)
      maker.add(reading.fingerprint)
    }
    return maker.finish()
  }
}

extension Session {
  /// The fingerprint of something that a statement may read, by the name that the cache has for it;
  /// nil where it is not there.
  fileprivate func presentFingerprint(of reading: String) -> Fingerprint? {
    let parts = reading.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.count > 1 ? String(parts[1]) : ""
    switch parts[0] {
    case "name": return graph.current(.name(name)).flatMap { graph.fingerprint(of: $0) }
    case "setting": return settingContent(name)
    case "file": return try? FileChecksum.of(name)
    case "look": return FileReads.lookNow(at: name)
    case "stream": return open.last.map { Self.fingerprint(of: $0.streams) }
    default: return nil
    }
  }

  static func fingerprint(of streams: [StreamPlace]) -> Fingerprint {
    var maker = FingerprintMaker()
    for place in streams {
      maker.add(place.seed)
      maker.add(place.key)
      maker.add(place.count)
    }
    return maker.finish()
  }
}
