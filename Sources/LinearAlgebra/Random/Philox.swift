/// Philox4x32-10: a keyed permutation of 128-bit counters whose outputs look random.
///
/// Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3, SC '11.
public enum Philox {
  /// Four 32-bit words.
  public typealias Words = (UInt32, UInt32, UInt32, UInt32)

  /// Ten rounds on `counter` under `key`.
  public static func block(counter: Words, key: (UInt32, UInt32)) -> Words {
    var (c0, c1, c2, c3) = counter
    var (k0, k1) = key
    for _ in 0..<10 {
      let a = UInt64(c0) &* 0xD251_1F53
      let b = UInt64(c2) &* 0xCD9E_8D57
      c0 = UInt32(truncatingIfNeeded: b >> 32) ^ c1 ^ k0
      c1 = UInt32(truncatingIfNeeded: b)
      c2 = UInt32(truncatingIfNeeded: a >> 32) ^ c3 ^ k1
      c3 = UInt32(truncatingIfNeeded: a)
      // The golden ratio and √3 − 1, as Weyl sequences.
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return (c0, c1, c2, c3)
  }
}
