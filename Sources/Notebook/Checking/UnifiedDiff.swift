/// The changes of a file as `diff -u` writes them.
struct UnifiedDiff {
  private typealias Change = RecordedBlock.Change

  /// The lines around a change.
  private static let context = 3

  private var changes: [Change] = []

  /// The changes of some blocks, in the order of the file, which has these lines.
  init(_ lines: [String], _ blocks: [RecordedBlock]) {
    var next = 0
    for block in blocks {
      changes += lines[next..<block.start].map { .kept($0) }
      changes += block.changes
      next = block.start + block.lines.count
    }
    changes += lines[next...].map { .kept($0) }
  }

  /// The lines after the changes.
  var updated: [String] {
    changes.compactMap {
      switch $0 {
      case .kept(let line), .added(let line): line
      case .removed: nil
      }
    }
  }

  /// The text, with the file's name in its head; empty where nothing changes.
  func text(_ name: String) -> String {
    let places = changes.indices.filter { if case .kept = changes[$0] { false } else { true } }
    guard let first = places.first else { return "" }
    var hunks: [ClosedRange<Int>] = []
    var current = first...first
    for place in places.dropFirst() {
      if place - current.upperBound <= 2 * Self.context {
        current = current.lowerBound...place
      } else {
        hunks.append(current)
        current = place...place
      }
    }
    hunks.append(current)
    var text = "--- \(name)\n+++ \(name), as it is now\n"
    for hunk in hunks {
      let lower = max(hunk.lowerBound - Self.context, 0)
      let upper = min(hunk.upperBound + Self.context, changes.count - 1)
      let (oldStart, newStart) = (oldLines(..<lower), newLines(..<lower))
      let (old, new) = (oldLines(lower..<upper + 1), newLines(lower..<upper + 1))
      text += "@@ -\(place(oldStart, old)) +\(place(newStart, new)) @@\n"
      for change in changes[lower...upper] {
        switch change {
        case .kept(let line): text += " \(line)\n"
        case .removed(let line): text += "-\(line)\n"
        case .added(let line): text += "+\(line)\n"
        }
      }
    }
    return text
  }

  /// `12,4`: the first line, from 1, and how many; before the first, where there are none.
  private func place(_ before: Int, _ count: Int) -> String {
    count == 0 ? "\(before),0" : "\(before + 1),\(count)"
  }

  private func oldLines(_ range: some RangeExpression<Int>) -> Int {
    changes[range].reduce(0) { if case .added = $1 { $0 } else { $0 + 1 } }
  }

  private func newLines(_ range: some RangeExpression<Int>) -> Int {
    changes[range].reduce(0) { if case .removed = $1 { $0 } else { $0 + 1 } }
  }
}
