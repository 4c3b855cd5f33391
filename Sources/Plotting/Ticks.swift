import Text
import Glibc

/// A marked place on an axis.
struct Tick: Sendable, Equatable {
  var value: Double
  var label: String
}

/// The marks of axes: round numbers, few enough to be legible.
enum Ticks {
  /// A step of 1, 2 or 5 times a power of ten.
  struct Step: Sendable, Equatable {
    var mantissa: Int
    var exponent: Int

    var value: Double { multiple(1) }

    /// The double nearest to `count` steps.
    func multiple(_ count: Double) -> Double {
      let whole = count * Double(mantissa)
      // Powers of ten up to 22 are exact, so a division is rounded once.
      return exponent >= 0 ? whole * pow(10, Double(exponent)) : whole / pow(10, Double(-exponent))
    }

    /// The labels of multiples of the step, all in one form: whole, with the same decimals, or with
    /// an exponent.
    func labels(_ counts: [Double]) -> [String] {
      let numbers = counts.map { count in
        DecimalNumber(
          wholeNumber(count * Double(mantissa), in: -(1 << 53)...(1 << 53)), exponent: exponent)
      }
      let leading = numbers.filter { $0.digits != 0 }.map(\.leadingExponent)
      if !leading.allSatisfy({ (-4...5).contains($0) }) {
        let short = numbers.map { $0.text(full: 999...999) }
        // 1000000005 is shorter than 1.000000005e9.
        let isShorter = (short.map(\.count).max() ?? 0) <= (leading.max() ?? 0) + 1
        if exponent < 0 || isShorter || !leading.allSatisfy({ (0...15).contains($0) }) {
          return short
        }
        return numbers.map { $0.text(full: 0...15) }
      }
      return numbers.map(\.fullText)
    }
  }

  /// The smallest step of which at most `atMost` multiples cover the range.
  static func stepCovering(_ low: Double, _ high: Double, atMost: Int) -> Step {
    smallestStep(low, high) { step in
      let first = floor(low / step + slack)
      let last = ceil(high / step - slack)
      return last - first + 1 <= Double(max(2, atMost))
    }
  }

  /// At most `atMost` round ticks inside a range. The range is finite, `low` < `high`.
  static func linear(_ low: Double, _ high: Double, atMost: Int) -> [Tick] {
    let step = smallestStep(low, high) { step in
      floor(high / step + slack) - ceil(low / step - slack) + 1 <= Double(max(1, atMost))
    }
    let ticks = multiples(of: step, low, high)
    guard ticks.count > max(1, atMost) else { return ticks }
    // A wider step is too large for a double.
    return Array(ticks.prefix(max(1, atMost)))
  }

  /// The smallest range between multiples of a step that contains a range, and those multiples.
  static func covering(
    _ low: Double, _ high: Double, atMost: Int
  ) -> (low: Double, high: Double, ticks: [Tick]) {
    let step = stepCovering(low, high, atMost: atMost)
    let below = step.multiple(floor(low / step.value + slack))
    let above = step.multiple(ceil(high / step.value - slack))
    let newLow = below.isFinite ? min(below, low) : low
    let newHigh = above.isFinite ? max(above, high) : high
    return (newLow, newHigh, multiples(of: step, newLow, newHigh))
  }

  /// At most `atMost` powers of ten inside a range of positive numbers; also their double and
  /// fivefold where there is room, and other round numbers where hardly any power is inside.
  static func logarithmic(_ low: Double, _ high: Double, atMost: Int) -> [Tick] {
    let limit = max(1, atMost)
    let first = wholeNumber(ceil(log10(low) - slack), in: -330...330)
    let last = wholeNumber(floor(log10(high) + slack), in: -330...330)
    let decades = last - first + 1
    if decades < 1 || (decades == 1 && limit > 2) {
      let between = inBetween(low, high)
      if between.count >= 2, between.count <= limit { return between }
      let even = linear(low, high, atMost: limit)
      return even.isEmpty ? between : even
    }
    if decades * 3 <= limit { return inBetween(low, high) }
    let stride = (decades + limit - 1) / limit
    // Multiples of the stride, so that 10⁰ is marked if it is inside.
    var exponents = (first...last).filter { $0 % stride == 0 }
    if exponents.isEmpty { exponents = [first] }
    return labeled(exponents.map { (1, $0) }, low, high)
  }

  private static let slack = 1e-9

  private static func smallestStep(
    _ low: Double, _ high: Double, fits: (Double) -> Bool
  ) -> Step {
    // In halves, since the span of ±1e308 overflows.
    let span = 2 * max(high / 2 - low / 2, 1e-300)
    let start = wholeNumber(floor(log10(min(span, Double.greatestFiniteMagnitude))), in: -300...308)
    for exponent in (start - 4)...(start + 1) {
      for mantissa in [1, 2, 5] {
        let step = Step(mantissa: mantissa, exponent: exponent)
        if step.value.isFinite, step.value > 0, fits(step.value) { return step }
      }
    }
    return Step(mantissa: 1, exponent: min(start + 1, 308))
  }

  private static func multiples(of step: Step, _ low: Double, _ high: Double) -> [Tick] {
    let size = step.value
    guard size > 0, size.isFinite else { return [] }
    let first = ceil(low / size - slack)
    let last = floor(high / size + slack)
    guard first.isFinite, last.isFinite, first <= last, last - first < 1000, abs(first) < 1e15,
      abs(last) < 1e15
    else { return [] }
    let counts = stride(from: first, through: last, by: 1).filter { step.multiple($0).isFinite }
    return zip(counts, step.labels(counts)).map { count, label in
      Tick(value: min(max(step.multiple(count), low), high), label: label)
    }
  }

  private static func inBetween(_ low: Double, _ high: Double) -> [Tick] {
    let first = wholeNumber(floor(log10(low)), in: -330...330)
    let last = wholeNumber(ceil(log10(high)), in: -330...330)
    var places: [(Int, Int)] = []
    for exponent in first...max(first, last) {
      for mantissa in [1, 2, 5] { places.append((mantissa, exponent)) }
    }
    return labeled(places, low, high)
  }

  private static func labeled(
    _ places: [(mantissa: Int, exponent: Int)], _ low: Double, _ high: Double
  ) -> [Tick] {
    let inside = places.map { (place: $0, value: Step(mantissa: $0.0, exponent: $0.1).value) }
      .filter { $0.value >= low * (1 - 1e-12) && $0.value <= high * (1 + 1e-12) }
    // All with an exponent, or none.
    let isPlain = inside.allSatisfy { (-4...5).contains($0.place.exponent) }
    return inside.map { item in
      let text = DecimalNumber(item.place.mantissa, exponent: item.place.exponent)
        .text(full: isPlain ? -4...5 : 999...999)
      return Tick(value: min(max(item.value, low), high), label: text)
    }
  }
}
