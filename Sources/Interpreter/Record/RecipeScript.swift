import Language
import Record
import Text

/// Writes the statements that made some values as a script that makes them again, to the same bits.
struct RecipeScript {
  private let session: Session
  private var lines: [String] = []
  /// The seed and counts that the script has come to; nil where that is not known.
  private var seed: UInt64? = 0
  private var counts: [String: UInt64] = [:]
  /// The kernel that the script has set; nil before.
  private var kernel: String?
  /// The files that were read, as their paths were given.
  private var files: [FileReads.Read] = []
  /// The files among them whose paths are written in the script.
  private var namedFiles: Set<String> = []

  /// The interrupted statements that are written as if they had come to their end, and those that
  /// went on with them.
  private let joined: JoinedRuns

  private init(_ session: Session, _ joined: JoinedRuns) {
    self.session = session
    self.joined = joined
  }

  /// The text of the script.
  ///
  /// - Throws: A `Failure` where the values can't be made again.
  static func text(making names: [String], in session: Session) throws -> String {
    let versions = try names.map { name in
      guard let version = session.graph.current(.name(name)) else {
        throw session.peek(name) == nil
          ? session.unknownName(name)
          : Failure("'\(name)' was not made by a statement of this session")
      }
      return version
    }
    let runs: [RunID]
    do {
      runs = try session.graph.slice(making: versions)
    } catch {
      throw Failure(
        "what \(session.graph[error.run].statement.place) read can't be made again in one script",
        help: "`save` writes the value itself")
    }
    var script = RecipeScript(session, JoinedRuns(session.graph, runs, making: versions))
    try script.addChecks(of: versions)
    for run in runs { try script.add(run) }
    let what =
      names.count == 1
      ? names[0] : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
    var head = ["## How \(what) \(names.count == 1 ? "was" : "were") made."]
    head += script.folderNote
    return (head + [""] + script.lines).joined(separator: "\n") + "\n"
  }

  // MARK: Files

  /// Checks that the files are those that were read.
  private mutating func addChecks(of versions: [VersionID]) throws {
    for id in session.graph.closure(of: versions) {
      guard let file = session.graph[id].file else { continue }
      guard let checksum = session.graph.checksum(of: id),
        session.graph.isAsRead(file: id)
      else {
        throw Failure(
          "'\(file.given)' is no longer the file that was read",
          help: "`refresh` reads it again")
      }
      files.append(file)
      lines.append(
        "expect sha256(\(Value.quoted(file.path))) == \"\(checksum.hex)\" "
          + "\(Value.quoted("\(file.given) is not the file that was read"))")
    }
  }

  /// The folder to run the script in, where a path can't be written from the root.
  private var folderNote: [String] {
    files.filter { !namedFiles.contains($0.path) && !$0.given.hasPrefix("/") }.map { file in
      let folder =
        file.path.hasSuffix("/" + file.given)
        ? String(file.path.dropLast(file.given.count + 1)) : file.path
      return "## It reads \(file.given): run it in \(folder)."
    }
  }

  /// The code with the paths of files written from the root.
  private mutating func withFullPaths(_ code: String) -> String {
    if files.isEmpty { return code }
    var result = code
    for (text, span) in Source(code, name: "").plainStrings.reversed() {
      guard let path = fullPath(text) else { continue }
      let bytes = Array(result.utf8)
      result =
        String(decoding: bytes[..<span.lower], as: UTF8.self) + Value.quoted(path)
        + String(decoding: bytes[span.upper...], as: UTF8.self)
    }
    return result
  }

  /// The path from the root of a file that was read by this path, or of a folder with such files.
  private mutating func fullPath(_ given: String) -> String? {
    if given.isEmpty { return nil }
    if let file = files.first(where: { $0.given == given }) {
      namedFiles.insert(file.path)
      return file.path
    }
    let folder = given.hasSuffix("/") ? given : given + "/"
    let inside = files.filter { $0.given.hasPrefix(folder) }
    guard let first = inside.first else { return nil }
    for file in inside { namedFiles.insert(file.path) }
    return String(first.path.dropLast(first.given.count - folder.count + 1))
  }

  // MARK: Statements

  private mutating func add(_ id: RunID) throws {
    let run = session.graph[id]
    if let (new, old) = joined.names[id] {
      if new != old { lines.append("\(new) = \(old)") }
      return
    }
    if let reason = run.whyUnrepeatable {
      throw Failure("\(run.statement.place) can't be made again: \(reason)")
    }
    if run.isKernelChosen || kernel != nil, run.kernel != kernel {
      lines.append("set kernel=\(run.kernel)")
      kernel = run.kernel
    }
    if run.hasDrawn { addSeed(run.streams) }
    var code = withFullPaths(run.statement.code)
    switch run.ending {
    case .complete: break
    case .failed: code = "try {\n\(code)\n} catch \(unusedName) { }"
    case .interrupted(let iteration):
      code = withFullPaths(run.statement.tokens) + " stop-after=\(iteration)"
    case .interruptedSomewhere where joined.isFinished(id): break
    case .interruptedSomewhere:
      throw Failure(
        "\(run.statement.place) was interrupted at a moment that can't be found again",
        help: "what `resume` makes of it in the end can be made again; `save` writes a value itself"
      )
    }
    if (run.statement as? RanStatement)?.isSilent == true { code += ";" }
    lines.append(code)
    for place in run.streams { counts[place.key, default: 0] += 1 }
    if run.made.contains(where: { session.graph[$0].subject == .seed }) { seed = nil }
  }

  /// A `seed` line, where the streams are not at these places already.
  private mutating func addSeed(_ places: [StreamPlace]) {
    guard let first = places.first else { return }
    // Later streams of one key go on by themselves.
    var starts: [String: UInt64] = [:]
    for place in places where starts[place.key] == nil { starts[place.key] = place.count }
    if seed == first.seed, starts.allSatisfy({ counts[$0.key, default: 0] == $0.value }) { return }
    let ahead = starts.filter { $0.value > 0 }.sorted { $0.key < $1.key }
    let streams = ahead.map { "\(Value.quoted($0.key)): \($0.value)" }.joined(separator: ", ")
    lines.append("seed \(first.seed)" + (ahead.isEmpty ? "" : " streams={\(streams)}"))
    seed = first.seed
    counts = starts
  }

  /// A name that no statement mentions.
  private var unusedName: String {
    var name = "problem"
    while session.graph.current(.name(name)) != nil { name += "_" }
    return name
  }
}

extension Session {
  /// A script that makes these names again, to the same bits: the statements that they were made
  /// by, with seeds, settings and the checksums of files.
  ///
  /// - Throws: A `Failure` where they can't be made again.
  public func script(making names: [String]) throws -> String {
    graph.lookAgain()
    return try RecipeScript.text(making: names, in: self)
  }
}
