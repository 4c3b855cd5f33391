/// The nearest whole number in a range; the lower end for what is no number.
func wholeNumber(_ value: Double, in range: ClosedRange<Int>) -> Int {
  guard value > Double(range.lowerBound) else { return range.lowerBound }
  guard value < Double(range.upperBound) else { return range.upperBound }
  return min(max(Int(value.rounded()), range.lowerBound), range.upperBound)
}
