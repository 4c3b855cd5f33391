/// A color of 24 bits.
struct RGB: Sendable, Equatable, Hashable {
  var red: UInt8
  var green: UInt8
  var blue: UInt8

  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The perceived brightness, 0…255.
  var luminance: Double { 0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue) }

  /// The mixture of 1 − `share` of this color and `share` of another.
  func mixed(with other: RGB, _ share: Double) -> RGB {
    RGB(
      RGB.level(Double(red) + (Double(other.red) - Double(red)) * share),
      RGB.level(Double(green) + (Double(other.green) - Double(green)) * share),
      RGB.level(Double(blue) + (Double(other.blue) - Double(blue)) * share))
  }

  /// The level of a channel nearest to a value; 0 for nan.
  static func level(_ value: Double) -> UInt8 { UInt8(wholeNumber(value, in: 0...255)) }
}

/// The colors that charts use.
enum Palette {
  /// Ten colors for series and classes, legible on dark and on light backgrounds.
  static let categories = [
    RGB(76, 146, 230), RGB(240, 130, 40), RGB(60, 170, 75), RGB(225, 70, 70), RGB(160, 115, 210),
    RGB(165, 105, 80), RGB(230, 120, 195), RGB(140, 140, 140), RGB(185, 180, 40), RGB(40, 185, 205),
  ]

  /// Marks for series and classes on displays without colors.
  static let marks: [Character] = ["o", "x", "+", "*", "#", "@", "%", "&", "s", "v"]

  /// The color of cells that are nan.
  static let missing = RGB(90, 90, 90)

  /// The color of a series or class; they repeat after ten.
  static func category(_ index: Int) -> RGB { categories[wrapped(index, categories.count)] }

  /// The mark of a series or class; they repeat after ten.
  static func mark(_ index: Int) -> Character { marks[wrapped(index, marks.count)] }

  /// The colors of viridis: from dark violet at 0 over green to yellow at 1, in steps that look
  /// even, to the color-blind too.
  static func sequential(_ share: Double) -> RGB {
    guard share > 0 else { return viridis[0] }
    guard share < 1 else { return viridis[viridis.count - 1] }
    let place = share * Double(viridis.count - 1)
    let below = min(Int(place), viridis.count - 2)
    return viridis[below].mixed(with: viridis[below + 1], place - Double(below))
  }

  /// Black or white, whichever is legible on a color.
  static func ink(on ground: RGB) -> RGB {
    ground.luminance > 128 ? RGB(0, 0, 0) : RGB(255, 255, 255)
  }

  /// The nearest of xterm's colors 16…255: a cube of 6×6×6, then 24 grays.
  ///
  /// The first 16 are left out, since they differ between terminals.
  static func nearestIndexed(_ color: RGB) -> Int {
    let red = nearestCubeLevel(color.red)
    let green = nearestCubeLevel(color.green)
    let blue = nearestCubeLevel(color.blue)
    let inCube = RGB(cubeLevels[red], cubeLevels[green], cubeLevels[blue])
    let mean = (Int(color.red) + Int(color.green) + Int(color.blue)) / 3
    let step = max(0, min(23, (mean - 3) / 10))
    let gray = UInt8(8 + 10 * step)
    if distance(color, RGB(gray, gray, gray)) < distance(color, inCube) { return 232 + step }
    return 16 + 36 * red + 6 * green + blue
  }

  private static let cubeLevels: [UInt8] = [0, 95, 135, 175, 215, 255]

  private static let viridis = [
    RGB(68, 1, 84), RGB(71, 44, 122), RGB(59, 81, 139), RGB(44, 113, 142), RGB(33, 144, 141),
    RGB(39, 173, 129), RGB(92, 200, 99), RGB(170, 220, 50), RGB(253, 231, 37),
  ]

  private static func wrapped(_ index: Int, _ count: Int) -> Int {
    let rest = index % count
    return rest < 0 ? rest + count : rest
  }

  private static func nearestCubeLevel(_ value: UInt8) -> Int {
    var best = 0
    for index in cubeLevels.indices
    where abs(Int(cubeLevels[index]) - Int(value)) < abs(Int(cubeLevels[best]) - Int(value)) {
      best = index
    }
    return best
  }

  private static func distance(_ one: RGB, _ other: RGB) -> Int {
    let red = Int(one.red) - Int(other.red)
    let green = Int(one.green) - Int(other.green)
    let blue = Int(one.blue) - Int(other.blue)
    return red * red + green * green + blue * blue
  }
}
