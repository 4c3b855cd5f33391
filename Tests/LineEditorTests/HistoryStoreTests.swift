import Glibc
import TestSupport
import Testing

@testable import LineEditor

/// A folder of its own, which is removed.
private func withFolder(_ body: (String) throws -> Void) throws {
  let folder = try TemporaryFolder()
  try body(folder.path)
}

private func append(_ text: String, to path: String) {
  let file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
  FileOutput.write(text, to: file)
  close(file)
}

@Suite struct HistoryStoreTests {
  @Test func keepsEntriesWhole() throws {
    try withFolder { folder in
      let path = folder + "/state/deep/history.jsonl"
      let store = HistoryStore(path: path)
      #expect(store.append("fn f() {\n  1\n}"))
      #expect(store.append("x = \"日本\""))
      #expect(HistoryStore(path: path).entries == ["fn f() {\n  1\n}", "x = \"日本\""])
    }
  }

  @Test func keepsNoneTwiceInARow() throws {
    try withFolder { folder in
      let path = folder + "/state/deep/history.jsonl"
      let store = HistoryStore(path: path)
      for entry in ["a", "a", "b", "  \n", "a"] { store.append(entry) }
      #expect(store.entries == ["a", "b", "a"])
      #expect(HistoryStore(path: path).entries == ["a", "b", "a"])
    }
  }

  /// Entries that failed are kept, and known.
  @Test func failuresAreNoted() throws {
    try withFolder { folder in
      let path = folder + "/history.jsonl"
      let store = HistoryStore(path: path)
      for entry in ["a", "b", "c\n\"\u{1}"] { store.append(entry) }
      store.noteFailure(of: "b")
      store.noteFailure(of: "c\n\"\u{1}")
      let read = HistoryStore(path: path)
      #expect(read.entries == store.entries && read.failed == ["b", "c\n\"\u{1}"])
      read.append("b")
      #expect(HistoryStore(path: path).failed == ["c\n\"\u{1}"])
    }
  }

  /// What is there without being a file neither blocks the session nor is written to.
  @Test func aPipeInItsPlaceIsLeftAlone() throws {
    try withFolder { folder in
      let path = folder + "/history.jsonl"
      try #require(mkfifo(path, 0o600) == 0)
      let store = HistoryStore(path: path)
      #expect(store.entries.isEmpty && !store.append("a") && store.entries == ["a"])
    }
  }

  @Test func entriesWithANULAreWholeEntries() throws {
    try withFolder { folder in
      let path = folder + "/history.jsonl"
      append("{\"time\":1,\"entry\":\"a\\u0000b\"}\n{\"time\":2,\"entry\":\"c\u{0}d\"}\n", to: path)
      #expect(HistoryStore(path: path).entries == ["ab", "cd"])
    }
  }

  @Test func twoSessionsShareAFile() throws {
    try withFolder { folder in
      let path = folder + "/state/deep/history.jsonl"
      let one = HistoryStore(path: path)
      let two = HistoryStore(path: path)
      one.append("a")
      two.append("b")
      one.append("c")
      #expect(HistoryStore(path: path).entries == ["a", "b", "c"])
    }
  }

  @Test func damagedLinesAreSkipped() throws {
    try withFolder { folder in
      let path = folder + "/state/deep/history.jsonl"
      HistoryStore(path: path).append("a")
      append("\u{0}\u{FF} nonsense\n{\"entry\":\"b\"}\n\n{\"entry\":\"cut of", to: path)
      let store = HistoryStore(path: path)
      #expect(store.entries == ["a", "b"])
      // What is added after a cut line is not lost with it.
      store.append("c")
      #expect(HistoryStore(path: path).entries == ["a", "b", "c"])
    }
  }

  @Test func anUnwritableFileIsSaid() throws {
    let store = HistoryStore(path: "/proc/none/history.jsonl")
    #expect(!store.append("a"))
    #expect(store.entries == ["a"])
  }

  @Test func knowsItsPlace() throws {
    let state = HistoryStore.standardPath { ["XDG_STATE_HOME": "/s", "HOME": "/h"][$0] }
    #expect(state == "/s/svmrepl/history.jsonl")
    #expect(
      HistoryStore.standardPath { ["HOME": "/h"][$0] } == "/h/.local/state/svmrepl/history.jsonl")
    #expect(HistoryStore.standardPath { _ in nil } == nil)
  }
}

@Suite struct HistoryBrowserTests {
  private let entries = ["load 1", "train a", "load 2", "fn f() {\n}", "train b"]

  @Test func walksBackAndForth() throws {
    var browser = HistoryBrowser()
    var now = EntryBuffer("")
    var seen: [String] = []
    while let older = browser.older(than: now, in: entries) {
      seen.append(older.string)
      now = older
    }
    #expect(seen == entries.reversed())
    seen = []
    while let newer = browser.newer(than: now, in: entries) {
      seen.append(newer.string)
      now = newer
    }
    #expect(seen == entries.dropFirst() + [""])
  }

  @Test func keepsToWhatStandsBeforeTheCursor() throws {
    var browser = HistoryBrowser()
    let draft = EntryBuffer("load")
    let first = browser.older(than: draft, in: entries)
    #expect(first?.string == "load 2")
    let second = browser.older(than: first ?? draft, in: entries)
    #expect(second?.string == "load 1")
    #expect(browser.older(than: second ?? draft, in: entries) == nil)
    #expect(browser.newer(than: second ?? draft, in: entries)?.string == "load 2")
  }

  @Test func anEditedEntryStartsAWalkOfItsOwn() throws {
    var browser = HistoryBrowser()
    let first = browser.older(than: EntryBuffer(""), in: entries)
    #expect(first?.string == "train b")
    let edited = EntryBuffer("train b", cursor: 5)
    #expect(!browser.isWalking(at: edited))
    #expect(browser.older(than: edited, in: entries)?.string == "train a")
  }
}
