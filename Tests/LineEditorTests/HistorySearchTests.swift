import Testing

@testable import LineEditor

/// Searches against a plain walk through the entries.
@Suite struct HistorySearchTests {
  private let entries =
    (0..<10_000).map { "x\($0) = \($0 % 97)" } + ["train d", "train e", "train e2"]

  private func search(_ pattern: String, from draft: String = "draft") -> HistorySearch {
    var search = HistorySearch(EntryBuffer(draft), count: entries.count, isBackward: true)
    var typed = ""
    for character in pattern {
      typed.append(character)
      search.change(typed, in: entries)
    }
    return search
  }

  @Test func theNewestThatHasThePatternIsFirst() {
    #expect(search("train e").shown(in: entries).string == "train e2")
    // Ten thousand entries ago.
    let old = search("x0 =")
    #expect(old.isFound && old.shown(in: entries).string == "x0 = 0")
    #expect(search("in d").shown(in: entries).cursor == 3)
  }

  @Test func olderAndNewer() {
    var found = search("train")
    found.goOn(backward: true, in: entries)
    #expect(found.shown(in: entries).string == "train e")
    found.goOn(backward: true, in: entries)
    found.goOn(backward: true, in: entries)
    #expect(found.shown(in: entries).string == "train d", "the oldest stays")
    found.goOn(backward: false, in: entries)
    #expect(found.shown(in: entries).string == "train e")
  }

  @Test func whatNothingHasShowsTheDraft() {
    var none = search("trainz")
    #expect(!none.isFound && none.shown(in: entries).string == "draft")
    none.change("train", in: entries)
    #expect(none.isFound && none.shown(in: entries).string == "train e2")
    none.change("", in: entries)
    #expect(none.shown(in: entries).string == "draft")
  }
}
