@testable import Plotting

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A line without its escape sequences of the form ESC [ … m.
func withoutEscapes(_ line: some StringProtocol) -> String {
  var text = ""
  var isInside = false
  for scalar in line.unicodeScalars {
    if scalar == "\u{1B}" {
      isInside = true
    } else if isInside {
      if scalar == "m" { isInside = false }
    } else {
      text.unicodeScalars.append(scalar)
    }
  }
  return text
}

/// The lines of a plot.
func lines(_ text: String) -> [Substring] {
  text.split(separator: "\n", omittingEmptySubsequences: false)
}
