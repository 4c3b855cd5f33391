/// Numbers of updates of many runs together, which may be more than can be counted: then they are
/// the most that can be.
enum UpdateCount {
  /// The sum of numbers that are not negative.
  static func sum(_ counts: some Sequence<Int>) -> Int {
    counts.reduce(0) { sum, count in
      let (total, overflow) = sum.addingReportingOverflow(count)
      return overflow ? .max : total
    }
  }

  /// The product of two numbers that are not negative.
  static func product(_ a: Int, _ b: Int) -> Int {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? .max : product
  }
}
