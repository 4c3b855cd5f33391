import Language
import Record
import Text

/// The entries of a session with what they showed, which make a script with recorded outputs.
struct Transcript {
  private struct Entry {
    let text: String
    let shown: [String]
    let status: Int32
    /// The statements that made something.
    let runs: [StatementRun]
  }

  private var entries: [Entry] = []

  /// The number of entries.
  var count: Int { entries.count }

  /// Adds an entry that has run.
  ///
  /// - Parameter shown: what it showed, errors among it.
  mutating func add(_ text: String, shown: [StyledText], status: Int32, runs: [StatementRun]) {
    let lines = shown.flatMap { text -> [String] in
      // What differs from run to run is not recorded.
      text.withoutVolatileParts.plain.split(separator: "\n", omittingEmptySubsequences: false).map(
        String.init)
    }
    entries.append(Entry(text: text, shown: lines, status: status, runs: runs))
  }

  /// The script. Entries that failed and changed nothing are comments.
  var script: String {
    var lines = ["## A session, as it was typed."]
    for entry in entries {
      lines.append("")
      let code = entry.text.split(separator: "\n", omittingEmptySubsequences: false)
      let failed = entry.status > 1
      if failed, entry.runs.isEmpty {
        lines += code.map { "# \($0)" } + entry.shown.map { "#   \($0)" }
        continue
      }
      if failed, let run = entry.runs.last, case .interrupted(let iteration) = run.ending {
        lines.append(run.statement.tokens + " stop-after=\(iteration)")
        continue
      }
      if failed {
        lines += ["try {"] + code.map { "  \($0)" } + ["} catch problem { }"]
        continue
      }
      lines += code.map(String.init)
      lines += entry.shown.map { $0.isEmpty ? "#>" : "#> \($0)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Session {
  /// The number of entries that the script of all of them has.
  public var entriesInScript: Int { transcript.count }

  /// A script of all entries with their recorded outputs.
  public var scriptOfEntries: String { transcript.script }

  /// Runs an entry and notes what it shows.
  func noting(_ text: String, _ run: () -> Int32) -> Int32 {
    guard keepsOldValues else { return run() }
    var shown: [StyledText] = []
    let (outerSink, outerReport) = (sink, report)
    sink = outerSink.noting { forms in
      for case .text(let text) in forms { shown.append(text) }
    }
    report = { diagnostic in
      shown.append(StyledText("\(diagnostic.severity.rawValue): \(diagnostic.message)"))
      outerReport(diagnostic)
    }
    defer { (sink, report) = (outerSink, outerReport) }
    let first = graph.nextRun
    let status = run()
    transcript.add(text, shown: shown, status: status, runs: graph.runs(from: first))
    return status
  }
}
