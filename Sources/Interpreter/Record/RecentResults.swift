import Record

/// Results of statements in memory, for a script that runs again after each change: those of the
/// last run that came to its end, and of the one after it. Their values are shared, not copied.
final class RecentResults {
  /// A result, and what its statement read.
  private struct Entry {
    var readings: [Store.Reading]
    var result: ResultCache.Result
    /// The time that it took to make.
    var seconds: Double
    /// The memory of its values.
    var bytes: Int
    /// Whether the present run made or took it.
    var isUsed = true
    /// Whether the last run that came to its end did.
    var isKept = false

    var secondsPerByte: Double { seconds / Double(max(bytes, 1)) }
  }

  private var entries: [Fingerprint: [Entry]] = [:]
  /// The memory that the values may take; what was made fastest goes first.
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// The result of a statement that read the same; nil where there is none.
  ///
  /// - Parameters:
  ///   - key: what is known of the statement before it runs.
  ///   - now: the fingerprint that something has now; nil where it is not there.
  func result(
    for key: Fingerprint, in session: Session, _ now: (String) throws -> Fingerprint?
  ) rethrows -> ResultCache.Result? {
    guard let known = entries[key] else { return nil }
    let place = try known.firstIndex { entry in
      let saysTheSame = entry.result.news.allSatisfy { session.wouldBeNews($0.key) == $0.isNews }
      return try saysTheSame
        && entry.readings.allSatisfy { try now($0.name) == $0.fingerprint }
    }
    guard let place else { return nil }
    entries[key]?[place].isUsed = true
    return known[place].result
  }

  /// Keeps a result. One whose warnings have a place in the text is not kept, since that moves; nor
  /// are functions, whose errors have one.
  func keep(
    _ result: ResultCache.Result, for key: Fingerprint, reading readings: [Store.Reading],
    seconds: Double
  ) {
    let isPlaced = result.shown.contains {
      if case .warning(let diagnostic) = $0 { diagnostic.span != nil } else { false }
    }
    guard !isPlaced, !result.values.contains(where: { $0.value.hasFunction }) else { return }
    let bytes = result.values.reduce(0) { $0 + $1.value.memoryBytes }
    entries[key, default: []].append(
      Entry(readings: readings, result: result, seconds: seconds, bytes: bytes))
  }

  /// Ends a run: what neither it nor the last one that came to its end has used is forgotten.
  func endRun(isComplete: Bool) {
    for (key, list) in entries {
      let rest = list.compactMap { entry -> Entry? in
        var entry = entry
        if isComplete { entry.isKept = entry.isUsed }
        defer { entry.isUsed = false }
        return entry.isKept || entry.isUsed ? entry : nil
      }
      entries[key] = rest.isEmpty ? nil : rest
    }
    makeRoom()
  }

  private func makeRoom() {
    var total = entries.values.joined().reduce(0) { $0 + $1.bytes }
    guard total > limit else { return }
    let all = entries.flatMap { key, list in list.map { (key, $0) } }
      .sorted { $0.1.secondsPerByte < $1.1.secondsPerByte }
    for (key, entry) in all where entry.bytes > 0 && total > limit {
      entries[key] = nil
      total -= entry.bytes
    }
  }
}

extension Value {
  /// Whether the value is a function, or has one in it.
  fileprivate var hasFunction: Bool {
    switch self {
    case .function: true
    case .list(let box), .tuple(let box): box.items.contains(where: \.hasFunction)
    case .dictionary(let box): box.values.contains(where: \.hasFunction)
    default: false
    }
  }
}
