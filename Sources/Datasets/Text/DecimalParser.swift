import CKernels
import Glibc

/// Decimal numbers from bytes, rounded to the nearest double.
///
/// m · 10ᵉ is one correctly rounded operation where m ≤ 2⁵³ and |e| ≤ 22, since both factors are
/// exact. Longer fractions are divided in integers, and the C library does the rest. Clinger, How
/// to read floating point numbers accurately, PLDI '90.
enum DecimalParser {
  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// A number that `parse` found.
  struct Found {
    let value: Double
    /// The offset of its end.
    let end: Int
  }

  /// The number that begins at `start`: a decimal, "inf", "infinity" or "nan", in any case and with
  /// an optional sign. Nil where none begins there. `text[end]` must be readable, and not part of a
  /// number.
  static func parse(_ text: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Found? {
    var i = start
    var isNegative = false
    if i < end, text[i] == UInt8(ascii: "-") || text[i] == UInt8(ascii: "+") {
      isNegative = text[i] == UInt8(ascii: "-")
      i += 1
    }
    var mantissa: UInt64 = 0
    var exponent = 0
    let first = i
    // 19 digits never overflow; leading zeros only lead to the slow path.
    while i < end, case let digit = text[i] &- 48, digit < 10 {
      mantissa = mantissa &* 10 &+ UInt64(digit)
      i += 1
    }
    var digits = i - first
    if i < end, text[i] == UInt8(ascii: ".") {
      i += 1
      let point = i
      while i + 8 <= end, case let eight = eightBytes(text + i), digitCount(eight) == 8 {
        mantissa = mantissa &* 100_000_000 &+ number(eight, digits: 8)
        i += 8
      }
      while i < end, case let digit = text[i] &- 48, digit < 10 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        i += 1
      }
      exponent = point - i
      digits += i - point
    }
    guard digits > 0 else { return word(text, from: start, to: end) }
    if i < end, text[i] | 32 == UInt8(ascii: "e") {
      var j = i + 1
      var isDown = false
      if j < end, text[j] == UInt8(ascii: "-") || text[j] == UInt8(ascii: "+") {
        isDown = text[j] == UInt8(ascii: "-")
        j += 1
      }
      if j < end, text[j] &- 48 < 10 {
        var written = 0
        while j < end, case let digit = text[j] &- 48, digit < 10 {
          written = min(written * 10 + Int(digit), 1_000_000)
          j += 1
        }
        exponent += isDown ? -written : written
        i = j
      }
    }
    if digits <= 19 && mantissa <= 1 << 53 {
      let magnitude = Double(mantissa)
      if exponent == 0 || mantissa == 0 {
        return Found(value: isNegative ? -magnitude : magnitude, end: i)
      }
      if exponent < 0 && exponent >= -22 {
        let value = powers.withUnsafeBufferPointer { magnitude / $0[-exponent] }
        return Found(value: isNegative ? -value : value, end: i)
      }
      if exponent > 0 && exponent <= 22 {
        let value = powers.withUnsafeBufferPointer { magnitude * $0[exponent] }
        return Found(value: isNegative ? -value : value, end: i)
      }
    }
    if digits <= 19 && exponent < 0 && exponent >= -19 && mantissa > 0 {
      let magnitude = quotient(mantissa, byPowerOfTen: -exponent)
      return Found(value: isNegative ? -magnitude : magnitude, end: i)
    }
    return Found(value: slow(text, from: start, to: i), end: i)
  }

