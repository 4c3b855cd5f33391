/// A canvas with 2×2 dots in a cell: the quadrant blocks.
typealias BlockCanvas = MaskCanvas<BlockMarks>

/// The bits, from the lowest: top left, top right, bottom left, bottom right.
enum BlockMarks: DotMarks {
  static let dotsAcross = 2
  static let dotsDown = 2
  static let bits: [UInt8] = [1, 2, 4, 8]

  static func character(_ mask: UInt8) -> Character { blocks[Int(mask & 15)] }

  private static let blocks: [Character] = [
    " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
  ]
}
