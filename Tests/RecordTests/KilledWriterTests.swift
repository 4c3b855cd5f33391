import Glibc
import TestSupport
import Testing

@testable import Record

/// Processes that write and are killed in the middle of it: what they said was written is there,
/// and whatever is there is whole.
@Suite(.serialized) struct KilledWriterTests {
  /// Tells the test program that it is a writer: what to write, and where.
  private static let variable = "SVMREPL_TEST_WRITER"
  /// `SVMREPL_KILLS` has another number.
  private static let kills =
    getenv("SVMREPL_KILLS").flatMap { Int(String(cString: $0)) } ?? 20

  private static func bytes(_ number: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 1000 + number % 7 * 20_000)
  }

  /// A record of the length that its number gives.
  private static func record(_ number: Int) -> JournalRecord {
    .entry(number: number, text: String(repeating: "x", count: number % 50 * 40))
  }

  /// The writer, which ends only by being killed. It says on its output what it has written.
  @Test(.enabled(if: getenv("SVMREPL_TEST_WRITER") != nil)) func write() throws {
    let words = String(cString: getenv(Self.variable)).split(separator: " ", maxSplits: 1)
    let folder = String(words[1])
    // When the parent is gone, nobody would kill it.
    alarm(120)
    if words[0] == "journal" {
      let journal = Journal(in: folder, version: "1") { _ in }
      for number in 1... {
        guard journal.append(Self.record(number)) else { exit(1) }
        say(number)
      }
    }
    let store = Store(folder: folder, limit: 600_000) { _ in }
    for number in 1... {
      guard try store.write(StoreTests.key(number % 20), StoreTests.writer(Self.bytes(number % 20)))
      else { exit(1) }
      say(number)
    }
  }

  private func say(_ number: Int) {
    var number = UInt32(number)
    _ = withUnsafeBytes(of: &number) { Glibc.write(3, $0.baseAddress, 4) }
  }

  /// Runs a writer, and kills it some time after its first word. `body` is called now and then
  /// while it runs. Gives its last word.
  private func kill(
    _ kind: String, in folder: String, after microseconds: UInt32, _ body: () throws -> Void = {}
  ) throws -> Int {
    var pipe: [Int32] = [0, 0]
    try #require(Glibc.pipe(&pipe) == 0)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let silence = open("/dev/null", O_RDWR)
    for stream: Int32 in 0..<3 { posix_spawn_file_actions_adddup2(&actions, silence, stream) }
    posix_spawn_file_actions_adddup2(&actions, pipe[1], 3)
    let words = [
      "/proc/self/exe", "--testing-library", "swift-testing", "--filter",
      "KilledWriterTests/write",
    ]
    let arguments = words.map { strdup($0) } + [nil]
    let settings = [strdup("\(Self.variable)=\(kind) \(folder)")]
    var environment: [UnsafeMutablePointer<CChar>?] = settings
    var next = environ
    while let setting = next.pointee {
      environment.append(setting)
      next += 1
    }
    environment.append(nil)
    defer { for text in arguments + settings { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(
      &process, "/proc/self/exe", &actions, nil, arguments, environment)
    try #require(code == 0)
    close(pipe[1])
    close(silence)
    defer { close(pipe[0]) }
    var word: UInt32 = 0
    var last =
      withUnsafeMutableBytes(of: &word) { read(pipe[0], $0.baseAddress, 4) } == 4
      ? Int(word) : 0
    for _ in 0..<4 {
      usleep(microseconds / 4)
      try body()
    }
    Glibc.kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    while withUnsafeMutableBytes(of: &word, { read(pipe[0], $0.baseAddress, 4) }) == 4 {
      last = Int(word)
    }
    #expect(last > 0, "the writer did not begin")
    return last
  }

  @Test func everyAcknowledgedRecordIsThere() throws {
    let folder = try TemporaryFolder()
    let journals = JournalFolder(path: folder("sessions"))
    var numbers = SeededNumbers(seed: 11)
    var seen: Set<String> = []
    for _ in 0..<Self.kills {
      let pause = UInt32.random(in: 0..<60_000, using: &numbers)
      let last = try kill("journal", in: folder("sessions"), after: pause) {
        #expect(journals.sessions.contains { $0.isAlive })
      }
      let died = try #require(journals.sessions.first { !seen.contains($0.id) })
      seen.insert(died.id)
      #expect(died.isDead)
      let contents = try #require(journals.contents(of: died.id))
      let entries = contents.records.dropFirst()
      #expect(entries.count >= last && entries.count <= last + 1)
      #expect(Array(entries) == (1...entries.count).map(Self.record))
      #expect(contents.damaged == 0)
      // It goes on, and nothing is lost.
      let (journal, _) = try #require(journals.resume(died.id, version: "1") { _ in })
      #expect(journal.append(Self.record(entries.count + 1)))
      journal.end()
      #expect(journals.contents(of: died.id)?.entries.count == entries.count + 1)
    }
  }

  @Test func whatIsInTheStoreIsWhole() throws {
    let folder = try TemporaryFolder()
    let store = Store(folder: folder("store"), limit: 600_000) { trouble in
      Issue.record("\(trouble)")
    }
    func check() throws {
      for number in 0..<20 {
        let found = try StoreTests.bytes(store, StoreTests.key(number))
        #expect(found == nil || found == Self.bytes(number))
      }
    }
    var numbers = SeededNumbers(seed: 12)
    for _ in 0..<Self.kills {
      let pause = UInt32.random(in: 0..<60_000, using: &numbers)
      _ = try kill("store", in: folder("store"), after: pause) {
        try check()
        // Two writers at once.
        let number = Int.random(in: 0..<20, using: &numbers)
        try store.write(StoreTests.key(number), StoreTests.writer(Self.bytes(number)))
      }
      try check()
    }
    #expect(store.contents().entries > 5)
  }
}
