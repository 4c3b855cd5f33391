import LinearAlgebra
import Synchronization

extension Parallel {
  /// The results of `body` for each of 0..<n, in that order, worked out as `forEach` does.
  ///
  /// - Throws: of the errors of `body`, that of the least number.
  static func map<Result: Sendable>(
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
