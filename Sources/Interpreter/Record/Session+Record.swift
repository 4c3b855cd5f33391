import LinearAlgebra
import Record

extension Session {
  /// Begins a statement at top level. It gets a random stream of its own, made from the seed, its
  /// key, and how many statements with that key came before.
  ///
  /// - Parameter place: its stream where it runs again; nil for the next one of its key.
  func begin(_ statement: RanStatement, drawingFrom place: StreamPlace? = nil) -> OpenStatement {
    let stream: StreamPlace
    if let place {
      stream = place
    } else {
      let key = statement.streamKey
      stream = StreamPlace(seed: seed, key: key, count: streamCounts[key, default: 0])
    }
    var undo: UndoStep?
    if keepsOldValues, open.isEmpty { undo = UndoStep(statement, self) }
    if place == nil { streamCounts[stream.key] = stream.count + 1 }
    let outer = open.last
    let number = number(drawingFrom: stream)
    // What a statement in a block or function runs belongs to that statement.
    if let outer, !outer.statement.isRunOfOthers {
      outer.streams.append(stream)
      goOn(with: outer.number, presentStream)
      return outer
    }
    _ = FileReads.taken()
    graph.lookAgain()
    let opened = OpenStatement(statement, number: number, stream: stream)
    opened.undo = undo
    open.append(opened)
    for name in statement.assignedNames + ["_"] { willChange(variable(name)) }
    return opened
  }

  /// Notes, for each name that a statement assigned, the versions of what it read.
  ///
  /// - Returns: what it read and made; nil where it made nothing, which only a script wants to know
  ///   that runs again and again.
  @discardableResult
  func end(_ statement: OpenStatement, _ ending: StatementEnding) -> StatementRun? {
    open.removeLast()
    defer { closeStep(of: statement) }
    let number = statement.number
    var reads: [VersionID] = []
    var made: [(Subject, content: Fingerprint?)] = []
    for variable in variableOrder {
      let marks = variable.marks.pointee
      if marks.isRead(by: number), let version = graph.current(.name(variable.name)) {
        reads.append(version)
      }
      if marks.lastAssigned == number, variable.isAssigned {
        made.append((.name(variable.name), nil))
      }
    }
    let files = FileReads.taken()
    for name in statement.changedSettings.sorted() {
      made.append((.setting(name), settingContent(name)))
    }
    if statement.hasSeeded { made.append((.seed, Session.seedContent(seed))) }
    if made.isEmpty, !(cache?.keepsRecent ?? false) { return nil }
    for name in statement.settings.sorted() where !statement.changedSettings.contains(name) {
      reads.append(graph.version(of: .setting(name), content: settingContent(name)))
    }
    if statement.hasDrawn, let first = statement.streams.first {
      reads.append(graph.version(of: .seed, content: Session.seedContent(first.seed)))
    }
    reads += graph.versions(of: files)
    let run = StatementRun(
      statement.statement, reads: reads, streams: statement.streams,
      hasDrawn: statement.hasDrawn, ending: ending, whyUnrepeatable: statement.whyUnrepeatable,
      kernel: Kernels.inForce, isKernelChosen: Kernels.variant != "auto")
    if made.isEmpty { return run }
    let id = graph.add(run, making: made)
    return graph[id]
  }

  /// The names that a statement has read so far.
  func namesRead(by statement: OpenStatement) -> [String] {
    variableOrder.filter {
      $0.marks.pointee.isRead(by: statement.number) && graph.current(.name($0.name)) != nil
    }.map(\.name)
  }

  /// Notes that the running statement shows what the session is like, and not only what it reads.
  public func noteLookAtSession() { open.last?.looksAtSession = true }

  /// Notes that the running statement gives another value each time it runs.
  public func noteUnrepeatable(_ reason: String) { open.last?.whyUnrepeatable = reason }

  private static func seedContent(_ seed: UInt64) -> Fingerprint {
    var maker = FingerprintMaker()
    maker.add(seed)
    return maker.finish()
  }

  /// What a setting is, for the record.
  func settingContent(_ name: String) -> Fingerprint {
    var maker = FingerprintMaker()
    maker.add(name)
    if name == "digits" {
      maker.add(UInt64(display.digits))
    } else if let value = settings[name] {
      maker.add(value.literalText)
    }
    return maker.finish()
  }

  // MARK: Staleness

  /// The names that are stale, each with the first cause, in the order of their first mention.
  public var stale: [(name: String, cause: String)] {
    graph.lookAgain()
    let names = assignedNames.compactMap { name in
      graph.current(.name(name)).map { (name, $0) }
    }
    let reasons = graph.staleness(of: names.map(\.1))
    return names.compactMap { name, version in
      graph.cause(of: version, in: reasons).map { (name, words(for: $0)) }
    }
  }

  /// A cause in words: `reg changed at [12]`.
  func words(for cause: Staleness) -> String {
    switch cause {
    case .changed(_, let now):
      let version = graph[now]
      let what =
        switch version.subject {
        case .name(let name): name
        case .setting(let name): "the setting \(name)"
        case .seed: "the seed"
        case .file(let path): path
        }
      guard let run = version.run else { return "\(what) changed" }
      return "\(what) changed at \(graph[run].statement.place)"
    case .fileChanged(let path): return "\(path) changed on disk"
    case .fileVanished(let path): return "\(path) is no longer there"
    case .follows: return ""
    }
  }
}
