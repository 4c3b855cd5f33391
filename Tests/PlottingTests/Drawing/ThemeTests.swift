import Testing
import Glibc

@testable import Plotting

/// Colors that can be seen and told apart, by the measures of others.
@Suite struct ThemeTests {
  private func linear(_ color: RGB) -> [Double] {
    [color.red, color.green, color.blue].map { level in
      let share = Double(level) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
  }

  /// Relative luminance of WCAG 2.
  private func luminance(_ linear: [Double]) -> Double {
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  private func contrast(_ one: RGB, _ other: RGB) -> Double {
    let (a, b) = (luminance(linear(one)), luminance(linear(other)))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// CIE L*a*b* under D65.
  private func lab(_ linear: [Double]) -> [Double] {
    func bent(_ share: Double) -> Double {
      share > 0.008856 ? cbrt(share) : 7.787 * share + 16 / 116
    }
    let x = (0.4124 * linear[0] + 0.3576 * linear[1] + 0.1805 * linear[2]) / 0.95047
    let z = (0.0193 * linear[0] + 0.1192 * linear[1] + 0.9505 * linear[2]) / 1.08883
    let y = luminance(linear)
    return [116 * bent(y) - 16, 500 * (bent(x) - bent(y)), 200 * (bent(y) - bent(z))]
  }

  /// What is seen without red, green or blue cones: Machado, Oliveira and Fernandes, IEEE TVCG 15
  /// (2009), severity 1; and with all of them.
  private let visions: [[[Double]]] = [
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [
      [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
    [
      [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
      [-0.011820, 0.042940, 0.968881],
    ],
    [
      [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.303900],
    ],
  ]

  @Test func blackOnWhiteHasTheContrastOfTheStandard() {
    #expect(abs(contrast(RGB(0, 0, 0), RGB(255, 255, 255)) - 21) < 1e-9)
  }

  @Test func everyColorStandsOutFromItsGround() {
    for theme in [Theme.light, .dark] {
      #expect(contrast(theme.ink, theme.ground) >= 7)
      for color in theme.series { #expect(contrast(color, theme.ground) >= 3, "\(color)") }
    }
  }

  @Test func theFirstColorsAreFarApartInEveryVision() {
    for theme in [Theme.light, .dark] {
      for vision in visions {
        let seen = theme.series.map { color in
          let linear = linear(color)
          return lab(
            vision.map { row in
              min(1, max(0, zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 }))
            })
        }
        for (i, one) in seen.enumerated() {
          for (j, other) in seen.enumerated() where j < i {
            let distance = zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
              .squareRoot()
            // 2.3 is the difference that is just seen.
            #expect(distance >= (i < 4 ? 15 : 6), "\(i) and \(j): \(distance)")
          }
        }
      }
    }
  }
}
