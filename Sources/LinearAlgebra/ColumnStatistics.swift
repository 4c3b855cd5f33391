/// What is known of each column of raw features. NaN entries are counted and otherwise left out.
public struct ColumnStatistics: Sendable, Equatable {
  /// Number of rows.
  public let rows: Int
  /// The mean of each column; NaN where it has no numbers.
  public let mean: [Double]
  /// The mean squared distance from the mean: divided by the number of numbers, not one less.
  public let variance: [Double]
  /// The least number of each column; +∞ where it has none.
  public let minimum: [Double]
  /// The largest number of each column; −∞ where it has none.
  public let maximum: [Double]
  /// How many entries of each column are NaN.
  public let nanCount: [Int]
}

extension Features {
  /// Statistics of the raw columns, over the rows of the view.
  ///
  /// - Throws: `Interrupted`.
  public func statistics() throws -> ColumnStatistics {
    let d = rawColumns
    var sum = [Double](repeating: 0, count: d)
    var least = [Double](repeating: .infinity, count: d)
    var largest = [Double](repeating: -.infinity, count: d)
    var nans = [Int](repeating: 0, count: d)
    let raw = with(Preparation())
    for i in 0..<rows {
      for (j, x) in raw.row(i).enumerated() {
        if x.isNaN {
          nans[j] += 1
        } else {
          sum[j] += x
          least[j] = min(least[j], x)
          largest[j] = max(largest[j], x)
        }
      }
    }
    let mean = (0..<d).map { sum[$0] / Double(rows - nans[$0]) }
    var squares = [Double](repeating: 0, count: d)
    for i in 0..<rows {
      for (j, x) in raw.row(i).enumerated() where !x.isNaN {
        squares[j] += (x - mean[j]) * (x - mean[j])
      }
    }
    return ColumnStatistics(
      rows: rows, mean: mean, variance: (0..<d).map { squares[$0] / Double(rows - nans[$0]) },
      minimum: least, maximum: largest, nanCount: nans)
  }
}
