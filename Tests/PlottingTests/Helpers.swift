@testable import Plotting

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