  /// The number that begins at `start`, if it is an optional sign and at most 19 digits, fewer than
  /// 8 of them before the point. Nil for any other spelling, which `parse` may know. The caller
  /// must check what follows: it may be an exponent.
  ///
  /// The digits must end before the bytes do, and from there on 8 bytes must be readable.
  @inline(__always)
  static func plain(_ text: UnsafePointer<UInt8>, from start: Int) -> Found? {
    // Signs come at random, so they are taken without a branch: "+" is 43, and "-" is 45.
    let sign = text[start]
    var i = start &+ ((sign &- 43) & 0xFD == 0 ? 1 : 0)
    let signBit: UInt64 = sign == 45 ? 1 << 63 : 0
    let whole = eightBytes(text + i)
    var digits = digitCount(whole)
    guard digits < 8 else { return nil }
    var mantissa = number(whole, digits: digits)
    i &+= digits
    var places = 0
    if text[i] == UInt8(ascii: ".") {
      i &+= 1
      var run = 8
      while run == 8 && places <= 16 {
        let fraction = eightBytes(text + i)
        run = digitCount(fraction)
        let power = integerPowers.withUnsafeBufferPointer { $0[run] }
        mantissa = mantissa &* power &+ number(fraction, digits: run)
        places &+= run
        i &+= run
      }
      digits &+= places
    }
    guard digits > 0 && digits <= 19 else { return nil }
    let magnitude: Double
    if mantissa <= 1 << 53 {
      let power = powers.withUnsafeBufferPointer { $0[places] }
      magnitude = Double(Int64(truncatingIfNeeded: mantissa)) / power
    } else {
      magnitude = quotient(mantissa, byPowerOfTen: places)
    }
    return Found(value: Double(bitPattern: magnitude.bitPattern | signBit), end: i)
  }

  /// The number from `start` up to the next occurrence of a byte, if it is an optional sign and at
  /// most eight digits, with or without a point among them (and a zero before those). Nil for any
  /// other spelling, which `plain` may know.
  ///
  /// It looks for the byte first, so that the start of the next number is known long before this
  /// one is: the processor then works on several at once.
  ///
  /// - Parameter ends: the byte, repeated eight times. Bytes must be readable from the beginning of
  ///   the text to 16 beyond `start`.
  @inline(__always)
  static func short(
    _ text: UnsafePointer<UInt8>, from start: Int, endedBy ends: UInt64
  ) -> Found? {
    let length = svm_first_of_16(text + start, UInt8(truncatingIfNeeded: ends))
    // Signs follow no pattern: a branch on them would be predicted wrongly half of the time.
    let sign = UInt32(text[start])
    let minus = isZero(sign ^ 45)
    let signBit = UInt64(minus) &<< 63
    let stop = start &+ length
    var count = length &- Int(minus | isZero(sign ^ 43))
    // "0.0123456" has a zero more than there is room for.
    if count == 9 && text[stop &- 9] == 48 { count = 8 }
    guard UInt(bitPattern: count &- 1) < 8, stop >= 8 else { return nil }
    // Right-align the digits, with zeros before the first.
    var eight = eightBytes(text + stop - 8) & lastBytes.withUnsafeBufferPointer { $0[count] }
    eight |= leadingZeros.withUnsafeBufferPointer { $0[count] }
    let point = zeros(eight ^ 0x2E2E_2E2E_2E2E_2E2E)
    var places = 0
    if point != 0 {
      guard count > 1 else { return nil }
      // Move the digits before the point up to those after it.
      let place = point.trailingZeroBitCount &>> 3
      places = 7 &- place
      let after = eight & lastBytes.withUnsafeBufferPointer { $0[places] }
      let before = eight & ~lastBytes.withUnsafeBufferPointer { $0[places &+ 1] }
      eight = after | before &<< 8 | 0x30
    }
    guard digitCount(eight) == 8 else { return nil }
    let power = powers.withUnsafeBufferPointer { $0[places] }
    let magnitude = Double(Int64(truncatingIfNeeded: number(eight, digits: 8))) / power
    return Found(
      value: Double(bitPattern: magnitude.bitPattern | signBit), end: stop)
  }

  /// Masks: the entry at n keeps the last n of eight bytes.
  private static let lastBytes: [UInt64] = [
    0, 0xFF00_0000_0000_0000, 0xFFFF_0000_0000_0000, 0xFFFF_FF00_0000_0000, 0xFFFF_FFFF_0000_0000,
    0xFFFF_FFFF_FF00_0000, 0xFFFF_FFFF_FFFF_0000, 0xFFFF_FFFF_FFFF_FF00, 0xFFFF_FFFF_FFFF_FFFF,
  ]

  /// Fillers: the entry at n has the digit 0 in the places before the last n of eight bytes.
  private static let leadingZeros: [UInt64] = [
    0x3030_3030_3030_3030, 0x30_3030_3030_3030, 0x3030_3030_3030, 0x30_3030_3030, 0x3030_3030,
    0x30_3030, 0x3030, 0x30, 0,
  ]

