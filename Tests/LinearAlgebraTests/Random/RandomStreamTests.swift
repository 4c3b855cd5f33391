import Testing

@testable import LinearAlgebra

@Test func streamsAreFunctionsOfTheirNames() {
  func first(_ seed: UInt64, _ key: String, _ count: UInt64) -> UInt64 {
    var stream = RandomStream(seed: seed, key: key, count: count)
    return stream.nextUInt64()
  }
  #expect(first(1, "weights", 0) == first(1, "weights", 0))
  // Names that differ in one part only, or in where one part ends.
  let names: [(UInt64, String, UInt64)] = [
    (1, "weights", 0), (2, "weights", 0), (1, "weights", 1), (1, "batches", 0), (1, "weight", 0),
    (1, "", 0), (0, "weights", 1), (1, "weights\0", 0), (1, "12345678", 0), (1, "123456789", 0),
  ]
  #expect(Set(names.map { first($0.0, $0.1, $0.2) }).count == names.count)
}

@Test func childrenDoNotDependOnWhatWasDrawn() {
  var parent = RandomStream(seed: 3, key: "run", count: 0)
  var early = parent.child("weights")
  let before = parent
  for _ in 0..<5 { _ = parent.nextUInt64() }
  var late = parent.child("weights")
  var other = parent.child("batches")
  var untouched = before
  let a = early.nextUInt64()
  #expect(a == late.nextUInt64())
  #expect(a != other.nextUInt64())
  var fresh = RandomStream(seed: 3, key: "run", count: 0)
  #expect(untouched.nextUInt64() == fresh.nextUInt64())
}

/// Means and variances of 20 000 draws within five standard errors, and the largest distance from
/// the distribution function (Kolmogorov and Smirnov) below its 0.1 % point, 1.95/√n.
@Test func uniformAndNormalHaveTheirDistributions() {
  let n = 20_000
  var stream = RandomStream(seed: 7, key: "test", count: 0)
  let uniform = (0..<n).map { _ in stream.uniform() }
  #expect(uniform.allSatisfy { $0 >= 0 && $0 < 1 })
  let mean = uniform.reduce(0, +) / Double(n)
  #expect(abs(mean - 0.5) < 5 * (1.0 / 12).squareRoot() / Double(n).squareRoot())
  #expect(distance(uniform) { $0 } < 1.95 / Double(n).squareRoot())

  let normal = (0..<n).map { _ in stream.normal() }
  let m = normal.reduce(0, +) / Double(n)
  let v = normal.reduce(0) { $0 + ($1 - m) * ($1 - m) } / Double(n)
  let fourth = normal.reduce(0) { $0 + ($1 - m) * ($1 - m) * ($1 - m) * ($1 - m) } / Double(n)
  #expect(abs(m) < 5 / Double(n).squareRoot())
  // Var(z²) = 2, Var(z⁴) = 96.
  #expect(abs(v - 1) < 5 * 2.0.squareRoot() / Double(n).squareRoot())
  #expect(abs(fourth - 3) < 5 * 96.0.squareRoot() / Double(n).squareRoot())
  // Exact quantiles (scipy.special.ndtri of 0.1, 0.2, … 0.9) cut the draws into tenths.
  let cuts = [
    -1.2815515655446004, -0.8416212335729142, -0.5244005127080409, -0.2533471031357997, 0,
    0.2533471031357997, 0.5244005127080407, 0.8416212335729143, 1.2815515655446004,
  ]
  for (k, cut) in cuts.enumerated() {
    let share = Double(normal.count { $0 < cut }) / Double(n)
    #expect(abs(share - Double(k + 1) / 10) < 1.95 / Double(n).squareRoot())
  }
}

private func distance(_ draws: [Double], _ cumulative: (Double) -> Double) -> Double {
  let n = Double(draws.count)
  return draws.sorted().enumerated().reduce(0) { worst, draw in
    let f = cumulative(draw.element)
    return max(worst, f - Double(draw.offset) / n, Double(draw.offset + 1) / n - f)
  }
}

@Test func integersAreEquallyLikely() {
  var stream = RandomStream(seed: 11, key: "dice", count: 0)
  var counts = [Int](repeating: 0, count: 6)
  for _ in 0..<12_000 { counts[stream.integer(below: 6)] += 1 }
  // χ² with 5 degrees of freedom exceeds 20.5 once in a thousand.
  let chi = counts.reduce(0.0) { $0 + (Double($1) - 2000) * (Double($1) - 2000) / 2000 }
  #expect(chi < 20.5)
  #expect((0..<10).allSatisfy { _ in stream.integer(below: 1) == 0 })
  let large = (0..<100).map { _ in stream.integer(below: Int.max) }
  #expect(large.allSatisfy { $0 >= 0 } && large.contains { $0 > Int.max / 2 })
}

@Test func permutationsAndSamples() throws {
  var stream = RandomStream(seed: 5, key: "order", count: 2)
  let order = try stream.permutation(100)
  #expect(order.sorted() == Array(0..<100))
  #expect(order != Array(0..<100))
  #expect(try stream.permutation(0) == [])
  // Few of many, and many of few: two ways to the same kind of sample.
  for (k, n) in [(5, 1000), (900, 1000), (0, 10), (10, 10), (1, 1)] {
    let sample = try stream.sample(k, of: n)
    #expect(sample.count == k && Set(sample).count == k)
    #expect(sample.allSatisfy { $0 >= 0 && $0 < n })
  }
  // Each place of a sparse sample is each number equally often: 4 000 draws of 2 out of 40.
  var counts = [Int](repeating: 0, count: 40)
  for _ in 0..<4000 { for i in try stream.sample(2, of: 40) { counts[i] += 1 } }
  // χ² with 39 degrees of freedom exceeds 72.1 once in a thousand.
  #expect(counts.reduce(0.0) { $0 + (Double($1) - 200) * (Double($1) - 200) / 200 } < 72.1)
}

/// The two ways of taking a sample make the same draws.
@Test func sparseSampleIsTheShufflesStart() throws {
  var a = RandomStream(seed: 1, key: "sample", count: 0)
  let sparse = try a.sample(6, of: 100)
  var b = RandomStream(seed: 1, key: "sample", count: 0)
  var numbers = Array(0..<100)
  for i in 0..<6 { numbers.swapAt(i, i + b.integer(below: 100 - i)) }
  #expect(sparse == Array(numbers.prefix(6)))
}
