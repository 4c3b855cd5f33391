import Glibc
import LinearAlgebra
import Record
import TestSupport
import Testing

@testable import Commands
@testable import Interpreter

/// Random sessions beside a slow model, which follows every value down to what it was made from:
/// what is stale, the values after `refresh` and `undo`, and those that an exported script makes.
@Suite(.serialized) struct RandomSessionTests {
  /// SVMREPL_SESSIONS is the number of sessions of each seed.
  private static let sessionsOfEach =
    getenv("SVMREPL_SESSIONS").flatMap { Int(String(cString: $0)) } ?? 12

  @Test(arguments: 0..<12 as Range<UInt64>)
  func sessionsAgreeWithTheModel(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let folder = try TemporaryFolder(inMemory: true)
    var (exported, refused) = (0, 0)
    for session in 0..<Self.sessionsOfEach {
      try run(folder, &numbers, "seed \(seed), session \(session)", &exported, &refused)
    }
    #expect(exported > 0 && refused * 20 <= exported, "\(refused) of \(exported)")
  }

  /// A line of a session.
  private struct Line: CustomStringConvertible {
    var text: String
    /// What the file has from here on, in the place of a statement.
    var file: Int?
    /// The iterations after which it is interrupted.
    var stop: Int?

    var description: String {
      file.map { "# the file is \($0)" } ?? text + (stop.map { "  # stopped after \($0)" } ?? "")
    }

    /// Writes the file, or runs the statement; gives the status.
    @discardableResult
    func perform(in folder: TemporaryFolder, _ run: (String) -> Int32) throws -> Int32 {
      if let file {
        try folder.write("data.txt", "\(file)\n")
        return 0
      }
      return run(text)
    }
  }

  /// Ctrl-C after so many iterations.
  private final class Stop: ProgressDisplay {
    var after: Int?
    func begin(_ title: String, total: Int, unit: ProgressUnit) {}
    func update(step: Int, loss: Double?) { if step == after { Interruption.request() } }
    func end() { after = nil }
  }

  /// A session as at the prompt.
  private final class Prompt {
    let test = TestSession()
    var session: Session { test.session }
    var journal: SessionJournal?
    private let stop = Stop()

    init() {
      session.keepsOldValues = true
      session.progress = stop
    }

    /// Runs an entry.
    func run(_ line: Line) -> Int32 {
      stop.after = line.stop
      let number = journal?.next ?? 1
      journal?.willRun(line.text, number: number)
      let status = session.runEntry(line.text, number: number)
      journal?.ran(number: number, status: status, seconds: 0)
      return status
    }
  }

  private func run(
    _ folder: TemporaryFolder, _ numbers: inout SeededNumbers, _ name: String,
    _ exported: inout Int, _ refused: inout Int
  ) throws {
    let test = Prompt()
    var model = SessionModel(seed: 0)
    var lines: [Line] = []
    var shown: String { "\(name):\n\(lines.map(\.description).joined(separator: "\n"))" }
    func perform(_ line: Line) throws -> Int32 {
      lines.append(line)
      return try line.perform(in: folder) { _ in test.run(line) }
    }
    model.file = Int.random(in: 0..<10, using: &numbers)
    _ = try perform(Line(text: "", file: model.file))
    _ = try perform(Line(text: RandomStatement.data))
    for _ in 0..<Int.random(in: 5...40, using: &numbers) {
      switch Int.random(in: 0..<20, using: &numbers) {
      case 0:
        // Sometimes the same bytes again.
        model.file = Int.random(in: 0..<3, using: &numbers)
        _ = try perform(Line(text: "", file: model.file))
      case 1 where model.canUndo, 2 where model.canUndo:
        #expect(try perform(Line(text: "undo")) == 0, "\(shown)")
        model.undo()
      case 3, 4:
        let status = try perform(Line(text: "refresh"))
        #expect((status == 0) == model.refresh(nil), "\(shown)")
      case 5 where !model.numbers.isEmpty:
        let target = model.numbers.randomElement(using: &numbers) ?? ""
        let status = try perform(Line(text: "refresh \(target)"))
        #expect((status == 0) == model.refresh([target]), "\(shown)")
      default:
        let statement = model.anyStatement(&numbers)
        let line = Line(text: statement.text(file: folder("data.txt")), stop: statement.stop)
        #expect((try perform(line) == 0) == !statement.fails, "\(shown)")
        model.run(statement)
      }
      compare(test.session, &model, shown)
    }
    try checkCache(folder, lines, &model, shown)
    try checkResumption(folder, lines, &model, shown, &numbers)
    try checkScripts(test.session, model, shown, &exported, &refused)
  }

