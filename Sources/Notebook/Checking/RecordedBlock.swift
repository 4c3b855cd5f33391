/// The recorded output below one line of a script, and what is there now.
struct RecordedBlock {
  /// A line of the block after an update: kept, taken out or put in.
  enum Change: Equatable {
    case kept(String)
    case removed(String)
    case added(String)
  }

  /// Index of the file's line where the block begins, or would begin.
  var start: Int
  /// The lines of the file, marks included.
  var lines: [String]
  /// The recorded lines without their marks.
  var recorded: [String]
  var now: [RecordedRun.Line]
  var comparison: LineComparison
  /// What ends a line of the file before its line feed: CR, or nothing.
  var ending = ""

  /// Whether the output is as it was recorded.
  var agrees: Bool { comparison.agree(now, recorded) }

  /// The lines with those that differ replaced: as few as can be.
  var changes: [Change] {
    let fresh = now.map { line -> String in
      var text = line.text
      while text.last == " " { text.removeLast() }
      return (text.isEmpty ? "#>" : "#> " + text) + ending
    }
    // common[i][j]: how many lines agree of those from i and from j on, in order.
    let (n, m) = (recorded.count, now.count)
    guard n * m <= 1_000_000 else { return lines.map { .removed($0) } + fresh.map { .added($0) } }
    var common = [[Int]](repeating: .init(repeating: 0, count: m + 1), count: n + 1)
    var same = [[Bool]](repeating: .init(repeating: false, count: m), count: n)
    for i in stride(from: n - 1, through: 0, by: -1) {
      for j in stride(from: m - 1, through: 0, by: -1) {
        same[i][j] =
          !LineComparison.isAnything(recorded[i]) && comparison.agree(now[j], recorded[i])
        common[i][j] =
          same[i][j] ? common[i + 1][j + 1] + 1 : max(common[i + 1][j], common[i][j + 1])
      }
    }
    var result: [Change] = []
    var (i, j) = (0, 0)
    while i < n || j < m {
      if i < n, j < m, same[i][j] {
        result.append(.kept(lines[i]))
        (i, j) = (i + 1, j + 1)
      } else if i < n, j == m || common[i + 1][j] >= common[i][j + 1] {
        result.append(.removed(lines[i]))
        i += 1
      } else {
        result.append(.added(fresh[j]))
        j += 1
      }
    }
    return result
  }
}
