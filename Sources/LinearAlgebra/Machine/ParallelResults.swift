import Synchronization

/// Results of tasks that end in any order.
final class ParallelResults<Result: Sendable>: Sendable {
  private let results: Mutex<[Result?]>

  /// Room for `count` results.
  init(count: Int) { results = Mutex([Result?](repeating: nil, count: count)) }

  /// Keeps the result of a task.
  func store(_ result: Result, at index: Int) { results.withLock { $0[index] = result } }

  /// The results stored so far, by index.
  var all: [Result] { results.withLock { $0.compactMap { $0 } } }
}
