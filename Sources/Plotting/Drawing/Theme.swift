/// The colors of a drawing on a ground.
struct Theme: Sendable {
  var ground: RGB
  var ink: RGB
  var series: [RGB]

  /// On white. All colors have a contrast of 3:1 to it, as WCAG asks of graphics; the first four
  /// are far apart for the color-blind, too, and marks tell all of them apart.
  static let light = Theme(
    ground: RGB(255, 255, 255), ink: RGB(26, 26, 26),
    series: [
      RGB(0x17, 0x50, 0xAC), RGB(0xE8, 0x48, 0x0C), RGB(0x0C, 0x9F, 0x80), RGB(0xC0, 0x60, 0xB8),
      RGB(0x8A, 0x7A, 0x00), RGB(0x5B, 0x8D, 0xEF), RGB(0x5A, 0x5A, 0x5A), RGB(0x7A, 0x12, 0x30),
    ])

  /// The same hues on nearly black.
  static let dark = Theme(
    ground: RGB(18, 18, 18), ink: RGB(230, 230, 230),
    series: [
      RGB(0x5C, 0x9D, 0xFF), RGB(0xFF, 0x8A, 0x3D), RGB(0x45, 0xE0, 0xB0), RGB(0xC7, 0x74, 0xC0),
      RGB(0xF0, 0xE0, 0x5A), RGB(0xBF, 0xE3, 0xFF), RGB(0x9A, 0x9A, 0x9A), RGB(0xE0, 0x40, 0x5E),
    ])

  /// The color of a paint, and how opaque it is.
  func color(of paint: Paint) -> (color: RGB, opacity: Double) {
    switch paint {
    case .ink: (ink, 1)
    case .faint: (ink, 0.72)
    case .grid: (ink, 0.13)
    case .series(let index, let opacity): (color(ofSeries: index), opacity)
    case .fixed(let color): (color, 1)
    }
  }

  /// The color of a series or class; they repeat.
  func color(ofSeries index: Int) -> RGB { series[place(ofSeries: index)] }

  /// The number of the color of a series.
  func place(ofSeries index: Int) -> Int {
    (index % series.count + series.count) % series.count
  }

  /// How often the colors have been used before a series; again from 0 after eight times.
  func round(ofSeries index: Int) -> Int { abs(index / series.count) % 8 }
}
