/// Binary floating point of 16 bits, which not every machine supports.
enum HalfFloat {
  /// The value of a bit pattern: a sign, 5 bits of exponent, 10 bits of fraction.
  static func value(_ bits: UInt16) -> Double {
    let fraction = Double(bits & 0x3FF)
    let exponent = Int(bits >> 10 & 0x1F)
    let magnitude: Double =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
      }
    return bits >> 15 == 0 ? magnitude : -magnitude
  }

  /// The bit pattern nearest to a value; of two that are equally near, the even one.
  static func bits(_ value: Double) -> UInt16 {
    let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
    let magnitude = value.magnitude
    if magnitude.isNaN { return sign | 0x7E00 }
    // 65520 is half-way between the largest number and the next power of two.
    if magnitude >= 65520 { return sign | 0x7C00 }
    let exponent = magnitude < 0x1p-14 ? -14 : Int(magnitude.exponent)
    let unit = Double(sign: .plus, exponent: exponent - 10, significand: 1)
    let steps = UInt16((magnitude / unit).rounded(.toNearestOrEven))
    // A fraction that rounds up to 1024 carries into the exponent by itself.
    return sign | (magnitude < 0x1p-14 ? steps : UInt16(exponent + 14) << 10 + steps)
  }
}
