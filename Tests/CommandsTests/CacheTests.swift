import Record
import TestSupport
import Testing

@testable import Commands
@testable import Interpreter

/// Scripts that run again with the results of the last run.
@Suite struct CacheTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The statements of a script that ran, and were not found.
  private func ran(_ script: String) -> [String] {
    let test = TestSession()
    let cache = ResultCache(Store(folder: folder("cache"), limit: nil) { _ in }, least: 0)
    var codes: [String] = []
    cache.hasLooked = { code, isFound in if !isFound { codes.append(code) } }
    test.session.cache = cache
    let run = test.run(script)
    #expect(run.status == 0, "\(run.report)")
    return codes
  }

  private static let lines = [
    "reg = 0.1", "steps = 5", "d = synth blobs n=60 d=3 classes=3 noise=0.4 seed=1",
    "d = standardize d", "fn weight(u) { return norm(u.W) * reg }",
    "m = train d iters=steps lr=0.1 seed=1", "o = train d iters=steps lr=0.2 reg=reg seed=1",
    "a = accuracy(m, d)", "b = weight(o)", "total = a + b",
  ]

  /// What depends on a line: found by reading the script, for each line that is changed.
  @Test(arguments: [
    (0, "reg = 0.2", [0, 6, 8, 9]), (1, "steps = 6", [1, 5, 6, 7, 8, 9]),
    (3, "d = center d", [3, 5, 6, 7, 8, 9]),
    (4, "fn weight(u) { return norm(u.W) + reg }", [4, 8, 9]),
    (7, "a = accuracy(o, d)", [7, 9]), (9, "total = a - b", [9]),
  ])
  func onlyWhatDependsOnALineRuns(changed: Int, to line: String, expected: [Int]) {
    var lines = Self.lines
    #expect(ran(lines.joined(separator: "\n")) == lines)
    #expect(ran("# Prose.\n" + lines.joined(separator: "\n\n")) == [])
    lines[changed] = line
    #expect(ran(lines.joined(separator: "\n")) == expected.map { lines[$0] })
    // Both are there now.
    #expect(ran(lines.joined(separator: "\n")) == [])
    #expect(ran(Self.lines.joined(separator: "\n")) == [])
  }
}
