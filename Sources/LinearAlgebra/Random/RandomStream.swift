/// A stream of random numbers that is a function of its name alone: the same seed, key and count
/// give the same numbers, whatever else was drawn before.
///
///     block b of stream (k, h) = Philox4x32-10 of the counter (b, h) under the key k
///
/// Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3, SC '11. Only integer
/// operations and + − × ÷ √ are used, so that every machine draws the same bits.
public struct RandomStream: Sendable {
  private let key: UInt64
  private let high: UInt64
  private var block: UInt64 = 0
  /// The half of the present block that is not used yet.
  private var spare: UInt64?

  /// The stream of a seed, a purpose such as "weights", and a counter of its uses.
  public init(seed: UInt64, key: String, count: UInt64) {
    self.init(StreamName(seed).absorbing(count).absorbing(key))
  }

  private init(_ name: StreamName) {
    key = name.low
    high = name.high
  }

  /// An independent stream for a part of this one's purpose. It neither advances this stream nor
  /// depends on its position.
  public func child(_ key: String) -> RandomStream {
    RandomStream(StreamName(self.key).absorbing(high).absorbing(key))
  }

  /// 64 random bits.
  public mutating func nextUInt64() -> UInt64 {
    if let value = spare {
      spare = nil
      return value
    }
    let words = Philox.block(
      counter: (
        UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32),
        UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32)
      ),
      key: (UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32)))
    block &+= 1
    spare = UInt64(words.2) | UInt64(words.3) << 32
    return UInt64(words.0) | UInt64(words.1) << 32
  }

  /// A multiple of 2⁻⁵³ in [0, 1), each as likely.
  public mutating func uniform() -> Double {
    Double(nextUInt64() >> 11) * 0x1p-53
  }

  /// A draw from the standard normal distribution: the quantile of a uniform draw.
  public mutating func normal() -> Double {
    // 52 bits and a half: never 0 or 1, symmetric about ½, and exact.
    NormalQuantile.quantile((Double(nextUInt64() >> 12) + 0.5) * 0x1p-52)
  }

  /// A number in 0..<n, each exactly as likely; `n` must be at least 1.
  public mutating func integer(below n: Int) -> Int {
    precondition(n > 0)
    // Lemire, Fast random integer generation in an interval, ACM TOMACS 29 (2019).
    let n = UInt64(n)
    var product = nextUInt64().multipliedFullWidth(by: n)
    if product.low < n {
      let threshold = (0 &- n) % n
      while product.low < threshold { product = nextUInt64().multipliedFullWidth(by: n) }
    }
    return Int(product.high)
  }

  /// The numbers 0..<n in random order.
  ///
  /// - Throws: `Interrupted`.
  public mutating func permutation(_ n: Int) throws -> [Int] {
    try sample(n, of: n)
  }

  /// `k` different numbers of 0..<n in random order; `k` must be at most `n`.
  ///
  /// - Throws: `Interrupted`.
  public mutating func sample(_ k: Int, of n: Int) throws -> [Int] {
    precondition(k >= 0 && k <= n)
    // The first k steps of the Fisher–Yates shuffle. Where few are drawn of many, only the places
    // that changed are stored.
    if k < n / 16 {
      var moved: [Int: Int] = [:]
      return try Interruption.map(k, costEach: 128) { i in
        let j = i + integer(below: n - i)
        defer { moved[j] = moved[i] ?? i }
        return moved[j] ?? j
      }
    }
    var numbers = try Interruption.map(n, costEach: 2) { $0 }
    try Interruption.forEachRange(of: k, costEach: 32) { range in
      for i in range { numbers.swapAt(i, i + integer(below: n - i)) }
    }
    return k == n ? numbers : try Interruption.map(k, costEach: 2) { numbers[$0] }
  }
}

/// A 128-bit hash of everything that names a stream.
///
/// Each word is the key of a permutation of the state, which is XORed with the old state: the
/// construction of Davies and Meyer with Philox as the cipher.
private struct StreamName {
  var low: UInt64
  var high: UInt64

  init(_ word: UInt64) {
    (low, high) = (0x7376_6D72_6570_6C00, 0)
    self = absorbing(word)
  }

  func absorbing(_ word: UInt64) -> StreamName {
    let words = Philox.block(
      counter: (
        UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: low >> 32),
        UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32)
      ),
      key: (UInt32(truncatingIfNeeded: word), UInt32(truncatingIfNeeded: word >> 32)))
    var result = self
    result.low ^= UInt64(words.0) | UInt64(words.1) << 32
    result.high ^= UInt64(words.2) | UInt64(words.3) << 32
    return result
  }

  func absorbing(_ text: String) -> StreamName {
    var result = absorbing(UInt64(text.utf8.count))
    var word: UInt64 = 0
    var filled: UInt64 = 0
    for byte in text.utf8 {
      word |= UInt64(byte) << (8 * filled)
      filled += 1
      if filled == 8 {
        result = result.absorbing(word)
        (word, filled) = (0, 0)
      }
    }
    return filled > 0 ? result.absorbing(word) : result
  }
}
