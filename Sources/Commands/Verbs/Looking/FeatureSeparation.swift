import Datasets
import LinearAlgebra

/// How well each feature separates the classes alone: Fisher's ratio, the variance of the class
/// means over the mean variance within the classes.
struct FeatureSeparation {
  /// The entries that are looked at: some milliseconds.
  private static let mostEntries = 1 << 22

  /// Fisher's ratio of each feature; 0 where it is constant or has missing values.
  private let ratios: [Double]

  /// Nil where there is one class, or a row has too many features.
  ///
  /// - Throws: `Interrupted`.
  init?(_ data: Dataset) throws {
    let (columns, classes) = (data.features.columns, data.classCount)
    guard classes > 1, columns <= 10_000, classes * columns <= Self.mostEntries, data.count > 0
    else { return nil }
    let looks = max(1, min(data.count, Self.mostEntries / columns))
    var counts = [Double](repeating: 0, count: classes)
    var means = [Double](repeating: 0, count: classes * columns)
    var squares = [Double](repeating: 0, count: columns)
    let row = Buffer(uninitialized: columns)
    for i in 0..<looks {
      if i % 64 == 0 { try Interruption.check() }
      let place = data.count * i / looks
      let k = data.labels[place]
      data.features.write(row: place, to: row.pointer)
      counts[k] += 1
      for j in 0..<columns {
        // Welford's update: no digits are lost where the mean is large.
        let change = row.pointer[j] - means[k * columns + j]
        means[k * columns + j] += change / counts[k]
        squares[j] += change * (row.pointer[j] - means[k * columns + j])
      }
    }
    ratios = (0..<columns).map { j in
      let mean =
        (0..<classes).reduce(0) { $0 + counts[$1] * means[$1 * columns + j] }
        / Double(looks)
      let between = (0..<classes).reduce(0) { sum, k in
        let change = means[k * columns + j] - mean
        return sum + counts[k] * change * change
      }
      let ratio = between / squares[j]
      return ratio.isNaN ? 0 : ratio
    }
  }

  /// The two features of the largest ratios, in the order of the data; nil where no feature
  /// separates anything.
  var best: (Int, Int)? {
    let order = ratios.indices.sorted { (ratios[$0], $1) > (ratios[$1], $0) }
    guard order.count >= 2, ratios[order[0]] > 0 else { return nil }
    return (min(order[0], order[1]), max(order[0], order[1]))
  }
}
