import CNettle

/// A SHA-256 digest. Of two recipes with equal fingerprints the values have equal bits.
public struct Fingerprint: Hashable, Sendable {
  /// The 32 bytes, eight in each word, the first ones highest.
  private let words: SIMD4<UInt64>

  init(_ digest: UnsafeRawBufferPointer) {
    var words = SIMD4<UInt64>()
    for i in 0..<4 {
      words[i] = UInt64(
        bigEndian: digest.loadUnaligned(fromByteOffset: 8 * i, as: UInt64.self))
    }
    self.words = words
  }

  /// The fingerprint that `hex` writes; nil where it is not 64 hexadecimal digits.
  public init?(hex: some StringProtocol) {
    let digits = Array(hex.utf8)
    guard digits.count == 64 else { return nil }
    var words = SIMD4<UInt64>()
    for (i, digit) in digits.enumerated() {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = digit - UInt8(ascii: "A") + 10
      default: return nil
      }
      words[i / 16] = words[i / 16] << 4 | UInt64(value)
    }
    self.words = words
  }

  /// 64 hexadecimal digits in lower case.
  public var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 64) { buffer in
      for i in 0..<64 {
        buffer[i] = digits[Int(words[i / 16] >> UInt64(60 - 4 * (i % 16)) & 0xF)]
      }
      return 64
    }
  }

  /// The 32 bytes of the digest.
  public var bytes: [UInt8] {
    (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64(56 - 8 * ($0 % 8))) }
  }
}

/// Collects what a fingerprint is of. Each piece goes in with its length, so that neighbors can't
/// be taken for one another.
public struct FingerprintMaker {
  private var state = sha256_ctx()

  /// A maker that has nothing yet.
  public init() { nettle_sha256_init(&state) }

  /// Adds bytes, without their number.
  public mutating func add(raw bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
    nettle_sha256_update(&state, bytes.count, start.assumingMemoryBound(to: UInt8.self))
  }

  /// Adds a number.
  public mutating func add(_ number: UInt64) {
    withUnsafeBytes(of: number.littleEndian) { add(raw: $0) }
  }

  /// Adds a text.
  public mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      add(UInt64(bytes.count))
      add(raw: UnsafeRawBufferPointer(bytes))
    }
  }

  /// Adds a fingerprint.
  public mutating func add(_ fingerprint: Fingerprint) {
    fingerprint.bytes.withUnsafeBytes { add(raw: $0) }
  }

  /// The fingerprint of what was added; the maker then has nothing again.
  public mutating func finish() -> Fingerprint {
    var digest = [UInt8](repeating: 0, count: 32)
    nettle_sha256_digest(&state, 32, &digest)
    return digest.withUnsafeBytes { Fingerprint($0) }
  }
}
