/// The whole number in a range that is nearest to a value; the lower end for nan.
func wholeNumber(_ value: Double, in range: ClosedRange<Int>) -> Int {
  guard value > Double(range.lowerBound) else { return range.lowerBound }
  guard value < Double(range.upperBound) else { return range.upperBound }
  return min(max(Int(value.rounded()), range.lowerBound), range.upperBound)
}
