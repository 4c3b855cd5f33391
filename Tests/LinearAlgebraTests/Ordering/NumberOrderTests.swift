import Testing

@testable import LinearAlgebra

/// The order of numbers, against the standard library's stable sort.
@Suite struct NumberOrderTests {
  /// Numbers of few different values, so that there are equal ones; with zeros of both signs, and
  /// nan where `hasNaN`.
  private static func numbers(_ count: Int, values: Int, hasNaN: Bool) -> [Double] {
    var stream = RandomStream(seed: 1, key: "order", count: UInt64(count))
    return (0..<count).map { _ in
      let x = Double(stream.integer(below: values)) - Double(values / 2)
      if hasNaN && stream.integer(below: 7) == 0 { return .nan }
      return x == 0 && stream.integer(below: 2) == 0 ? -0.0 : x
    }
  }

  private static func expected(_ x: [Double]) -> [Int] {
    x.indices.sorted { a, b in
      let (p, q) = (x[a], x[b])
      if p.isNaN || q.isNaN { return p.isNaN == q.isNaN ? a < b : q.isNaN }
      return p < q || (p == q && a < b)
    }
  }

  @Test(arguments: [0, 1, 2, 15, 16, 17, 33, 1000, 32_768, 32_769, 100_001])
  func equalNumbersStayInOrder(count: Int) throws {
    for (values, hasNaN) in [(5, false), (5, true), (1_000_000, false), (1_000_000, true)] {
      let x = Self.numbers(count, values: values, hasNaN: hasNaN)
      let order = Self.expected(x)
      for threads in [1, 2] {
        let before = Parallel.threads
        Parallel.threads = threads
        defer { Parallel.threads = before }
        let placed = try NumberOrder.placed(x, count)
        #expect((0..<count).map { placed.pointer[$0].place } == order)
        let sorted = try [Double](unsafeUninitializedCapacity: count) { target, filled in
          if let first = target.baseAddress { try NumberOrder.sort(x, to: first, count) }
          filled = count
        }
        #expect(sorted.map(\.bitPattern) == order.map { x[$0].bitPattern })
      }
    }
  }

  @Test func runsThatAreSortedAlready() throws {
    let rising = (0..<100_000).map { Double($0) }
    let others = [rising.reversed(), [Double](repeating: 1, count: 100_000)]
    for x in [rising] + others {
      let placed = try NumberOrder.placed(x, x.count)
      #expect((0..<x.count).map { placed.pointer[$0].place } == Self.expected(x))
    }
  }
}
