import Glibc
import Record
import TestSupport
import Testing

@testable import Commands
@testable import Interpreter

/// A session that comes back says which of its files have other bytes than it read.
@Suite struct ResumedFilesTests {
  private let folder: TemporaryFolder
  private let journals: JournalFolder

  init() throws {
    folder = try TemporaryFolder()
    journals = JournalFolder(path: folder("sessions"))
  }

  private func write(_ first: Int, rows: Int) throws -> String {
    let rows = String(repeating: "4,5,1\n", count: rows - 1)
    return try folder.write("x.csv", "\(first),3,0\n" + rows)
  }

  /// What is said of the files after a session that loaded one has died, and `change` was done.
  private func differences(rows: Int, settled: Bool = true, after change: () throws -> Void) throws
    -> [String]
  {
    let path = try write(2, rows: rows)
    if settled { usleep(150_000) }
    let id: String
    do {
      let test = TestSession()
      let journal = Journal(in: journals.path, version: "1") { _ in }
      let kept = SessionJournal(of: test.session, journal, in: journals)
      for (number, code) in [(1, "d = load \"\(path)\""), (2, "n = sha256(\"\(path)\")")] {
        kept.willRun(code, number: number)
        let status = test.session.runEntry(code, number: number)
        kept.ran(number: number, status: status, seconds: 0)
        #expect(status == 0)
      }
      id = journal.id
    }
    try change()
    let again = TestSession()
    let (journal, contents) = try #require(journals.resume(id, version: "1") { _ in })
    let kept = SessionJournal(of: again.session, journal, in: journals)
    defer { kept.end() }
    return kept.bringBack(contents) { $0 }.differences.map {
      $0.replacing(folder.path + "/", with: "")
    }
  }

  /// Small files are told by their bytes, others by their stamps, and where those are others by
  /// their bytes, too.
  @Test(arguments: [3, 20_000], [true, false])
  func unchanged(rows: Int, settled: Bool) throws {
    #expect(try differences(rows: rows, settled: settled) {} == [])
    #expect(try differences(rows: rows, settled: settled) { _ = try write(2, rows: rows) } == [])
  }

  @Test(arguments: [3, 20_000], [true, false])
  func changed(rows: Int, settled: Bool) throws {
    let path = folder("x.csv")
    let found = try differences(rows: rows, settled: settled) {
      var status = stat()
      #expect(stat(path, &status) == 0)
      _ = try write(9, rows: rows)
      // As an archive gives it back.
      var times = [status.st_mtim, status.st_mtim]
      #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
    }
    #expect(
      found == ["x.csv has changed since [1] read it", "x.csv has changed since [2] read it"])
  }
}
