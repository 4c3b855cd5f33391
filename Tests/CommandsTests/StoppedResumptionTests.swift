import LinearAlgebra
import Record
import TestSupport
import Testing

@testable import Commands
@testable import Interpreter

/// Ctrl-C while a session is brought back.
@Suite struct StoppedResumptionTests {
  private static let entries = ["a = 1", "b = a + 1", "c = b + 1", "d = c + 1"]

  private let folder: TemporaryFolder
  private let journals: JournalFolder

  init() throws {
    folder = try TemporaryFolder()
    journals = JournalFolder(path: folder("sessions"))
  }

  /// Runs entries from here on.
  private func run(_ entries: [String], _ test: TestSession, _ journal: SessionJournal) {
    for code in entries {
      let number = journal.next
      journal.willRun(code, number: number)
      let status = test.session.runEntry(code, number: number)
      journal.ran(number: number, status: status, seconds: 0)
    }
  }

  /// Brings a session back, which is stopped when it comes to an entry.
  private func back(
    _ id: String, stop: String? = nil,
    _ body: (TestSession, SessionJournal, RestoredSession) -> Void
  ) throws {
    let test = TestSession()
    let (journal, contents) = try #require(journals.resume(id, version: "1") { _ in })
    let kept = SessionJournal(of: test.session, journal, in: journals)
    let restored = kept.bringBack(contents) { text in
      if text == stop { Interruption.request() }
      return text
    }
    #expect(!Interruption.isRequested)
    body(test, kept, restored)
  }

  @Test(arguments: 0..<4) func stoppedAtAnEntry(place: Int) throws {
    let id: String
    do {
      let test = TestSession()
      let journal = Journal(in: journals.path, version: "1") { _ in }
      run(Self.entries, test, SessionJournal(of: test.session, journal, in: journals))
      id = journal.id
    }
    try back(id, stop: Self.entries[place]) { test, journal, restored in
      #expect(restored.entries == place && restored.entriesOfJournal == 4)
      #expect(restored.stopped?.number == place + 1)
      #expect(restored.differences == [])
      #expect(test.session.assignedNames == Array(["a", "b", "c", "d"].prefix(place)))
      // What comes now has a number of its own.
      run(["e = 7"], test, journal)
      #expect(test.session.entries.map(\.number) == Array(1..<place + 2) + [5])
    }
    try back(id) { test, _, restored in
      #expect(restored.entries == 5 && restored.stopped == nil && restored.differences == [])
      #expect(test.session.peek("d")?.comparedNumber == 4)
      #expect(test.session.peek("e")?.comparedNumber == 7)
    }
  }
}