  /// Marks the first zero byte by its upper bit; bits above that may mark other bytes.
  @inline(__always)
  private static func zeros(_ eight: UInt64) -> UInt64 {
    (eight &- 0x0101_0101_0101_0101) & ~eight & 0x8080_8080_8080_8080
  }

  /// 1 for 0, and 0 for numbers up to 255.
  @inline(__always)
  private static func isZero(_ number: UInt32) -> UInt32 { (number &- 1) &>> 31 }

  /// Eight bytes of a text, the first one lowest.
  @inline(__always)
  static func eightBytes(_ text: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self))
  }

  /// The number of digits before the first of eight bytes that is not one.
  @inline(__always)
  static func digitCount(_ eight: UInt64) -> Int {
    let high: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
    // Of '0' to '9' the upper half is 3, and stays 3 where 6 is added. What that carries into the
    // byte after comes from a byte that is no digit.
    let others =
      ((eight & high) | (((eight &+ 0x0606_0606_0606_0606) & high) &>> 4)) ^ 0x3333_3333_3333_3333
    return others.trailingZeroBitCount >> 3
  }

  /// The number that the first `digits` of eight bytes spell, which must be digits.
  ///
  /// Three multiplications join neighbors: digits to pairs, pairs to fours, fours to all eight.
  @inline(__always)
  static func number(_ eight: UInt64, digits: Int) -> UInt64 {
    // Right-align the digits, with zeros before the first.
    var eight = eight << UInt64(64 - 8 * digits)
    eight = ((eight & 0x0F0F_0F0F_0F0F_0F0F) &* 2561) &>> 8
    eight = ((eight & 0x00FF_00FF_00FF_00FF) &* 6_553_601) &>> 16
    return ((eight & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) &>> 32
  }

  /// m / 10ᵏ for k ≤ 19, correctly rounded. Both fit in 64 bits, and so do the first 63 or 64 bits
  /// of their quotient. The last bit also stands for any remainder.
  private static func quotient(_ mantissa: UInt64, byPowerOfTen k: Int) -> Double {
    let power = integerPowers.withUnsafeBufferPointer { $0[k] }
    let (a, b) = (mantissa.leadingZeroBitCount, power.leadingZeroBitCount)
    let dividend = mantissa &<< UInt64(a)
    let (quotient, remainder) = (power &<< UInt64(b)).dividingFullWidth(
      (dividend >> 1, dividend << 63))
    let rounded = Double(quotient | (remainder == 0 ? 0 : 1))
    // 2^(b − a − 63), which is exact: the result is at least 10⁻¹⁹.
    return rounded * Double(bitPattern: UInt64(1023 + b - a - 63) << 52)
  }

  private static let integerPowers: [UInt64] = [
    1, 10, 100, 1000, 10000, 100000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
    1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
    1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
  ]

  /// A whole text as a number; spaces around it are allowed.
  static func parse(_ text: String) -> Double? {
    var bytes = Array(text.utf8)
    bytes.append(0)
    return bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      var (start, end) = (0, buffer.count - 1)
      while start < end, base[start] == 32 || base[start] == 9 { start += 1 }
      while end > start, base[end - 1] == 32 || base[end - 1] == 9 { end -= 1 }
      guard let found = parse(base, from: start, to: end), found.end == end else { return nil }
      return found.value
    }
  }

  /// The C library's result, with a point as decimal separator.
  private static func slow(_ text: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Double {
    let piece = UnsafeBufferPointer(start: text + start, count: end - start)
    return Double(String(decoding: piece, as: UTF8.self)) ?? .nan
  }

  private static func word(
    _ text: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> Found? {
    var i = start
    var sign = 1.0
    if i < end, text[i] == UInt8(ascii: "-") || text[i] == UInt8(ascii: "+") {
      sign = text[i] == UInt8(ascii: "-") ? -1 : 1
      i += 1
    }
    for (name, value) in words where end - i >= name.utf8.count {
      if zip(name.utf8, UnsafeBufferPointer(start: text + i, count: name.utf8.count))
        .allSatisfy({ $0 == $1 | 32 })
      {
        return Found(value: value.isNaN ? value : sign * value, end: i + name.utf8.count)
      }
    }
    return nil
  }

  private static let words: [(String, Double)] = [
    ("infinity", .infinity), ("inf", .infinity), ("nan", .nan),
  ]
}