  /// Compares what is stale, and all values to the bit.
  private func compare(_ session: Session, _ model: inout SessionModel, _ shown: String) {
    #expect(Set(session.stale.map(\.name)) == model.stale, "\(shown)")
    for (variable, value) in model.values {
      let number = session.peek(variable)?.comparedNumber
      #expect(number?.bitPattern == value.bitPattern, "\(variable), \(shown)")
    }
    #expect(
      Set(session.assignedNames) == Set(model.present.keys).union(["D"]), "\(shown)")
  }

  /// The same lines give the same with a cache, when it is empty and when it has everything.
  private func checkCache(
    _ folder: TemporaryFolder, _ lines: [Line], _ model: inout SessionModel, _ shown: String
  ) throws {
    // What is found can't be interrupted.
    if lines.contains(where: { $0.stop != nil }) { return }
    for _ in 0..<2 {
      let again = Prompt()
      again.session.cache = ResultCache(
        Store(folder: folder("cache"), limit: nil) { _ in }, least: 0)
      for line in lines { try line.perform(in: folder) { _ in again.run(line) } }
      compare(again.session, &model, "with a cache, \(shown)")
    }
  }

  /// The same lines give the same where the process dies between two of them, and the session comes
  /// back. What was read of a file that has changed since does not.
  private func checkResumption(
    _ folder: TemporaryFolder, _ lines: [Line], _ model: inout SessionModel, _ shown: String,
    _ numbers: inout SeededNumbers
  ) throws {
    let changed = lines.dropFirst().firstIndex { $0.file != nil } ?? lines.count
    let cut = Int.random(in: 2...changed, using: &numbers)
    let journals = JournalFolder(path: folder("sessions"))
    let id: String
    do {
      let dies = Prompt()
      let journal = Journal(in: journals.path, version: "1") { _ in }
      dies.journal = SessionJournal(of: dies.session, journal, in: journals)
      for line in lines[..<cut] { try line.perform(in: folder) { _ in dies.run(line) } }
      id = journal.id
    }
    let again = Prompt()
    let (journal, contents) = try #require(
      journals.resume(id, version: "1") { _ in }, "died before \(lines[cut - 1]), \(shown)")
    let kept = SessionJournal(of: again.session, journal, in: journals)
    let restored = kept.bringBack(contents) { $0 }
    #expect(restored.differences == [] && restored.unfinished == nil, "\(cut), \(shown)")
    again.journal = kept
    for line in lines[cut...] { try line.perform(in: folder) { _ in again.run(line) } }
    compare(again.session, &model, "died before line \(cut), \(shown)")
    kept.end()
  }

  /// A script makes each value again, wherever it runs.
  private func checkScripts(
    _ session: Session, _ model: SessionModel, _ shown: String,
    _ exported: inout Int, _ refused: inout Int
  ) throws {
    for variable in model.numbers {
      exported += 1
      let script: String
      do {
        script = try session.script(making: [variable])
      } catch {
        // The file that it was read from is another one now; or, rarely, values that replaced each
        // other are needed at the same time.
        let words = Session.diagnostic(of: error).message
        if words.contains("one script") { refused += 1 }
        #expect(
          words.contains("one script") || model.dependsOnOldFile(variable),
          "\(variable): \(words), \(shown)")
        continue
      }
      let fresh = TestSession()
      fresh.run(script)
      let number = fresh.session.peek(variable)?.comparedNumber
      #expect(
        number?.bitPattern == model.values[variable]?.bitPattern,
        "\(variable) by\n\(script)\nof \(shown)")
      #expect(fresh.session.expectations.failed == 0)
    }
  }
}
