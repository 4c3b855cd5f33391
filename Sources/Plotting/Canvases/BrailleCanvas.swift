/// A canvas with 2×4 dots in a cell: the braille patterns U+2800…U+28FF.
typealias BrailleCanvas = MaskCanvas<BrailleMarks>

/// The bits, in Unicode's order of the dots of braille:
///
///     0 3
///     1 4
///     2 5
///     6 7
enum BrailleMarks: DotMarks {
  static let dotsAcross = 2
  static let dotsDown = 4
  static let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]

  static func character(_ mask: UInt8) -> Character {
    Unicode.Scalar(0x2800 + UInt32(mask)).map(Character.init) ?? " "
  }
}
