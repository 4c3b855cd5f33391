import Synchronization

extension Parallel {
  /// The results of `body` for each index in 0..<n, in order, computed as by `forEach`.
  ///
  /// - Throws: of the errors of `body`, that of the least index.
  package static func map<Result: Sendable>(
    _ n: Int, _ body: @Sendable (Int) throws -> Result
  ) throws -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: n))
    try forEach(n) { i in
      let result = try body(i)
      results.withLock { $0[i] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
