import LineEditor
import Testing

@testable import svmrepl

/// Which words of an entry get which color.
@Suite struct HighlightTests {
  private func marks(_ entry: String) -> [String] {
    let bytes = Array(entry.utf8)
    return EntryHighlights(of: entry, verbs: ["train", "add-bias", "load", "print"]).all.map {
      "\($0.style):\(String(decoding: bytes[$0.range], as: UTF8.self))"
    }
  }

  @Test func words() {
    #expect(
      marks("m = train d.train lr=1e-7 class-weights=balanced # fast")
        == ["verb:train", "option:lr", "number:1e-7", "option:class-weights", "comment:# fast"])
    #expect(marks("add-bias d; x - bias") == ["verb:add-bias"])
    #expect(marks("return train d") == ["keyword:return", "verb:train"])
    #expect(
      marks("for i in x { load \"a\" }") == [
        "keyword:for", "keyword:in", "verb:load", "string:\"a\"",
      ])
    #expect(marks("f(train=1)") == ["number:1"])
    #expect(marks("x = m.train") == [])
    #expect(marks("a == 1") == ["number:1"])
    #expect(
      marks("timeit repeat=3 train d") == [
        "verb:timeit", "option:repeat", "number:3", "verb:train",
      ])
    #expect(marks("x = (1 +\nload \"a\"") == ["number:1", "verb:load", "string:\"a\""])
    #expect(marks("train d lr=") == ["verb:train", "option:lr"])
  }

  @Test func aVerbThatNobodyKnows() {
    #expect(marks("trian d") == ["unknown:trian"])
    #expect(marks("trian") == [])
    #expect(marks("x = 1\nlaod \"a\"") == ["number:1", "unknown:laod", "string:\"a\""])
  }

  /// In order, within the entry and apart, whatever is typed.
  @Test func placesAreRight() {
    for entry in [
      "", " ", "\"half", "\"\"\"raw", "x = (", "-", "a-", "a-b-", "日本 = 1", "= =", "return",
      "a-b if-b=1 (", "print \"{a-b",
    ] {
      var end = 0
      for highlight in EntryHighlights(of: entry, verbs: ["a-b"]).all {
        #expect(highlight.range.lowerBound >= end)
        end = highlight.range.upperBound
      }
      #expect(end <= entry.utf8.count)
    }
  }
}
