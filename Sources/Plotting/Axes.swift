import Glibc

/// One axis: its range and its marks.
struct Axis: Sendable, Equatable {
  var low: Double
  var high: Double
  var isLogarithmic: Bool
  var ticks: [Tick]

  /// Whether a value can be shown.
  static func shows(_ value: Double, logarithmic: Bool) -> Bool {
    value.isFinite && (!logarithmic || value > 0)
  }

  /// An axis over the values that can be shown. It ends at marks where that wastes little room.
  ///
  /// - Parameters:
  ///   - spare: the share of the range that marks at the ends may add to it.
  init(covering values: some Sequence<Double>, logarithmic: Bool, atMost: Int, spare: Double) {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where Axis.shows(value, logarithmic: logarithmic) {
      low = min(low, value)
      high = max(high, value)
    }
    self.init(low: low, high: high, logarithmic: logarithmic, atMost: atMost, spare: spare)
  }

  /// An axis over a range; over a default range where `low`…`high` is none.
  init(low: Double, high: Double, logarithmic: Bool, atMost: Int, spare: Double) {
    isLogarithmic = logarithmic
    if logarithmic {
      (self.low, self.high) = Axis.widenedDecades(low, high)
      let roundLow = pow(10, floor(log10(self.low) + 1e-9))
      let roundHigh = pow(10, ceil(log10(self.high) - 1e-9))
      let waste = (log10(self.high) - log10(self.low)) * max(spare / 2, 0.3)
      if roundLow > 0, log10(self.low) - log10(roundLow) <= waste {
        self.low = min(self.low, roundLow)
      }
      if roundHigh.isFinite, log10(roundHigh) - log10(self.high) <= waste {
        self.high = max(self.high, roundHigh)
      }
      ticks = Ticks.logarithmic(self.low, self.high, atMost: atMost)
      return
    }
    (self.low, self.high) = Axis.widened(low, high)
    let covering = Ticks.covering(self.low, self.high, atMost: atMost)
    let span = self.high / 2 - self.low / 2
    if covering.high / 2 - covering.low / 2 <= span * (1 + spare) {
      (self.low, self.high, ticks) = covering
    } else {
      ticks = Ticks.linear(self.low, self.high, atMost: atMost)
    }
  }

  /// The place of a value, from 0 at the low end to 1 at the high end; nil where it cannot be
  /// shown.
  func fraction(_ value: Double) -> Double? {
    guard Axis.shows(value, logarithmic: isLogarithmic) else { return nil }
    let share: Double
    if isLogarithmic {
      share = (log10(value) - log10(low)) / (log10(high) - log10(low))
    } else {
      share = (value / 2 - low / 2) / (high / 2 - low / 2)
    }
    return share.isFinite ? min(max(share, 0), 1) : nil
  }

  /// The range, widened where its span is too small to divide; 0…1 where it is none.
  static func widened(_ low: Double, _ high: Double) -> (Double, Double) {
    guard low <= high, low.isFinite, high.isFinite else { return (0, 1) }
    let size = max(abs(low), abs(high))
    if size < 1e-290 { return (-1, 1) }
    if high / 2 - low / 2 > size * 1e-12 { return (low, high) }
    let most = Double.greatestFiniteMagnitude
    return (max(low - size * 0.1, -most), min(high + size * 0.1, most))
  }

  private static func widenedDecades(_ low: Double, _ high: Double) -> (Double, Double) {
    guard low > 0, low <= high, high.isFinite else { return (1, 10) }
    let bottom = max(low, 1e-300)
    let top = max(high, bottom)
    if log10(top) - log10(bottom) > 1e-9 { return (bottom, top) }
    return (max(bottom / 2, 1e-300), min(top * 2, 1e308))
  }
}
