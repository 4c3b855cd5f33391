import Glibc
import TestSupport
import Testing

@testable import Record

/// What a journal was told is there, whatever happened to the process or to its file.
@Suite struct JournalTests {
  private let folder: TemporaryFolder
  private let journals: JournalFolder
  private let reports = StoreTests.Reports()

  init() throws {
    folder = try TemporaryFolder()
    journals = JournalFolder(path: folder("state/sessions"))
  }

  private func journal() -> Journal {
    Journal(in: journals.path, version: "1") { [reports] in reports.add($0) }
  }

  private static let records: [JournalRecord] = [
    .entry(number: 1, text: "x = \"ä\\n→\"\nif x { }\r\t\u{0}"),
    .outcome(entry: 1, status: 0, seconds: 0.1),
    .note(kind: "settings", text: "{}"), .entry(number: 2, text: ""),
    .outcome(entry: 2, status: 130, seconds: 1e-9),
    .entry(number: 3, text: String(repeating: "long ", count: 30_000)),
  ]

  /// The records without those that say that the session began.
  private func told(_ contents: JournalContents?) -> [JournalRecord] {
    (contents?.records ?? []).filter { if case .begin = $0 { false } else { true } }
  }

  @Test(arguments: [Journal.Urgency.now, .later])
  func whatIsToldIsThere(urgency: Journal.Urgency) throws {
    let journal = journal()
    #expect(journals.sessions.isEmpty, "nothing is made before the first record")
    for record in Self.records { #expect(journal.append(record, urgency)) }
    #expect(journals.sessions.map(\.id) == [journal.id])
    #expect(journals.sessions[0].isAlive && !journals.sessions[0].isDead)
    let contents = try #require(journals.contents(of: journal.id))
    #expect(told(contents) == Self.records)
    #expect(contents.damaged == 0 && !contents.endsTorn && !contents.isEnded)
    #expect(contents.entries.map(\.number) == [1, 2, 3])
    guard case .begin(let version, let process, let place, _) = contents.records[0] else {
      return #expect(Bool(false))
    }
    #expect(version == "1" && process == Int(getpid()) && place.hasPrefix("/"))
    journal.end()
    #expect(journals.sessions.map(\.isEnded) == [true] && !journals.sessions[0].isAlive)
    #expect(journals.contents(of: journal.id)?.isEnded == true)
    #expect(reports.all.isEmpty)
  }

  @Test func aSessionWithoutEntriesLeavesNothing() {
    journal().end()
    #expect(journals.sessions.isEmpty)
    #expect(folder.names.isEmpty)
  }

  @Test func dearValuesAreBesideIt() throws {
    let journal = journal()
    journal.append(Self.records[0])
    #expect(try journal.values.write(StoreTests.key(1), StoreTests.writer([1, 2])))
    #expect(try journal.values.write(StoreTests.key(1), StoreTests.writer([3])))
    #expect(try StoreTests.bytes(journal.values, StoreTests.key(1)) == [3])
  }

  // MARK: Sessions that died

  /// A session that died goes on in the same journal, once.
  @Test func whatDiedGoesOn() throws {
    let id: String
    do {
      let died = journal()
      for record in Self.records.prefix(3) { died.append(record) }
      try died.values.write(StoreTests.key(1), StoreTests.writer([1, 2]))
      id = died.id
      #expect(journals.resume(id, version: "2", report: { _ in }) == nil, "it still runs")
    }
    #expect(journals.sessions.map(\.isDead) == [true])
    // A line that was cut off, as by a crash.
    try appendBytes(Array("0123456789abcdef {\"entry\":2,".utf8), to: id)
    let found = journals.resume(id, version: "2") { [reports] in reports.add($0) }
    let (journal, contents) = try #require(found)
    #expect(told(contents) == Array(Self.records.prefix(3)) && contents.endsTorn)
    #expect(journals.resume(id, version: "2", report: { _ in }) == nil)
    #expect(try StoreTests.bytes(journal.values, StoreTests.key(1)) == [1, 2])
    for record in Self.records.dropFirst(3) { #expect(journal.append(record)) }
    journal.end()
    let whole = try #require(journals.contents(of: id))
    #expect(told(whole) == Self.records + [.end])
    #expect(whole.damaged == 1, "the line that was cut off")
    #expect(reports.all.isEmpty)
  }

  private func appendBytes(_ bytes: [UInt8], to id: String) throws {
    let name = "state/sessions/\(id)/journal"
    try folder.write(name, TemporaryFolder.bytes(folder(name)) + bytes)
  }

  @Test func twoSessionsAtOnce() {
    let (a, b) = (journal(), journal())
    a.append(Self.records[0])
    b.append(Self.records[1])
    #expect(a.id != b.id && journals.sessions.map(\.id).sorted() == [a.id, b.id].sorted())
    #expect(told(journals.contents(of: a.id)) == [Self.records[0]])
    #expect(told(journals.contents(of: b.id)) == [Self.records[1]])
  }

  @Test(arguments: ["", ".", "..", "../x", "a/b", "a\0b", "none"])
  func namesThatAreNone(id: String) {
    journal().append(Self.records[0])
    #expect(journals.contents(of: id) == nil)
    #expect(journals.resume(id, version: "1", report: { _ in }) == nil)
  }

  // MARK: Damage

  private var small: [UInt8] {
    ([.begin(version: "1", process: 1, folder: "/", time: "")] + Self.records.prefix(5)).flatMap {
      JournalLine.bytes(of: $0)
    }
  }

  @Test func cutOffAtEveryByte() {
    let whole = JournalContents(small).records
    #expect(whole.count == 6)
    var lines = 0
    for end in 0...small.count {
      let contents = JournalContents(Array(small[..<end]))
      if end > 0, small[end - 1] == 0x0A { lines += 1 }
      #expect(contents.records == Array(whole.prefix(lines)))
      #expect(contents.damaged == 0)
      #expect(contents.endsTorn == (end > 0 && small[end - 1] != 0x0A))
    }
  }

  /// Each byte damaged costs the record of its line, or of two lines where it was the end of one.
  @Test func damagedInEveryByte() {
    let whole = JournalContents(small).records
    var line = 0
    for place in small.indices {
      for value: UInt8 in [0, 0x0A, small[place] ^ 1, 0xFF] where value != small[place] {
        var bytes = small
        bytes[place] = value
        let contents = JournalContents(bytes)
        let isEnd = small[place] == 0x0A
        let lost = isEnd && line + 1 < whole.count ? 2 : 1
        var left = whole
        left.removeSubrange(line..<line + lost)
        #expect(contents.records == left, "byte \(place)")
        #expect(contents.damaged + (contents.endsTorn ? 1 : 0) >= 1)
      }
      if small[place] == 0x0A { line += 1 }
    }
  }

  @Test func randomBytesAreNoRecords() {
    var numbers = SeededNumbers(seed: 3)
    for _ in 0..<500 {
      let bytes = (0..<300).map { _ in
        Bool.random(using: &numbers) ? 0x0A : UInt8.random(in: 0...255, using: &numbers)
      }
      #expect(JournalContents(bytes).records.isEmpty)
    }
    // Lines with a sum that holds, and JSON that is no record.
    for text in [
      "", "null", "[]", "{}", "{\"entry\":1}", "{\"entry\":1.5,\"text\":\"\"}", "{\"new\":1}",
      "{\"outcome\":1,\"status\":0}", "{\"outcome\":1,\"status\":\"0\",\"seconds\":1}",
      "{\"entry\":1e300,\"text\":\"\"}",
      "{\"outcome\":0.5,\"status\":0,\"seconds\":1}",
    ] {
      var maker = FingerprintMaker()
      Array(text.utf8).withUnsafeBytes { maker.add(raw: $0) }
      let line = "\(maker.finish().hex.prefix(16)) \(text)"
      #expect(JournalLine.record(Array(line.utf8)) == nil, "\(text)")
    }
  }

  // MARK: Faults

  @Test func faultsAreReportedOnceAndTheSessionGoesOn() throws {
    try folder.write("file", "not a folder")
    for place in [folder("file"), folder("file/x"), "/proc/none", nil] {
      let reports = StoreTests.Reports()
      let journal = Journal(in: place, version: "1") { reports.add($0) }
      for record in Self.records { #expect(!journal.append(record)) }
      journal.end()
      #expect(reports.all.map(\.folder) == [place])
    }
  }

  /// A full disk: what was accepted stays, and nothing of the record that did not fit.
  @Test func aFullDisk() throws {
    folder.makeFolder("small")
    guard mount("tmpfs", folder("small"), "tmpfs", 0, "size=64k") == 0 else { return }
    defer { umount(folder("small")) }
    let id: String
    do {
      let journal = Journal(in: folder("small"), version: "1") { [reports] in reports.add($0) }
      for record in Self.records.prefix(5) { #expect(journal.append(record)) }
      #expect(!journal.append(Self.records[5]))
      #expect(!journal.append(Self.records[0]), "it has ended")
      id = journal.id
    }
    #expect(reports.all.map(\.reason) == ["No space left on device"])
    let contents = JournalFolder(path: folder("small")).contents(of: id)
    #expect(told(contents) == Array(Self.records.prefix(5)))
    #expect(contents?.endsTorn == false && contents?.damaged == 0)
  }

  // MARK: How long they are kept

  @Test func theRuleForKeeping() throws {
    func make(_ id: String, isEnded: Bool, daysOld: Int) throws {
      folder.makeFolder("state")
      folder.makeFolder("state/sessions")
      folder.makeFolder("state/sessions/\(id)")
      var bytes = JournalLine.bytes(of: .entry(number: 1, text: id))
      if isEnded { bytes += JournalLine.bytes(of: .end) }
      let path = try folder.write("state/sessions/\(id)/journal", bytes)
      let then = time(nil) - daysOld * 86_400
      var times = [timespec(tv_sec: then, tv_nsec: 0), timespec(tv_sec: then, tv_nsec: 0)]
      utimensat(AT_FDCWD, path, &times, 0)
      let store = Store(folder: folder("state/sessions/\(id)/values"), limit: nil) { _ in }
      try store.write(StoreTests.key(1), StoreTests.writer([1]))
    }
    for i in 10..<35 { try make("2026\(i)-ended", isEnded: true, daysOld: 40 - i) }
    for i in 100..<215 { try make("2025\(i)-dead", isEnded: false, daysOld: 400 - i) }
    let living = journal()
    living.append(.end)
    journals.tidy()
    let left = journals.sessions
    // 30 days: 2026-10 is 30 days old, and goes by the last 20 anyway.
    #expect(left.filter { $0.id.hasSuffix("ended") }.map(\.id).last == "202615-ended")
    #expect(left.count { $0.id.hasSuffix("ended") } == 20)
    #expect(left.count { $0.id.hasSuffix("dead") } == 100)
    #expect(left.filter { $0.id.hasSuffix("dead") }.map(\.id).last == "2025115-dead")
    #expect(left.contains { $0.id == living.id })
    #expect(Set(folder.names(in: "state/sessions")) == Set(left.map(\.id)), "nothing else is left")
  }

  @Test func oldOnesThatEndedGo() throws {
    let (old, new) = (journal(), journal())
    for journal in [old, new] {
      journal.append(Self.records[0])
      journal.end()
    }
    var times = [timespec(tv_sec: 1000, tv_nsec: 0), timespec(tv_sec: 1000, tv_nsec: 0)]
    utimensat(AT_FDCWD, folder("state/sessions/\(old.id)/journal"), &times, 0)
    journals.tidy()
    #expect(journals.sessions.map(\.id) == [new.id])
  }

  /// What a session finds when it begins takes as long however long the old journals are: these
  /// have a terabyte each, of holes, which nobody reads in a minute.
  @Test(.timeLimit(.minutes(1))) func oldJournalsAreNotReadThrough() throws {
    folder.makeFolder("state")
    folder.makeFolder("state/sessions")
    for (id, ending) in [("a", JournalRecord.end), ("b", .entry(number: 1, text: "x = 1"))] {
      folder.makeFolder("state/sessions/\(id)")
      let path = try folder.write("state/sessions/\(id)/journal", "")
      #expect(truncate(path, 1 << 40) == 0)
      let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
      defer { close(descriptor) }
      let bytes = Array("\n".utf8) + JournalLine.bytes(of: ending)
      #expect(write(descriptor, bytes, bytes.count) == bytes.count)
    }
    let new = journal()
    #expect(new.append(Self.records[0]))
    let others = journals.sessions.filter { $0.id != new.id }
    #expect(others.map(\.id) == ["b", "a"])
    #expect(others.map(\.isEnded) == [false, true])
  }
}

extension TemporaryFolder {
  /// The names in a folder of it.
  func names(in name: String) -> [String] { Folder.names(in: self(name)) }
}
